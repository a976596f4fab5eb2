import Weft

/// A contract that adds 3 very often with one instruction that takes two words and gives one.
struct EVMInstructionLoop {
  /// Copies of DUP2 and the instruction, without a loop around them.
  static let copies = 4096

  let name: String
  let opcode: UInt8
  let extensions: [any VMExtension]

  private var code: [UInt8] {
    let body: [UInt8] = (0..<Self.copies).flatMap { _ in [0x81, opcode] }
    return [0x60, 3, 0x5f] + body + [0x5f, 0x52, 0x60, 32, 0x5f, 0xf3]
  }

  /// Nanoseconds for one execution and the DUP2 before it; checks the result.
  func measure(calls: Int) throws(CommandError) -> Double {
    do {
      let evm = try EVM(extensions: extensions)
      evm.engine = .threaded
      let target = Address(word: UInt256(0xc0de))
      let state = JournaledState(InMemoryState([target: InMemoryState.Entry(code: code)]))
      let message = EVMMessage(target: target, gas: 1_000_000)
      let expected = UInt256(UInt64(3 * Self.copies)).bigEndianBytes
      var seconds = 0.0
      // The first call decodes the code.
      for index in 0...calls {
        let clock = ContinuousClock()
        let begin = clock.now
        let result = try evm.call(message, in: BlockEnvironment(), on: state)
        if index > 0 { seconds += begin.duration(to: clock.now).inSeconds }
        guard result.status == .success, result.output == expected else {
          throw CommandError(.mismatch, "\(name): \(result.status), \(HexadecimalBytes.text(result.output))")
        }
      }
      return seconds * 1e9 / Double(calls * Self.copies)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(.machine, "\(name): \(error)")
    }
  }
}
