import WeftMemory

/// Call data or return data in the record.
struct DataArea {
  var pointer: UInt32 = 0
  var count = 0

  func address(_ offset: Int) -> MemoryAddress {
    MemoryAddress(.evmData, pointer &+ UInt32(truncatingIfNeeded: offset))
  }
}

/// What the recorder knows of an open frame.
struct RecordedFrame {
  let depth: Int
  let input: DataArea
  /// What the last callee gave back.
  var returnData = DataArea()
  /// The space of its memory, once it has any.
  var context: AddressSpaceID?
  /// Stores that failing undoes begin here in the recorder's journal.
  let firstStore: Int
  /// The instruction whose accesses are not all in the record yet.
  var pending: PendingInstruction?
}

/// An instruction on its way, with what it found on the stack.
struct PendingInstruction {
  let opcode: Opcode
  /// Words on the frame's stack before it.
  let height: Int
  /// The operands, the top first.
  let operands: [UInt256]
  /// A call or creation whose operands are in the record: it has begun something.
  var hasEntered = false
  /// The same, and the frame that it began has run.
  var hasSuspended = false
  /// Writes of storage, with the value before.
  var stores: [(slot: UInt256, old: UInt256, new: UInt256)] = []
  /// What an instruction of an extension has read.
  var loads: [(slot: UInt256, value: UInt256)] = []
  var reads: [Range<Int>] = []

  func operand(_ index: Int) -> UInt256 { operands.indices.contains(index) ? operands[index] : .zero }
}
