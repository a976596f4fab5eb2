/// A chain of blocks: a state, and as much of the headers as the next block needs. For blocks from Paris on.
public struct BlockChain {
  /// The state behind the last block.
  public private(set) var state: InMemoryState
  /// The last 256 headers, the oldest first.
  public private(set) var headers: [BlockHeader]
  public let chainID: UInt64

  /// - Parameters:
  ///   - genesis: the header of the first block.
  ///   - state: the state behind it.
  public init(genesis: BlockHeader, state: InMemoryState, chainID: UInt64 = 1) {
    self.state = state
    headers = [genesis]
    self.chainID = chainID
  }

  public var head: BlockHeader { headers[headers.count &- 1] }

  /// What the rules of a block need besides the block.
  public struct Rules {
    /// Carries the block out; it is of the block's fork.
    public var evm: EVM
    /// `nil` for the fork's own.
    public var blobSchedule: BlobSchedule?
    public var recovery: any SignatureRecovery
    /// Gives the 32 bytes of a SHA-256 digest.
    public var sha256: ([UInt8]) -> [UInt8]

    public init(
      evm: EVM, blobSchedule: BlobSchedule? = nil, recovery: any SignatureRecovery,
      sha256: @escaping ([UInt8]) -> [UInt8]
    ) {
      self.evm = evm
      self.blobSchedule = blobSchedule
      self.recovery = recovery
      self.sha256 = sha256
    }
  }

  /// Checks a block in every respect and makes it the head.
  /// - Throws: where the block is invalid; the chain is then as before.
  public mutating func append(_ encoded: [UInt8], rules: Rules) throws(BlockError) {
    let block: Block
    do throws(RLPError) { block = try Block(decoding: encoded) } catch { throw .malformed(error) }
    let fork = rules.evm.fork
    try checkShape(block, fork)
    try checkHeader(block.header, fork, rules.blobSchedule)

    let parents = headers
    let environment = BlockEnvironment(
      coinbase: block.header.coinbase, number: block.header.number, timestamp: block.header.timestamp,
      gasLimit: block.header.gasLimit, random: block.header.random.word,
      baseFee: block.header.baseFee ?? .zero, excessBlobGas: block.header.excessBlobGas ?? 0,
      blobSchedule: rules.blobSchedule, chainID: chainID,
      hash: { number in parents.last { $0.number == number }?.hash })
    let journaled = JournaledState(state)
    var execution = BlockExecution(rules.evm, in: environment, on: journaled)
    try execution.begin(
      parentHash: block.header.parentHash, parentBeaconRoot: block.header.parentBeaconRoot)
    for (index, encoded) in block.transactions.enumerated() {
      let transaction: EVMTransaction
      do throws(TransactionError) {
        transaction = try SignedTransaction(decoding: encoded, fork: fork)
          .executable(fork: fork, chainID: UInt256(chainID), recovery: rules.recovery)
      } catch { throw .badTransaction(index: index, error) }
      do throws(ExecutionError) { _ = try execution.execute(transaction) } catch {
        switch error {
        case .refused(let refusal): throw .refused(index: index, refusal)
        case .failed(let failure): throw .failed(failure)
        }
      }
    }
    try execution.finish(withdrawals: block.withdrawals ?? [])
    var after = state
    after.apply(journaled.changes())
    try checkResults(block, execution, after, rules)

    state = after
    headers.append(block.header)
    if headers.count > 256 { headers.removeFirst() }
  }

  // MARK: Checks

  /// What the fork's blocks consist of.
  private func checkShape(_ block: Block, _ fork: Fork) throws(BlockError) {
    func demand(_ field: BlockError.Field, _ isPresent: Bool, since first: Fork) throws(BlockError) {
      if isPresent != (fork >= first) { throw .shape(field, isPresent: isPresent) }
    }
    if fork >= .osaka, block.size > BlockRules.maximumBlockSize {
      throw .tooLarge(bytes: block.size, maximum: BlockRules.maximumBlockSize)
    }
    if block.ommerCount > 0 { throw .ommers }
    try demand(.baseFee, block.header.baseFee != nil, since: .london)
    try demand(.withdrawalsRoot, block.header.withdrawalsRoot != nil, since: .shanghai)
    try demand(.withdrawals, block.withdrawals != nil, since: .shanghai)
    try demand(.excessBlobGas, block.header.excessBlobGas != nil, since: .cancun)
    try demand(.requestsHash, block.header.requestsHash != nil, since: .prague)
  }

  /// What follows from the parent.
  private func checkHeader(
    _ header: BlockHeader, _ fork: Fork, _ schedule: BlobSchedule?
  ) throws(BlockError) {
    let parent = head
    func demand<T: Equatable>(_ field: BlockError.Field, _ found: T, _ expected: T) throws(BlockError) {
      if found != expected { throw .header(field, expected: "\(expected)", found: "\(found)") }
    }
    try demand(.parentHash, header.parentHash, parent.hash)
    try demand(.number, header.number, parent.number &+ 1)
    if header.timestamp <= parent.timestamp {
      throw .header(.timestamp, expected: "more than \(parent.timestamp)", found: "\(header.timestamp)")
    }
    if !BlockRules.isGasLimit(header.gasLimit, after: parent.gasLimit) {
      throw .header(.gasLimit, expected: "about \(parent.gasLimit)", found: "\(header.gasLimit)")
    }
    if header.gasUsed > header.gasLimit {
      throw .header(.gasUsed, expected: "at most \(header.gasLimit)", found: "\(header.gasUsed)")
    }
    if header.extraData.count > 32 {
      throw .header(.extraData, expected: "at most 32 bytes", found: "\(header.extraData.count)")
    }
    let baseFee = BlockRules.baseFee(
      parentBaseFee: parent.baseFee ?? .zero, parentGasUsed: parent.gasUsed, parentGasLimit: parent.gasLimit)
    try demand(.baseFee, header.baseFee ?? .zero, baseFee)
    try demand(.difficulty, header.difficulty, .zero)
    try demand(.nonce, header.nonce, [UInt8](repeating: 0, count: 8))
    try demand(.ommersHash, header.ommersHash, .emptyList)
    guard let found = header.excessBlobGas else { return }
    let excess = (schedule ?? BlobSchedule(fork))?.nextExcess(
      excess: parent.excessBlobGas ?? 0, used: parent.blobGasUsed ?? 0,
      baseFee: UInt64(clamping: parent.baseFee ?? .zero), fork: fork)
    try demand(.excessBlobGas, found, excess ?? 0)
  }

  /// What the execution gave.
  private func checkResults(
    _ block: Block, _ execution: BlockExecution, _ after: InMemoryState, _ rules: Rules
  ) throws(BlockError) {
    func demand<T: Equatable>(_ field: BlockError.Field, _ found: T, _ expected: T) throws(BlockError) {
      if found != expected { throw .result(field, expected: "\(expected)", found: "\(found)") }
    }
    let header = block.header
    try demand(.gasUsed, header.gasUsed, execution.gasUsed)
    try demand(.transactionsRoot, header.transactionsRoot, block.transactionsRoot)
    try demand(.receiptsRoot, header.receiptsRoot, TransactionReceipt.root(of: execution.receipts))
    try demand(
      .bloom, HexadecimalBytes.text(header.bloom), HexadecimalBytes.text(LogBloom(execution.logs).bytes))
    if let root = header.withdrawalsRoot {
      try demand(.withdrawalsRoot, root, Withdrawal.root(of: block.withdrawals ?? []))
    }
    if let used = header.blobGasUsed { try demand(.blobGasUsed, used, execution.blobGasUsed) }
    if let hash = header.requestsHash {
      try demand(.requestsHash, hash, execution.requests.hash(sha256: rules.sha256))
    }
    try demand(.stateRoot, header.stateRoot, StateRoot.root(of: after))
  }
}
