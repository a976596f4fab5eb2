import Testing
import WeftMachine

@testable import WeftEVM

@Suite("Calls")
struct CallTests {
  private static let child = Address(word: UInt256(0xbb))
  private static let absent = Address(word: UInt256(0xab5e))

  /// Notes the gas that each call hands on.
  private final class CallWatcher: EVMInspector {
    var gas: [Int64] = []
    func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) { if call.depth > 0 { gas.append(call.gas) } }
  }

  /// CALL with the ranges of memory given, the result on the stack.
  private func call(
    _ opcode: Opcode = .call, gas: UInt256 = UInt256(100_000), to target: Address = child, value: UInt64 = 0,
    output: (UInt64, UInt64) = (0, 0)
  ) -> [UInt8] {
    Assembler.build {
      $0.push(output.1, output.0, 0, 0)
      if opcode == .call || opcode == .callcode { $0.push(value) }
      $0.push(target.word)
      $0.push(gas)
      $0.op(opcode)
    }
  }

  private func base(_ fork: Fork) -> UInt64 { fork >= .berlin ? 2600 : fork >= .tangerineWhistle ? 700 : 40 }

  @Test(
    "From Tangerine Whistle on a child gets at most 63/64 of what is left; before, what is asked or nothing",
    arguments: Fork.allCases)
  func oneSixtyFourth(_ fork: Fork) throws {
    for left in [0, 1, 63, 64, 65, 127, 128, 6400, 100_000] as [UInt64] {
      for asked in [UInt256.zero, UInt256(left), UInt256(left + 1), .max] {
        let watcher = CallWatcher()
        var run = CodeRun(fork: fork, inspector: watcher)
        // Somebody is there, so nobody has to be created.
        run.accounts[Self.child] = .init(balance: .one)
        run.gas = 7 * 3 + base(fork) + left
        let result = try run.run(call(gas: asked)).result
        if fork < .tangerineWhistle, UInt256(left) < asked {
          #expect(result.status == .halted(.outOfGas), "\(fork), \(left) left")
        } else {
          let most = fork < .tangerineWhistle ? left : left - left / 64
          let expected = asked < UInt256(most) ? asked.limb0 : most
          #expect(result.isSuccess && watcher.gas == [Int64(expected)], "\(fork), \(left) left")
        }
      }
    }
  }

  @Test(
    "A call with value gives its child 2,300 more, which also come back from light failures",
    arguments: Engine.allCases)
  func stipend(_ engine: Engine) throws {
    let watcher = CallWatcher()
    var run = CodeRun(engine: engine, inspector: watcher)
    run.accounts[Self.child] = .init(balance: .one)
    run.accounts[CodeRun.address] = .init(balance: UInt256(5))
    _ = try run.run(call(gas: .zero, value: 5))
    _ = try run.run(call(gas: UInt256(1000), value: 5))
    #expect(watcher.gas == [2300, 3300])
    run.inspector = nil
    // More value than there is: the stipend comes back as well.
    #expect(try run.used(call(gas: UInt256(1000), value: 6)) == 21 + 2600 + 9000 - 2300)
    // Without code nothing is used, the stipend neither.
    #expect(try run.used(call(gas: UInt256(1000), value: 5)) == 21 + 2600 + 9000 - 2300)
  }

  enum Receiver: CaseIterable { case absent, empty, funded, touchedBefore, destroyed }

  @Test("An account that has to be made costs 25,000", arguments: Receiver.allCases, Fork.allCases)
  func newAccounts(_ receiver: Receiver, _ fork: Fork) throws {
    for value in [0, 1] as [UInt64] {
      var run = CodeRun(fork: fork)
      run.accounts[CodeRun.address] = .init(balance: UInt256(100))
      let target = Self.absent
      var before: [UInt8] = []
      switch receiver {
      case .absent: break
      case .empty: run.accounts[target] = .init()
      case .funded: run.accounts[target] = .init(balance: .one)
      case .touchedBefore:
        // A call without value makes it exist before Spurious Dragon, and leaves it dead from there on.
        before = call(to: target)
      case .destroyed:
        // It destroys itself in favour of the caller; until the end it has its code.
        run.accounts[target] = .init(
          balance: .one,
          code: Assembler.build {
            $0.push(CodeRun.address.word); $0.op(.selfdestruct)
          })
        before = call(to: target)
      }
      let isThere =
        switch receiver {
        case .absent: false
        case .empty, .touchedBefore: fork < .spuriousDragon
        case .funded, .destroyed: true
        }
      let isMade = fork < .spuriousDragon ? !isThere : !isThere && value > 0
      let target2 = Assembler.build { $0.raw(call(gas: .zero, to: target, value: value)) }
      let used = try run.used(before + target2) - (before.isEmpty ? 0 : try run.used(before))
      let access = fork >= .berlin ? (before.isEmpty ? 2600 : 100) : base(fork)
      var expected = 21 + access + (isMade ? 25_000 : 0)
      // Of the stipend nothing is used where no code runs; SELFDESTRUCT has not enough to begin.
      if value > 0 { expected += receiver == .destroyed && fork >= .tangerineWhistle ? 9000 : 9000 - 2300 }
      if receiver == .destroyed, fork < .tangerineWhistle, value > 0 { expected += 3 }
      if receiver == .destroyed, value == 0 { expected += 0 }
      #expect(used == expected, "\(fork), value \(value)")
    }
  }

  @Test(
    "Return data: REVERT's bytes, nothing after a halt, a light failure or a successful creation",
    arguments: Engine.allCases)
  func returnData(_ engine: Engine) throws {
    let size = Assembler.build {
      $0.op(.pop, .returndatasize)
      $0.returnTop()
    }
    let cases: [([UInt8], UInt64)] = [
      ([0x60, 0x21, 0x60, 0, 0xfd], 33), ([0x60, 0x21, 0x60, 0, 0xf3], 33), ([0xfe], 0), ([], 0),
    ]
    for (code, expected) in cases {
      var run = CodeRun(engine: engine)
      run.accounts[Self.child] = .init(code: code)
      #expect(try run.word(call() + size) == UInt256(expected))
      // A second call that never begins takes it away.
      #expect(try run.word(call() + [0x50] + call(value: 1) + size) == .zero)
    }
    // CREATE of init code that returns, reverts, halts.
    for (initCode, expected) in cases {
      let creation = Assembler.build {
        $0.push(UInt256(bigEndianBytes: initCode + [UInt8](repeating: 0, count: 32 - initCode.count))!)
        $0.push(0)
        $0.op(.mstore)
        $0.push(UInt64(initCode.count), 0, 0)
        $0.op(.create)
      }
      let isRevert = initCode.last == 0xfd
      #expect(try CodeRun(engine: engine).word(creation + size) == UInt256(isRevert ? expected : 0))
    }
  }

  @Test(
    "The output goes into its range as far as there is some, and the rest stays", arguments: Engine.allCases)
  func outputRange(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    // Returns two bytes 0xaabb.
    run.accounts[Self.child] = .init(code: [0x61, 0xaa, 0xbb, 0x60, 0, 0x52, 0x60, 2, 0x60, 30, 0xf3])
    for (count, expected) in [(0, "00"), (1, "aa"), (2, "aabb"), (8, "aabb")] as [(UInt64, String)] {
      let code = Assembler.build {
        $0.push(.max)
        $0.push(0)
        $0.op(.mstore)
        $0.raw(call(output: (0, count)))
        $0.push(32, 0)
        $0.op(.return)
      }
      let output = try run.run(code).result.output
      let written = count == 0 ? [] : Array(HexadecimalBytes.bytes("0x" + expected) ?? [])
      #expect(Array(output.prefix(written.count)) == written)
      #expect(output.dropFirst(written.count).allSatisfy { $0 == 0xff })
    }
  }

  @Test("Whose name a call runs in", arguments: [Opcode.call, .callcode, .delegatecall, .staticcall])
  func identities(_ opcode: Opcode) throws {
    // Returns ADDRESS, CALLER and CALLVALUE.
    var run = CodeRun(value: UInt256(7))
    run.accounts[Self.child] = .init(
      code: Assembler.build {
        for (place, opcode) in [(0, Opcode.address), (32, .caller), (64, .callvalue)] as [(UInt64, Opcode)] {
          $0.op(opcode)
          $0.push(place)
          $0.op(.mstore)
        }
        $0.push(96, 0)
        $0.op(.return)
      })
    let code = call(opcode, value: opcode == .call || opcode == .callcode ? 3 : 0, output: (0, 96))
    let output = try run.run(code + [0x60, 96, 0x60, 0, 0xf3]).result.output
    let words = (0..<3).map { UInt256(bigEndianBytes: Array(output[32 * $0..<32 * $0 + 32])) }
    let (own, caller) = (CodeRun.address.word, CodeRun.caller.word)
    switch opcode {
    case .call: #expect(words == [Self.child.word, own, UInt256(3)])
    case .callcode: #expect(words == [own, own, UInt256(3)])
    case .delegatecall: #expect(words == [own, caller, UInt256(7)])
    default: #expect(words == [Self.child.word, own, .zero])
    }
  }

  private static let forbidden: [(String, [UInt8])] = [
    ("SSTORE", [0x60, 1, 0x60, 0, 0x55]), ("TSTORE", [0x60, 1, 0x60, 0, 0x5d]),
    ("LOG0", [0x60, 0, 0x60, 0, 0xa0]),
    ("CREATE", [0x60, 0, 0x60, 0, 0x60, 0, 0xf0]), ("CREATE2", [0x60, 0, 0x60, 0, 0x60, 0, 0x60, 0, 0xf5]),
    ("SELFDESTRUCT", [0x60, 0, 0xff]),
    ("CALL with value", [0x5f, 0x5f, 0x5f, 0x5f, 0x60, 1, 0x5f, 0x5f, 0xf1]),
  ]

  @Test(
    "Below a STATICCALL nothing changes the state, however deep", arguments: forbidden.indices,
    Engine.allCases)
  func staticCalls(_ index: Int, _ engine: Engine) throws {
    let (name, code) = Self.forbidden[index]
    var run = CodeRun(engine: engine)
    let (middle, inner) = (Address(word: UInt256(0xb1)), Address(word: UInt256(0xb2)))
    run.accounts[inner] = .init(
      balance: UInt256(9), code: code + [0x60, 1, 0x60, 0, 0x53, 0x60, 1, 0x60, 0, 0xf3])
    run.accounts[middle] = .init(
      balance: UInt256(9), code: call(.callcode, to: inner) + Assembler.build { $0.returnTop() })
    run.accounts[Self.child] = .init(
      balance: UInt256(9), code: call(.delegatecall, to: middle, output: (0, 32)) + [0x60, 32, 0x60, 0, 0xf3])
    run.accounts[CodeRun.address] = .init(balance: UInt256(9))
    let whole = call(.staticcall, gas: UInt256(900_000), output: (0, 32)) + [0x60, 32, 0x60, 0, 0xf3]
    #expect(try run.word(whole) == .zero, "\(name)")
    // The same without STATICCALL is possible.
    let open = call(.call, gas: UInt256(900_000), output: (0, 32)) + [0x60, 32, 0x60, 0, 0xf3]
    #expect(try run.word(open) == .one, "\(name)")
  }

  @Test("A CALLCODE with value moves nothing, so a static frame may make it", arguments: Engine.allCases)
  func staticCallCode(_ engine: Engine) throws {
    var run = CodeRun(engine: engine, isStatic: true)
    run.accounts[CodeRun.address] = .init(balance: UInt256(9))
    #expect(try run.word(call(.callcode, value: 1) + Assembler.build { $0.returnTop() }) == .one)
  }

  @Test("Memory of a child begins empty and leaves nothing behind", arguments: Engine.allCases)
  func childMemory(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    // MSIZE first, then a word of ones at 0.
    run.accounts[Self.child] = .init(
      code: Assembler.build {
        $0.op(.msize)
        $0.push(.max)
        $0.push(0)
        $0.op(.mstore)
        $0.push(32)
        $0.op(.mstore)
        $0.push(32, 32)
        $0.op(.return)
      })
    // The caller grows over what the child has written and reads zeros; the child's price begins at the first word.
    let code = Assembler.build {
      $0.push(1, 0)
      $0.op(.mstore)
      $0.raw(call(output: (0, 32)))
      $0.push(64)
      $0.op(.mload)
      $0.push(0)
      $0.op(.mload, .or)
      $0.returnTop()
    }
    #expect(try run.word(code) == .zero)
  }

  @Test("Halt reasons of inner frames are not the outer frame's", arguments: Engine.allCases)
  func innerHalts(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.accounts[Self.child] = .init(code: [0x50])
    let result = try run.run(call(gas: UInt256(5000)) + Assembler.build { $0.returnTop() }).result
    #expect(result.isSuccess && UInt256(bigEndianBytes: result.output) == .zero)
    // What was handed on is gone.
    #expect(run.gas - result.gasLeft == 21 + 2600 + 5000 + 3 + 6 + 6)
  }
}
