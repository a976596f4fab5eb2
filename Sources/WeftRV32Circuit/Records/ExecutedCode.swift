import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// Which instructions of a program a run executed. The program table holds one word per address: a run that changes
/// one of these has no traces.
struct ExecutedCode {
  private let program: CircuitProgram
  /// By slot of the program.
  private var isExecuted: [Bool]

  init(_ records: RunRecords, _ program: CircuitProgram) {
    self.program = program
    isExecuted = [Bool](repeating: false, count: program.instructions.count)
    for number in 0..<records.count {
      let record = records[number]
      if !record.isTrap, let slot = program.slot(of: record.programCounter) { isExecuted[slot] = true }
    }
  }

  /// - Throws: `codeChanged` where a store changes an instruction that is executed, earlier or later.
  func check(_ stores: ExecutorRecords) throws(RV32CircuitError) {
    for index in 0..<stores.count {
      let store = stores[index]
      guard store.instruction.e == .two, LoadStoreChip.isStore(store.instruction.opcode) else { continue }
      try check(LoadStoreChip.outcome(of: store), at: LoadStoreAdapter.address(store) & ~3)
    }
  }

  /// - Throws: `codeChanged` where an access of the host changes an instruction that is executed.
  func check(_ accesses: HostAccessRecords) throws(RV32CircuitError) {
    guard accesses.space.blockSize == 4 else { return }
    for (index, access) in accesses.accesses.enumerated() {
      let word = (0..<4).reduce(UInt32(0)) { word, byte in
        word | accesses.cell(byte, after: index).canonical << UInt32(8 * byte)
      }
      try check(word, at: access.pointer &+ program.addressBase)
    }
  }

  private func check(_ word: UInt32, at address: UInt32) throws(RV32CircuitError) {
    guard let slot = program.slot(of: address), isExecuted[slot],
      CircuitProgram.word(at: address, of: program.source) != word
    else { return }
    throw .codeChanged(address)
  }
}
