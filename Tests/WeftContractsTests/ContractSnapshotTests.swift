import Testing
import WeftEVM
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftContracts

@Suite("Snapshots of guests with contracts")
struct ContractSnapshotTests {
  @Test("A fast run goes on from a snapshot, on its own machine and on another")
  func fast() throws {
    let guest = try SampleGuest()
    let whole = try Machine(guest.program, extensions: [EVMCallsExtension()]).instructionCount()
    for part in 1..<8 {
      var machine = try Machine(guest.program, extensions: [EVMCallsExtension()])
      try machine.start()
      _ = try machine.step(whole * UInt64(part) / 8)
      let snapshot = try machine.snapshot()
      let first = try machine.resume()
      #expect(first.outputText == guest.output)
      try machine.restore(snapshot)
      let second = try machine.resume()
      #expect(second.outputText == guest.output)
      var other = try Machine(guest.program, extensions: [EVMCallsExtension()])
      try other.start()
      try other.restore(snapshot)
      let forked = try other.resume()
      #expect(forked.outputText == guest.output)
      #expect(Array(forked.publicValues.prefix(32)) == guest.publicValues)
    }
  }

  @Test("A recorded run that has called contracts is refused by name")
  func recorded() throws {
    let guest = try SampleGuest()
    var machine = try Machine(guest.program, extensions: [EVMCallsExtension()])
    try machine.start(.recorded(.accessLog))
    _ = try machine.snapshot()
    _ = try machine.step(5000)
    var message = ""
    do throws(MachineError) { _ = try machine.snapshot() } catch { message = "\(error)" }
    #expect(message == "extension 'weft-evm-calls': its state cannot be saved")
  }

  @Test("Accounts survive their bytes, and other bytes are refused")
  func bytes() throws {
    let state = InMemoryState([
      Address(word: .one): .init(
        nonce: 3, balance: .max, code: [1, 2, 3], storage: [.zero: .one, .max: UInt256(9)]),
      Address(word: .max): .init(),
    ])
    let bytes = StateBytes.encode(state, returnData: [7, 8])
    let decoded = try StateBytes.decode(bytes)
    #expect(decoded.state == state)
    #expect(decoded.returnData == [7, 8])
    for index in bytes.indices {
      #expect(throws: RLPError.self) { try StateBytes.decode(Array(bytes[..<index])) }
    }
  }
}

extension Machine {
  /// Instructions of the whole program.
  consuming func instructionCount() throws -> UInt64 {
    var machine = self
    return try machine.run().instructions
  }
}
