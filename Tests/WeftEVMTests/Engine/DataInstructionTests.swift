import Testing
import WeftMachine

@testable import WeftEVM

@Suite("Instructions on memory, code and data")
struct DataInstructionTests {
  private func word(_ engine: Engine, _ body: (inout Assembler) -> Void) throws -> UInt256? {
    try CodeRun(engine: engine, input: [1, 2, 3]).word(
      Assembler.build {
        body(&$0)
        $0.returnTop()
      })
  }

  @Test("MSIZE counts whole words", arguments: Engine.allCases)
  func sizes(_ engine: Engine) throws {
    for (opcode, offset, expected) in [
      (Opcode.mload, 0, 32), (.mload, 1, 64), (.mload, 32, 64), (.mstore8, 31, 32), (.mstore8, 32, 64),
    ] as [(Opcode, UInt64, UInt64)] {
      let found = try word(engine) {
        if opcode == .mstore8 { $0.push(0) }
        $0.push(offset)
        $0.op(opcode, .msize)
      }
      #expect(found == UInt256(expected), "opcode \(opcode.rawValue) at \(offset)")
    }
  }

  @Test(
    "MCOPY is right where ranges overlap, and reaches as far as the larger end", arguments: Engine.allCases)
  func overlaps(_ engine: Engine) throws {
    let pattern = UInt256(bigEndianBytes: Array(1...32))!
    for (target, source, expected) in [(1, 0, 1...31), (0, 1, 2...32)]
      as [(UInt64, UInt64, ClosedRange<UInt8>)]
    {
      let code = Assembler.build {
        $0.push(pattern)
        $0.push(0)
        $0.op(.mstore)
        $0.push(31, source, target)
        $0.op(.mcopy)
        $0.push(32, 0)
        $0.op(.return)
      }
      let output = try CodeRun(engine: engine).run(code).result.output
      #expect(Array(output[Int(target)..<Int(target) + 31]) == Array(expected))
    }
    #expect(
      try word(engine) {
        $0.push(1, 95, 0); $0.op(.mcopy, .msize)
      } == UInt256(96))
    #expect(
      try word(engine) {
        $0.push(1, 0, 95); $0.op(.mcopy, .msize)
      } == UInt256(96))
  }

  @Test("Copies past the end of call data and code fill with zeros", arguments: Engine.allCases)
  func padding(_ engine: Engine) throws {
    for offset in [.zero, UInt256(2), UInt256(3), UInt256(1000), .max, UInt256(limbs: 0, 1, 0, 0)]
      as [UInt256]
    {
      let expected: [UInt8] =
        offset.isZero ? [1, 2, 3, 0] : offset == UInt256(2) ? [3, 0, 0, 0] : [0, 0, 0, 0]
      let word = UInt256(bigEndianBytes: expected + [UInt8](repeating: 0, count: 28))!
      let load = try self.word(engine) {
        $0.push(offset); $0.op(.calldataload)
      }
      #expect(load == word, "CALLDATALOAD \(offset.hexadecimal)")
      let copy = try self.word(engine) {
        $0.push(.max)
        $0.push(0)
        $0.op(.mstore)
        $0.push(32)
        $0.push(offset)
        $0.push(0)
        $0.op(.calldatacopy)
        $0.push(0)
        $0.op(.mload)
      }
      #expect(copy == word, "CALLDATACOPY \(offset.hexadecimal)")
      for opcode in [Opcode.codecopy, .extcodecopy]
      where !offset.isZero && offset != UInt256(2) && offset != UInt256(3) {
        let code = try self.word(engine) {
          $0.push(.max)
          $0.push(0)
          $0.op(.mstore)
          $0.push(32)
          $0.push(offset)
          $0.push(0)
          if opcode == .extcodecopy { $0.op(.address) }
          $0.op(opcode)
          $0.push(0)
          $0.op(.mload)
        }
        #expect(code == .zero, "opcode \(opcode.rawValue) \(offset.hexadecimal)")
      }
    }
  }

  @Test(
    "RETURNDATACOPY past the end halts, also for no bytes and where the sum overflows",
    arguments: Engine.allCases)
  func returnData(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.accounts[Address(word: UInt256(0xbb))] = .init(code: [0x60, 4, 0x60, 0, 0xf3])
    let call = Assembler.build {
      $0.push(0, 0, 0, 0, 0, 0xbb, 1000)
      $0.op(.call)
    }
    for (offset, count, isInside) in [
      (.zero, UInt256(4), true), (UInt256(4), .zero, true), (UInt256(5), .zero, false),
      (UInt256(4), .one, false),
      (.max, .one, false), (.max, .zero, false), (.one, .max, false),
      (UInt256(UInt64.max), UInt256(2), false),
    ] as [(UInt256, UInt256, Bool)] {
      let code =
        call
        + Assembler.build {
          $0.push(count)
          $0.push(offset)
          $0.push(0)
          $0.op(.returndatacopy)
        }
      let expected: EVMResult.Status = isInside ? .success : .halted(.returnDataOutOfBounds)
      #expect(try run.run(code).result.status == expected, "\(offset.hexadecimal), \(count.hexadecimal)")
    }
  }

  @Test(
    "A LOG that runs out of gas in its data leaves none, nor does what comes before the halt",
    arguments: Engine.allCases)
  func logs(_ engine: Engine) throws {
    let log = Assembler.build {
      $0.push(1, 0)
      $0.op(Opcode(0xa0))
    }
    let code = log + log
    var run = CodeRun(engine: engine)
    let one: UInt64 = 6 + 375 + 8
    run.gas = 2 * one + 3
    #expect(try run.run(code).result.logs.count == 2)
    run.gas -= 1
    let short = try run.run(code).result
    #expect(short.status == .halted(.outOfGas))
    // The caller of a halting frame sees no logs; the result of the outermost one has none either.
    #expect(short.logs.isEmpty)
  }

  @Test(
    "Code may be as long as it likes where the state has it", arguments: Engine.allCases,
    [24_576, 65_535, 65_536, 70_000])
  func longCode(_ engine: Engine, _ length: Int) throws {
    // Jumps to the last byte, over destinations alone.
    let last = UInt64(length - 1)
    let jump = Assembler.build {
      $0.raw([0x62] + [UInt8(last >> 16), UInt8(last >> 8 & 255), UInt8(last & 255)]); $0.op(.jump)
    }
    let code = jump + [UInt8](repeating: 0x5b, count: length - jump.count)
    let run = CodeRun(engine: engine)
    #expect(try run.used(code) == 3 + 8 + 1)
    #expect(try run.used([UInt8](repeating: 0x5b, count: length)) == UInt64(length))
  }

  @Test(
    "A destination behind an undefined byte is one, a 0x5b in push data is none", arguments: Engine.allCases)
  func destinations(_ engine: Engine) throws {
    let run = CodeRun(engine: engine)
    #expect(try run.run([0x60, 4, 0x56, 0x0c, 0x5b]).result.isSuccess)
    #expect(try run.run([0x60, 4, 0x56, 0x60, 0x5b, 0x00]).result.status == .halted(.invalidJump))
    // Behind push data that ends with 0x60, which is no instruction.
    #expect(try run.run([0x60, 5, 0x56, 0x60, 0x60, 0x5b]).result.isSuccess)
  }

  @Test("BLOCKHASH knows the last 256 blocks, BLOBHASH its list, addresses their low 160 bits")
  func environment() throws {
    let hash = Hash256(word: UInt256(0xabc))
    let block = BlockEnvironment(
      number: 1000, hash: { number in number >= 744 && number < 1000 ? hash : nil })
    func word(_ code: [UInt8]) throws -> UInt256? {
      let run = CodeRun()
      var message = run.message
      message.blobHashes = [hash]
      return UInt256(bigEndianBytes: try run.evm().call(message, in: block, on: run.state(code)).output)
    }
    for (number, isKnown) in [
      (UInt256(999), true), (UInt256(744), true), (UInt256(743), false), (UInt256(1000), false),
      (.max, false),
      (UInt256(limbs: 999, 1, 0, 0), false),
    ] as [(UInt256, Bool)] {
      let found = try word(
        Assembler.build {
          $0.push(number); $0.op(.blockhash); $0.returnTop()
        })
      #expect(found == (isKnown ? hash.word : .zero), "\(number.hexadecimal)")
    }
    for (index, isKnown) in [(UInt256.zero, true), (.one, false), (UInt256(limbs: 0, 1, 0, 0), false)] {
      let found = try word(
        Assembler.build {
          $0.push(index); $0.op(.blobhash); $0.returnTop()
        })
      #expect(found == (isKnown ? hash.word : .zero))
    }
    let dirty = CodeRun.caller.word &+ UInt256(limbs: 0, 0, 1 << 32, 0)
    let balance = try word(
      Assembler.build {
        $0.push(dirty); $0.op(.balance); $0.returnTop()
      })
    #expect(balance == UInt256(1_000_000_000))
  }

  @Test(
    "EXTCODEHASH: nothing and emptiness give 0, a balance the hash of no code", arguments: Engine.allCases)
  func codeHashes(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    let (empty, funded, contract) = (UInt256(0xe1), UInt256(0xe2), UInt256(0xe3))
    run.accounts[Address(word: empty)] = .init()
    run.accounts[Address(word: funded)] = .init(balance: .one)
    run.accounts[Address(word: contract)] = .init(code: [1, 2, 3])
    for (address, expected) in [
      (UInt256(0xab5e), UInt256.zero), (empty, .zero), (funded, Hash256.emptyCode.word),
      (contract, Keccak256.hash([1, 2, 3] as [UInt8]).word),
    ] {
      #expect(
        try run.word(
          Assembler.build {
            $0.push(address); $0.op(.extcodehash); $0.returnTop()
          }) == expected)
    }
  }
}
