import Testing
import WeftMachine

@testable import WeftEVM

/// What an opcode costs with zeros for operands, by reference/evm.md §1.2 and §1.3: written down here once more, so
/// that the tables under test are not their own judge.
enum OpcodeGas {
  /// Since when there is an instruction; `nil` for bytes that no fork defines.
  static func firstFork(_ opcode: UInt8) -> Fork? {
    switch opcode {
    case 0x00...0x0b, 0x10...0x1a, 0x20, 0x30...0x3c, 0x40...0x45, 0x50...0x5b, 0x60...0x9f, 0xa0...0xa4,
      0xf0...0xf3, 0xfe, 0xff:
      .frontier
    case 0xf4: .homestead
    case 0x3d, 0x3e, 0xfa, 0xfd: .byzantium
    case 0x1b, 0x1c, 0x1d, 0x3f, 0xf5: .constantinople
    case 0x46, 0x47: .istanbul
    case 0x48: .london
    case 0x5f: .shanghai
    case 0x49, 0x4a, 0x5c, 0x5d, 0x5e: .cancun
    case 0x1e: .osaka
    default: nil
    }
  }

  /// What it costs; `nil` where the fork does not have it, and for INVALID, which takes all there is.
  static func cost(_ opcode: UInt8, _ fork: Fork) -> UInt64? {
    guard let first = firstFork(opcode), first <= fork else { return nil }
    switch opcode {
    case 0x00, 0xf3, 0xfd: return 0
    case 0x5b: return 1
    case 0x30, 0x32...0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41...0x46, 0x48, 0x4a, 0x50, 0x58...0x5a, 0x5f: return 2
    case 0x01, 0x03, 0x10...0x1d, 0x35, 0x37, 0x39, 0x3e, 0x49, 0x5e, 0x60...0x9f: return 3
    // With one word of memory.
    case 0x51...0x53: return 3 + 3
    case 0x02, 0x04...0x07, 0x0b, 0x1e, 0x47: return 5
    case 0x08, 0x09, 0x56: return 8
    case 0x0a, 0x57: return 10
    case 0x20: return 30
    case 0x40: return 20
    case 0x5c, 0x5d: return 100
    case 0xa0...0xa4: return 375 * UInt64(opcode - 0xa0 + 1)
    case 0xf0, 0xf5: return 32000
    case 0x54: return row(fork, [50, 50, 200, 200, 200, 800, 2100])
    case 0x31: return row(fork, [20, 20, 400, 400, 400, 700, 2600])
    case 0x3b, 0x3c: return row(fork, [20, 20, 700, 700, 700, 700, 2600])
    case 0x3f: return row(fork, [400, 400, 400, 400, 400, 700, 2600])
    case 0xf1, 0xf2, 0xf4, 0xfa: return row(fork, [40, 40, 700, 700, 700, 700, 2600])
    case 0xff: return row(fork, [0, 0, 5000, 5000, 5000, 5000, 7600])
    case 0x55:
      switch fork {
      case .constantinople: return 200
      case .istanbul: return 800
      case ..<Fork.istanbul: return 5000
      default: return 2200
      }
    default: return nil
    }
  }

  /// The columns of §1.3; from Berlin on with a cold access.
  private static func row(_ fork: Fork, _ prices: [UInt64]) -> UInt64 {
    switch fork {
    case .frontier: prices[0]
    case .homestead: prices[1]
    case .tangerineWhistle: prices[2]
    case .spuriousDragon: prices[3]
    case .byzantium, .constantinople, .petersburg: prices[4]
    case .istanbul: prices[5]
    default: prices[6]
    }
  }
}

@Suite("Gas of opcodes")
struct OpcodeGasTests {
  /// Zeros for every operand there can be.
  private static let operands = 17

  /// Operands and an instruction. Jumps need somewhere to go.
  private func code(_ opcode: UInt8) -> (bytes: [UInt8], before: UInt64, after: UInt64) {
    switch opcode {
    case 0x56: return ([0x60, 3, 0x56, 0x5b], 3, 1)
    case 0x57: return ([0x60, 1, 0x60, 5, 0x57, 0x5b], 6, 1)
    // One operand fewer would still leave words for a stack that has to be large enough.
    default:
      let zeros = [[UInt8]](repeating: [0x60, 0], count: Self.operands).flatMap { $0 }
      return (zeros + [opcode], 3 * UInt64(Self.operands), 0)
    }
  }

  private func run(_ fork: Fork, _ engine: Engine) -> CodeRun {
    var run = CodeRun(fork: fork, engine: engine)
    // The account that zeros name is there, so that nobody has to create it.
    run.accounts[Address(word: .zero)] = .init(balance: .one)
    return run
  }

  @Test("Each opcode costs what the fork's table says, or is undefined", arguments: Fork.allCases)
  func costs(_ fork: Fork) throws {
    for engine in Engine.allCases {
      var run = run(fork, engine)
      let evm = try run.evm()
      for opcode in UInt8.min...UInt8.max where opcode != 0xfe {
        let (bytes, before, after) = code(opcode)
        run.gas = 100_000
        let result = try run.result(evm, bytes)
        guard let cost = OpcodeGas.cost(opcode, fork) else {
          #expect(result.status == .halted(.undefinedInstruction), "\(fork) \(engine) opcode \(opcode)")
          continue
        }
        #expect(run.gas - result.gasLeft == before + cost + after, "\(fork) \(engine) opcode \(opcode)")
        #expect(
          result.status == (opcode == 0xfd ? .reverted : .success), "\(fork) \(engine) opcode \(opcode)")
      }
    }
  }

  @Test("Exactly enough gas is enough, one less is not", arguments: Fork.allCases)
  func exactGas(_ fork: Fork) throws {
    for engine in Engine.allCases {
      var run = run(fork, engine)
      let evm = try run.evm()
      for opcode in UInt8.min...UInt8.max {
        // SSTORE wants more than it takes from Istanbul on; see StorageGasTests.
        guard let cost = OpcodeGas.cost(opcode, fork), opcode != 0x55 || fork < .istanbul else { continue }
        let (bytes, before, after) = code(opcode)
        run.gas = before + cost + after
        let exact = try run.result(evm, bytes)
        #expect(exact.status == (opcode == 0xfd ? .reverted : .success), "\(fork) \(engine) opcode \(opcode)")
        #expect(exact.gasLeft == 0, "\(fork) \(engine) opcode \(opcode)")
        guard cost > 0 else { continue }
        run.gas -= 1
        let short = try run.result(evm, bytes)
        #expect(short.status == .halted(.outOfGas), "\(fork) \(engine) opcode \(opcode)")
      }
    }
  }

  @Test("INVALID takes all gas", arguments: Engine.allCases)
  func invalid(_ engine: Engine) throws {
    let result = try CodeRun(engine: engine).run([0xfe]).result
    #expect(result.status == .halted(.invalidInstruction) && result.gasLeft == 0)
  }

  @Test("An account or slot that was accessed is warm", arguments: Fork.allCases)
  func warmAccess(_ fork: Fork) throws {
    let warm: UInt64? = fork >= .berlin ? 100 : nil
    for opcode in [0x31, 0x3b, 0x3c, 0x3f, 0x54, 0xf1, 0xf2, 0xf4, 0xfa] as [UInt8] {
      guard let first = OpcodeGas.cost(opcode, fork) else { continue }
      let (bytes, before, _) = code(opcode)
      #expect(try run(fork, .threaded).used(bytes + bytes) == 2 * before + first + (warm ?? first))
    }
  }

  @Test("Before Berlin nothing is warm: accesses cost the same again and again")
  func schedules() {
    for fork in Fork.allCases {
      let schedule = GasSchedule(fork)
      #expect(schedule.hasWarmSets == (fork >= .berlin))
      #expect((schedule.coldAccountExtra == 0) == (fork < .berlin))
    }
  }
}
