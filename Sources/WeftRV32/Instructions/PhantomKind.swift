import WeftMachine

/// What a phantom instruction asks of the host. Numbers without a meaning have no effect.
enum PhantomKind: Int32 {
  /// Takes the next input item as hints: its length in four bytes, its bytes, zeros up to a multiple of four.
  case hintInput = 0
  /// Prints `second` bytes at address `first` to standard output.
  case printText = 1
  /// `first` words of hints from a generator with a fixed seed: runs repeat.
  case hintRandom = 2
  /// Hints stored by the host under a key; a host that has none refuses.
  case hintByKey = 3

  func perform(_ guest: Guest, _ first: UInt32, _ second: UInt32) throws(Trap) {
    switch self {
    case .hintInput:
      guard let item = guest.streams.takeItem() else { throw .failure("the input has no further item") }
      let length = UInt32(truncatingIfNeeded: item.count)
      let padding = [UInt8](repeating: 0, count: (4 &- item.count & 3) & 3)
      guest.streams.setHints(withUnsafeBytes(of: length.littleEndian) { Array($0) } + item + padding)
    case .printText:
      let wasInside: Void? = try guest.withPeekedBytes(at: first, count: UInt64(second)) {
        (bytes) throws(Trap) in
        try guest.write(bytes, to: .output)
      }
      if wasInside == nil { throw Trap(.loadAccessFault, value: UInt64(first)) }
    case .hintRandom:
      guard first <= Self.maximumRandomWords else {
        throw .failure("\(first) random words were asked for, the limit is \(Self.maximumRandomWords)")
      }
      var generator = SplitMix64(seed: 0)
      var bytes: [UInt8] = []
      for _ in 0..<first {
        let word = UInt32(truncatingIfNeeded: generator.next())
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
      }
      guest.streams.setHints(bytes)
    case .hintByKey:
      throw .failure("the host has no hints under a key")
    }
  }

  private static let maximumRandomWords: UInt32 = 1 << 12
}

/// Sebastiano Vigna's SplitMix64, for values that only have to look random and to repeat.
private struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
