import Testing
import WeftMachine

@testable import WeftEVM

/// SSTORE by reference/evm.md §1.4: every transition of original, current and new value.
@Suite("Gas and refunds of SSTORE")
struct StorageGasTests {
  /// The prices of net metering: a dirty write, a first write to zero and to non-zero, the refund of clearing.
  struct Prices: Sendable {
    let dirty, set, reset, clear: Int64
    /// What a cold slot costs more.
    var cold: Int64 = 0

    init(_ dirty: Int64, _ set: Int64, _ reset: Int64, _ clear: Int64, cold: Int64 = 0) {
      (self.dirty, self.set, self.reset, self.clear, self.cold) = (dirty, set, reset, clear, cold)
    }
  }

  static let net: [(Fork, Prices)] = [
    (.constantinople, Prices(200, 20000, 5000, 15000)),
    (.istanbul, Prices(800, 20000, 5000, 15000)),
    (.berlin, Prices(100, 20000, 2900, 15000, cold: 2100)),
    (.london, Prices(100, 20000, 2900, 4800, cold: 2100)),
    (.paris, Prices(100, 20000, 2900, 4800, cold: 2100)),
    (.shanghai, Prices(100, 20000, 2900, 4800, cold: 2100)),
    (.cancun, Prices(100, 20000, 2900, 4800, cold: 2100)),
    (.prague, Prices(100, 20000, 2900, 4800, cold: 2100)),
    (.osaka, Prices(100, 20000, 2900, 4800, cold: 2100)),
  ]

  struct Transition: Sendable, CustomStringConvertible {
    /// Before the transaction, before the write, after it.
    let original, current, new: UInt64
    let gas: @Sendable (Prices) -> Int64
    let refund: @Sendable (Prices) -> Int64

    init(
      _ original: UInt64, _ current: UInt64, _ new: UInt64, gas: @escaping @Sendable (Prices) -> Int64,
      refund: @escaping @Sendable (Prices) -> Int64 = { _ in 0 }
    ) {
      (self.original, self.current, self.new) = (original, current, new)
      (self.gas, self.refund) = (gas, refund)
    }

    var description: String { "\(original)→\(current)→\(new)" }
  }

  static let transitions = [
    // No change, whatever was there before.
    Transition(0, 0, 0, gas: { $0.dirty }),
    Transition(1, 1, 1, gas: { $0.dirty }),
    Transition(0, 2, 2, gas: { $0.dirty }),
    Transition(1, 2, 2, gas: { $0.dirty }),
    Transition(1, 0, 0, gas: { $0.dirty }),
    // A slot that was written already.
    Transition(0, 2, 3, gas: { $0.dirty }),
    Transition(1, 2, 3, gas: { $0.dirty }),
    Transition(0, 0, 3, gas: { $0.set }),
    Transition(1, 1, 3, gas: { $0.reset }),
    Transition(1, 1, 0, gas: { $0.reset }, refund: { $0.clear }),
    Transition(1, 2, 0, gas: { $0.dirty }, refund: { $0.clear }),
    Transition(1, 0, 3, gas: { $0.dirty }, refund: { -$0.clear }),
    Transition(1, 0, 1, gas: { $0.dirty }, refund: { $0.reset - $0.dirty - $0.clear }),
    Transition(0, 2, 0, gas: { $0.dirty }, refund: { $0.set - $0.dirty }),
    Transition(1, 2, 1, gas: { $0.dirty }, refund: { $0.reset - $0.dirty }),
  ]

  private func store(_ value: UInt64) -> [UInt8] { [0x60, UInt8(value), 0x60, 7, 0x55] }

  private func run(_ fork: Fork, _ engine: Engine, original: UInt64) -> CodeRun {
    var run = CodeRun(fork: fork, engine: engine)
    run.accounts[CodeRun.address] = .init(storage: original == 0 ? [:] : [UInt256(7): UInt256(original)])
    return run
  }

  /// Gas and refund of what `code` does after `before`.
  private func difference(_ before: [UInt8], _ code: [UInt8], _ run: CodeRun) throws -> (
    gas: Int64, refund: Int64
  ) {
    let (first, both) = (try run.run(before).result, try run.run(before + code).result)
    #expect(first.isSuccess && both.isSuccess)
    return (Int64(first.gasLeft) - Int64(both.gasLeft), both.refund - first.refund)
  }

  @Test(
    "Net metering: each transition of each schedule, cold and warm", arguments: transitions, Engine.allCases)
  func netMetering(_ transition: Transition, _ engine: Engine) throws {
    for (fork, prices) in Self.net {
      let run = run(fork, engine, original: transition.original)
      let load: [UInt8] = [0x60, 7, 0x54, 0x50]
      // A slot that a transaction has written is warm: only without a write before can it be cold.
      let isFirst = transition.original == transition.current
      let before = isFirst ? load : store(transition.current)
      let warm = try difference(before, store(transition.new), run)
      #expect(warm.gas == 6 + transition.gas(prices), "\(fork), warm")
      #expect(warm.refund == transition.refund(prices), "\(fork), warm")
      guard isFirst else { continue }
      let cold = try difference([], store(transition.new), run)
      #expect(cold.gas == 6 + transition.gas(prices) + prices.cold, "\(fork), cold")
      #expect(cold.refund == transition.refund(prices), "\(fork), cold")
    }
  }

  @Test(
    "The legacy rule looks at the current and the new value alone", arguments: transitions,
    [Fork.frontier, .homestead, .tangerineWhistle, .spuriousDragon, .byzantium, .petersburg])
  func legacyRule(_ transition: Transition, _ fork: Fork) throws {
    let (current, new) = (transition.current, transition.new)
    let run = run(fork, .threaded, original: transition.original)
    let before = transition.original == current ? [] : store(current)
    let found = try difference(before, store(new), run)
    #expect(found.gas == 6 + (current == 0 && new != 0 ? 20000 : 5000))
    #expect(found.refund == (current != 0 && new == 0 ? 15000 : 0))
  }

  @Test(
    "The numbers of the table",
    arguments: [
      (Fork.constantinople, [-10200, 19800, 4800] as [Int64]), (.istanbul, [-10800, 19200, 4200]),
      (.berlin, [-12200, 19900, 2800]), (.london, [-2000, 19900, 2800]), (.osaka, [-2000, 19900, 2800]),
    ])
  func restored(_ fork: Fork, _ refunds: [Int64]) throws {
    let cases: [(UInt64, UInt64, UInt64)] = [(1, 0, 1), (0, 2, 0), (1, 2, 1)]
    for ((original, current, new), refund) in zip(cases, refunds) {
      let run = run(fork, .threaded, original: original)
      #expect(try difference(store(current), store(new), run).refund == refund)
    }
  }

  @Test(
    "From Istanbul on 2,300 gas left are not enough, 2,301 are", arguments: Fork.allCases, Engine.allCases)
  func sentry(_ fork: Fork, _ engine: Engine) throws {
    // Writes what is there, which costs least.
    var run = run(fork, engine, original: 0)
    let code = store(0)
    guard fork >= .istanbul else {
      // Before, the price alone counts.
      run.gas = 6 + (fork == .constantinople ? 200 : 5000)
      #expect(try run.run(code).result.isSuccess)
      return
    }
    run.gas = 6 + 2300
    #expect(try run.run(code).result.status == .halted(.outOfGas))
    run.gas = 6 + 2301
    #expect(try run.run(code).result.isSuccess)
  }

  @Test("In an account of this transaction every slot was 0 before")
  func createdAccount() throws {
    // Init code writes 5 and clears it again.
    let initCode = [0x60, 5, 0x60, 7, 0x55, 0x60, 0, 0x60, 7, 0x55] as [UInt8]
    let code = Assembler.build {
      $0.push(UInt256(bigEndianBytes: initCode + [UInt8](repeating: 0, count: 22))!)
      $0.push(0)
      $0.op(.mstore)
      $0.push(UInt64(initCode.count), 0, 0)
      $0.op(.create)
    }
    #expect(try CodeRun(fork: .cancun).run(code).result.refund == 19900)
  }

  @Test(
    "TLOAD and TSTORE cost 100 each, without refund, also with little gas left", arguments: Engine.allCases)
  func transient(_ engine: Engine) throws {
    let code: [UInt8] = [0x60, 5, 0x60, 7, 0x5d, 0x60, 0, 0x60, 7, 0x5d, 0x60, 7, 0x5c]
    var run = CodeRun(engine: engine)
    run.gas = 15 + 300
    let result = try run.run(code).result
    #expect(result.isSuccess && result.gasLeft == 0 && result.refund == 0)
  }

  @Test(
    "A child takes back what its caller was promised, unless it fails", arguments: Engine.allCases,
    [true, false])
  func refundOfFrames(_ engine: Engine, _ reverts: Bool) throws {
    // The caller clears a slot, the child sets it again.
    let child = Address(word: UInt256(0xbb))
    var run = CodeRun(fork: .london, engine: engine)
    run.accounts[CodeRun.address] = .init(storage: [UInt256(7): .one])
    run.accounts[child] = .init(code: store(3) + (reverts ? [0x60, 0, 0x60, 0, 0xfd] : []))
    let call = Assembler.build {
      $0.push(0, 0, 0, 0)
      $0.push(child.word)
      $0.op(.gas, .delegatecall)
    }
    let result = try run.run(store(0) + call).result
    #expect(result.isSuccess && result.refund == (reverts ? 4800 : 0))
  }
}
