import Testing

@testable import WeftEVM

@Suite("Rules of blocks")
struct BlockRulesTests {
  @Test(
    "The base fee follows what the parent used",
    arguments: [
      (1_000 as UInt64, 15_000_000 as UInt64, 1_000 as UInt64), (1_000, 30_000_000, 1_125), (1_000, 0, 875),
      (7, 15_000_001, 8), (7, 14_999_999, 7), (0, 30_000_000, 1), (1_000_000_000, 7_500_000, 937_500_000),
    ])
  func baseFee(parent: UInt64, used: UInt64, expected: UInt64) {
    let fee = BlockRules.baseFee(
      parentBaseFee: UInt256(parent), parentGasUsed: used, parentGasLimit: 30_000_000)
    #expect(fee == UInt256(expected))
  }

  @Test(
    "A gas limit moves by less than 1/1024",
    arguments: [
      (30_000_000 as UInt64, true), (30_029_295, true), (30_029_296, false), (29_970_705, true),
      (29_970_704, false), (0, false),
    ])
  func gasLimit(limit: UInt64, isAllowed: Bool) {
    #expect(BlockRules.isGasLimit(limit, after: 30_000_000) == isAllowed)
  }

  @Test("No gas limit is below 5,000")
  func leastGasLimit() {
    #expect(BlockRules.isGasLimit(5000, after: 5003))
    #expect(!BlockRules.isGasLimit(4999, after: 5002))
  }

  @Test(
    "Miners' rewards",
    arguments: [
      (Fork.frontier, 5 as UInt64), (.spuriousDragon, 5), (.byzantium, 3), (.constantinople, 2), (.london, 2),
      (.paris, 0), (.osaka, 0),
    ])
  func reward(fork: Fork, ether: UInt64) {
    #expect(BlockRules.miningReward(fork) == UInt256(ether * 1_000_000_000_000_000_000))
  }

  @Test("Addresses of system contracts are those of their EIPs")
  func systemContracts() {
    #expect("\(SystemContract.beaconRoots.address)" == "0x000f3df6d732807ef1319fb7b8bb8522d0beac02")
    #expect("\(SystemContract.blockHashes.address)" == "0x0000f90827f1c53a10cb7a02335b175320002935")
    #expect("\(SystemContract.withdrawalRequests.address)" == "0x00000961ef480eb55e80d19ad83579a64c007002")
    #expect("\(SystemContract.consolidationRequests.address)" == "0x0000bbddc7ce488642fb579f8b00f3a590007251")
    #expect("\(SystemContract.caller)" == "0xfffffffffffffffffffffffffffffffffffffffe")
    #expect("\(DepositEvent.contract)" == "0x00000000219ab540356cbb839cbe05303d7705fa")
    #expect(
      "\(DepositEvent.topic)" == "0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5")
  }

  @Test("Ommers and the miner are paid")
  func ommers() throws {
    let evm = try EVM(fork: .london)
    let state = JournaledState(InMemoryState())
    let (miner, ommer) = (Address(word: UInt256(0xaa)), Address(word: UInt256(0xbb)))
    var block = BlockExecution(evm, in: BlockEnvironment(coinbase: miner), on: state)
    try block.payRewards(BlockRules.miningReward(.london), ommers: [(age: 1, coinbase: ommer)])
    let ether: UInt64 = 1_000_000_000_000_000_000
    #expect(try state.account(at: miner)?.balance == UInt256(2 * ether + ether / 16))
    #expect(try state.account(at: ommer)?.balance == UInt256(2 * ether / 8 * 7))
  }

  @Test("A block without the contracts that it must call is invalid, and says which")
  func missingSystemContract() throws {
    let evm = try EVM(fork: .prague)
    var block = BlockExecution(evm, in: BlockEnvironment(), on: JournaledState(InMemoryState()))
    try block.begin(parentHash: .zero, parentBeaconRoot: .zero)
    #expect(throws: BlockError.missingSystemContract(SystemContract.withdrawalRequests.address)) {
      try block.finish()
    }
  }
}
