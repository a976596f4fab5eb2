import Testing
import WeftMachine

@testable import WeftEVM

@Suite("Gas that depends on operands")
struct DynamicGasTests {
  /// What code costs beyond its pushes, each of which costs 3.
  private func cost(
    _ opcode: Opcode, _ operands: [UInt256], fork: Fork = .osaka, engine: Engine = .threaded
  ) throws -> UInt64 {
    // PUSH0 costs less, and is not in every fork: all operands have a byte.
    let code = Assembler.build { assembler in
      for operand in operands.reversed() { assembler.push(operand) }
      assembler.op(opcode)
    }
    return try CodeRun(fork: fork, engine: engine, gas: 10_000_000).used(code) - 3 * UInt64(operands.count)
  }

  /// Gas of a frame's memory: 3·w + ⌊w²/512⌋.
  private func memory(_ words: UInt64) -> UInt64 { 3 * words + words * words / 512 }

  @Test("Copies cost 3 for each word, rounded up", arguments: [1, 31, 32, 33, 64, 1000] as [UInt64])
  func copies(_ count: UInt64) throws {
    let words = (count + 31) / 32
    for opcode in [Opcode.calldatacopy, .codecopy, .mcopy] {
      #expect(try cost(opcode, [.zero, .zero, UInt256(count)]) == 3 + 3 * words + memory(words))
    }
    let external = try cost(.extcodecopy, [.zero, .zero, .zero, UInt256(count)])
    #expect(external == 2600 + 3 * words + memory(words))
  }

  @Test("KECCAK256 costs 6 for each word", arguments: [1, 32, 33, 200] as [UInt64])
  func hashes(_ count: UInt64) throws {
    let words = (count + 31) / 32
    #expect(try cost(.keccak256, [.zero, UInt256(count)]) == 30 + 6 * words + memory(words))
  }

  @Test("LOG costs 8 for each byte and 375 for each topic", arguments: 0...4)
  func logs(_ topics: Int) throws {
    let operands = [.zero, UInt256(33)] + [UInt256](repeating: .one, count: topics)
    let price = try cost(Opcode(0xa0 + UInt8(topics)), operands)
    #expect(price == 375 + 375 * UInt64(topics) + 8 * 33 + memory(2))
  }

  @Test(
    "RETURNDATACOPY costs 3 for each word",
    arguments: [(0, 0), (1, 1), (32, 1), (33, 2)] as [(UInt64, UInt64)])
  func returnData(_ count: UInt64, _ words: UInt64) throws {
    var run = CodeRun()
    run.accounts[Address(word: UInt256(0xbb))] = .init(code: [0x60, 0x40, 0x60, 0, 0xf3])
    let call = Assembler.build {
      $0.push(0, 0, 0, 0, 0, 0xbb, 1000)
      $0.op(.call)
    }
    let copy = Assembler.build {
      $0.push(count, 0, 0)
      $0.op(.returndatacopy)
    }
    #expect(try run.used(call + copy) - run.used(call) == 9 + 3 + 3 * words + memory(words))
  }

  /// Word by word memory grows in the handlers, elsewhere with the host's help. The bytes there are not 0: a call has
  /// written to them before.
  @Test("MLOAD, MSTORE and MSTORE8 grow memory by any step", arguments: [Opcode.mload, .mstore, .mstore8])
  func steps(_ opcode: Opcode) throws {
    var run = CodeRun(gas: 100_000)
    run.accounts[Address(word: UInt256(0xbb))] = .init(
      code: Assembler.build { assembler in
        for word in 0..<40 as Range<UInt64> {
          assembler.push(.max)
          assembler.push(32 * word)
          assembler.op(.mstore)
        }
      })
    let call = Assembler.build {
      $0.push(0, 0, 0, 0, 0, 0xbb, 50_000)
      $0.op(.call, .pop)
    }
    let before = try run.used(call)
    let sevens = UInt64(0x0707_0707_0707_0707)
    let width = opcode == .mstore8 ? 1 : 32
    let offsets: [UInt64] = [0, 1, 31, 32, 33, 63, 64, 65, 96, 97, 128, 129, 160, 161, 300, 1000]
    for (first, second) in offsets.flatMap({ first in offsets.map { (first, $0) } }) {
      var memory: [UInt8] = []
      var code = call
      for offset in [first, second] {
        let end = Int(offset) + width
        memory += [UInt8](repeating: 0, count: max(0, (end + 31) & ~31 - memory.count))
        if opcode != .mload {
          memory.replaceSubrange(Int(offset)..<end, with: repeatElement(7, count: width))
        }
        code += Assembler.build { assembler in
          if opcode != .mload { assembler.push(UInt256(limbs: sevens, sevens, sevens, sevens)) }
          assembler.push(offset)
          assembler.op(opcode)
          if opcode == .mload { assembler.op(.pop) }
        }
      }
      code += Assembler.build {
        $0.op(.msize)
        $0.push(0)
        $0.op(.return)
      }
      let instructions: UInt64 = 2 * (opcode == .mload ? 3 + 3 + 2 : 3 + 3 + 3) + 2 + 3
      let price = before + instructions + self.memory(UInt64(memory.count / 32))
      for engine in Engine.allCases {
        run.engine = engine
        run.gas = 100_000
        let result = try run.run(code).result
        #expect(result.output == memory, "\(first), \(second), \(engine)")
        #expect(run.gas - result.gasLeft == price, "\(first), \(second), \(engine)")
        run.gas = price - 1
        #expect(try !run.run(code).result.isSuccess, "\(first), \(second), \(engine)")
      }
    }
  }

  @Test("Two ranges of memory: the larger end is paid")
  func twoRanges() throws {
    #expect(try cost(.mcopy, [.zero, UInt256(64), UInt256(32)]) == 3 + 3 + memory(3))
    #expect(try cost(.mcopy, [UInt256(64), .zero, UInt256(32)]) == 3 + 3 + memory(3))
    // gas, address, value, input, output.
    let far = UInt256(320)
    let small = UInt256(32)
    let call = [UInt256.zero, UInt256(0xe0), .zero]
    #expect(try cost(.call, call + [.zero, small, far, small]) == 2600 + memory(11))
    #expect(try cost(.call, call + [far, small, .zero, small]) == 2600 + memory(11))
  }

  @Test(
    "EXP costs by the significant bytes of the exponent",
    arguments: [
      (UInt256.zero, 0), (.one, 1), (UInt256(255), 1), (UInt256(256), 2), (UInt256(0xffff), 2),
      (UInt256(limbs: 0, 0, 0, 1 << 56), 32), (UInt256(limbs: .max, .max, .max, (1 << 56) - 1), 31),
    ] as [(UInt256, UInt64)])
  func exponents(_ exponent: UInt256, _ bytes: UInt64) throws {
    for fork in Fork.allCases {
      let perByte: UInt64 = fork < .spuriousDragon ? 10 : 50
      #expect(try cost(.exp, [UInt256(2), exponent], fork: fork) == 10 + perByte * bytes)
    }
  }

  @Test(
    "Memory costs 3·w + ⌊w²/512⌋, only what is new",
    arguments: [1, 2, 22, 23, 724, 1024] as [UInt64])
  func memoryWords(_ words: UInt64) throws {
    let last = UInt256(32 * words - 32)
    #expect(try cost(.mload, [last]) == 3 + memory(words))
    let twice = Assembler.build {
      $0.push(last)
      $0.op(.mload, .pop)
      $0.push(last)
      $0.op(.mload)
    }
    #expect(try CodeRun().used(twice) == 2 * (3 + 3) + 2 + memory(words))
  }

  @Test(
    "Init code costs 2 for each word from Shanghai on, CREATE2 6 more for hashing", arguments: Fork.allCases)
  func initCode(_ fork: Fork) throws {
    // 33 zeros: they stop at once and leave an account without code.
    let perWord: UInt64 = fork >= .shanghai ? 2 : 0
    #expect(
      try cost(.create, [.zero, .zero, UInt256(33)], fork: fork) == 32000 + 2 * perWord + memory(2))
    guard fork >= .constantinople else { return }
    #expect(
      try cost(.create2, [.zero, .zero, UInt256(33), .zero], fork: fork)
        == 32000 + 2 * (perWord + 6) + memory(2))
  }

  @Test("New code costs 200 for each byte")
  func deposit() throws {
    // Returns 5 zeros.
    let initCode: [UInt8] = [0x60, 0x05, 0x60, 0x00, 0xf3]
    let code = Assembler.build {
      $0.push(UInt256(bigEndianBytes: initCode + [UInt8](repeating: 0, count: 27))!)
      $0.push(0)
      $0.op(.mstore)
      $0.push(5, 0, 0)
      $0.op(.create)
    }
    #expect(try CodeRun().used(code) == 3 + 3 + 3 + memory(1) + 9 + 32000 + 2 + (6 + memory(1)) + 5 * 200)
  }

  @Test("No bytes are free at any offset, one byte there is out of gas")
  func hugeOffsets() throws {
    let offsets = [
      UInt256.max, UInt256(UInt64.max), UInt256(UInt64(1) << 63), UInt256(UInt64(1) << 32),
      UInt256(UInt64(UInt32.max)),
    ]
    /// Operands in the order of the stack, the offset's place and the count's place.
    let forms: [(Opcode, Int, (UInt256, UInt256) -> [UInt256])] = [
      (.keccak256, 2, { [$0, $1] }), (.calldatacopy, 0, { [$0, .zero, $1] }),
      (.codecopy, 0, { [$0, .zero, $1] }), (.extcodecopy, 0, { [.zero, $0, .zero, $1] }),
      (.returndatacopy, 0, { [$0, .zero, $1] }), (.mcopy, 0, { [$0, .zero, $1] }),
      (.mcopy, 0, { [.zero, $0, $1] }), (Opcode(0xa0), 0, { [$0, $1] }),
      (Opcode(0xa4), 0, { [$0, $1, .one, .one, .one, .one] }),
      (.create, 0, { [.zero, $0, $1] }), (.create2, 0, { [.zero, $0, $1, .zero] }),
      (.call, 0, { [.zero, .zero, .zero, $0, $1, .zero, .zero] }),
      (.call, 0, { [.zero, .zero, .zero, .zero, .zero, $0, $1] }),
      (.callcode, 0, { [.zero, .zero, .zero, $0, $1, .zero, .zero] }),
      (.callcode, 0, { [.zero, .zero, .zero, .zero, .zero, $0, $1] }),
      (.delegatecall, 0, { [.zero, .zero, $0, $1, .zero, .zero] }),
      (.delegatecall, 0, { [.zero, .zero, .zero, .zero, $0, $1] }),
      (.staticcall, 0, { [.zero, .zero, $0, $1, .zero, .zero] }),
      (.staticcall, 0, { [.zero, .zero, .zero, .zero, $0, $1] }),
      (.return, 0, { [$0, $1] }), (.revert, 0, { [$0, $1] }),
    ]
    for (opcode, _, operands) in forms {
      for offset in offsets {
        let free = Assembler.build { assembler in
          for operand in operands(offset, .zero).reversed() { assembler.push(operand) }
          assembler.op(opcode, .msize)
          assembler.returnTop()
        }
        let result = try CodeRun().run(free).result
        switch opcode {
        case .return: #expect(result.status == .success && result.output == [])
        case .revert: #expect(result.status == .reverted && result.output == [])
        default: #expect(UInt256(bigEndianBytes: result.output) == .zero, "opcode \(opcode.rawValue)")
        }
        let paid = Assembler.build { assembler in
          for operand in operands(offset, .one).reversed() { assembler.push(operand) }
          assembler.op(opcode)
        }
        var run = CodeRun()
        run.gas = 1 << 40
        let status = try run.run(paid).result.status
        // There is no return data to copy from: that is found first.
        let expected = opcode == .returndatacopy ? EVMHalt.returnDataOutOfBounds : .outOfGas
        #expect(status == .halted(expected), "opcode \(opcode.rawValue), offset \(offset.hexadecimal)")
      }
    }
  }
}
