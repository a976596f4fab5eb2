import CWeftABI

/// A jump destination that decoded code knows: where its line begins, and what entering it costs.
struct Landing: BitwiseCopyable {
  /// Until the destination is decoded, its own `stub`.
  var slot: UnsafePointer<weft_instruction>
  var line: Line
  /// Has the destination decoded, whose program counter is its payload.
  var stub: weft_instruction

  /// Makes a landing that is not decoded yet.
  static func initialize(_ landing: UnsafeMutablePointer<Landing>, counter: Int) {
    var stub = weft_instruction(handler: HandlerTable.landing, rd: 0, rs1: 0, length: 0, immediate: 0)
    stub.payloadWord = UInt64(truncatingIfNeeded: counter)
    landing.initialize(to: Landing(slot: stubPlace(landing), line: .empty, stub: stub))
  }

  static func isPending(_ landing: UnsafeMutablePointer<Landing>) -> Bool {
    landing.pointee.slot == stubPlace(landing)
  }

  private static func stubPlace(_ landing: UnsafeMutablePointer<Landing>) -> UnsafePointer<weft_instruction> {
    let place = UnsafeRawPointer(landing) + 16
    return place.assumingMemoryBound(to: weft_instruction.self)
  }
}
