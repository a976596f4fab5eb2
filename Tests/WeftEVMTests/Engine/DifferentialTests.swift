import Testing
import WeftMachine

@testable import WeftEVM

/// Random programs: both engines give the same, halt reasons included.
@Suite("EVM engines against each other")
struct DifferentialTests {
  @Test("Random programs end alike", arguments: 0..<40)
  func programs(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1)
    let child = Address(word: UInt256(0xbb))
    for _ in 0..<25 {
      let accounts = [child: InMemoryState.Entry(code: RandomContract.code(&random, length: 20))]
      let code = RandomContract.code(&random, length: 40)
      let fork = Fork.allCases[Int(random.next() % UInt64(Fork.allCases.count))]
      let gas = [300, 3000, 30_000, 300_000][Int(random.next() % 4)] &+ random.next() % 50
      var results: [EVMResult] = []
      var changes: [StateChanges] = []
      for engine in Engine.allCases {
        let run = CodeRun(fork: fork, engine: engine, gas: gas, input: [1, 2, 3], accounts: accounts)
        let (result, state) = try run.run(code)
        results.append(result)
        changes.append(state.changes())
      }
      #expect(results[0] == results[1], "fork \(fork), gas \(gas), code \(HexadecimalBytes.text(code))")
      #expect(changes[0] == changes[1], "fork \(fork), gas \(gas), code \(HexadecimalBytes.text(code))")
    }
  }
}

/// Code at random, most of which does something.
enum RandomContract {
  static func code(_ random: inout SplitMix, length: Int) -> [UInt8] {
    let corners = [
      UInt256.zero, .one, .max, UInt256(31), UInt256(256), UInt256(UInt64(1) << 63), UInt256(low: 0, high: 1),
    ]
    return Assembler.build { assembler in
      for _ in 0..<length {
        switch random.next() % 12 {
        case 0...3: assembler.push(UInt256(random.next() % 70))
        case 4: assembler.push(corners[Int(random.next() % UInt64(corners.count))])
        case 5: assembler.op(.jumpdest)
        case 6:
          // A jump, often to a destination.
          assembler.push(UInt256(random.next() % 90))
          assembler.op(random.next() % 2 == 0 ? .jump : .jumpi)
        case 7:
          assembler.push(0, 0, 32, 0, 0, 0xbb, random.next() % 20_000)
          assembler.op([.call, .callcode][Int(random.next() % 2)])
        case 8: assembler.raw([UInt8(truncatingIfNeeded: 0x80 &+ random.next() % 32)])
        default: assembler.raw([UInt8(truncatingIfNeeded: random.next() % 0x60)])
        }
      }
    }
  }
}

/// A small generator with the same numbers everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }
}
