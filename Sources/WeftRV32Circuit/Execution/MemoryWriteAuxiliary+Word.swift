import WeftField
import WeftMemoryCircuit

extension MemoryWriteAuxiliary<4, BabyBear> {
  /// The columns of the write of a word: the time of the previous access to its block and the old word.
  @inline(__always)
  init(previousTime: UInt32, now: UInt32, _ previous: UInt32) {
    self.init(
      access: MemoryAccessAuxiliary(previous: previousTime, now: now), previous: Word(previous))
  }

  /// The columns of a write that does not happen.
  static var unused: Self { Self(access: .unused, previous: Word(0)) }
}
