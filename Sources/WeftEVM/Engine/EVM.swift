import CWeftABI
import Glibc
import WeftMachine
import WeftMemory

/// Executes EVM code under the rules of one fork: calls, and whole transactions.
///
/// ```swift
/// let evm = try EVM(fork: .cancun)
/// let state = JournaledState(InMemoryState(accounts))
/// let result = try evm.call(EVMMessage(to: contract, input: data, gas: 100_000), in: BlockEnvironment(), on: state)
/// print(result.status, result.gasLeft, result.output)
/// ```
///
/// It keeps decoded code, stacks and memory for the next execution: make one for a thread and use it often. One
/// execution runs at a time.
public final class EVM {
  public let rules: EVMRules
  /// The fork, or the one that the rules derive from.
  public var fork: Fork { rules.fork }
  /// The instructions and precompiled contracts that it knows.
  public let instructions: InstructionTable
  /// How instructions are dispatched. With an inspector it is the reference engine in any case.
  public var engine = Engine.standard
  /// Watches executions.
  public var inspector: (any EVMInspector)?
  /// Asked now and then, at least every few milliseconds; `true` ends the execution with `EVMError.interrupted`.
  public var shouldStop: (() -> Bool)?

  /// Puts the accesses of executions into the record of a memory controller, where there is one.
  package internal(set) var recorder: AccessRecorder?

  let state: UnsafeMutablePointer<EngineState>
  var schedule: GasSchedule { rules.schedule }
  /// The stacks, where they are the engine's own.
  private let stackReserve: UnsafeMutableRawPointer?
  private let emptyState = JournaledState(InMemoryState())

  public struct Configuration: Sendable {
    /// Most bytes of all frames' memories together.
    public var memoryLimit: Int = 1 << 28
    /// Bytes that decoded code may take.
    public var codeCacheLimit: Int = 256 << 20

    public init() {}
  }

  /// - Parameter extensions: bring instructions, precompiled contracts and forks, or replace the fork's own and the fork
  ///   itself.
  /// - Throws: `registration` for clashes, `memory` where the system has none.
  public convenience init(
    fork: Fork = .standard, extensions: [any VMExtension] = [], configuration: Configuration = Configuration()
  ) throws(MachineError) {
    let rules: EVMRules
    do throws(RegistrationError) { rules = try EVMRules(fork, extensions: extensions) } catch {
      throw .registration(error)
    }
    try self.init(rules: rules, extensions: extensions, configuration: configuration)
  }

  /// - Parameters:
  ///   - rules: those that `EVMRules(named:extensions:)` gives.
  ///   - extensions: bring instructions and precompiled contracts, or replace the rules' own.
  /// - Throws: `registration` for clashes and rules that name what nobody brings, `memory` where the system has none.
  public convenience init(
    rules: EVMRules, extensions: [any VMExtension], configuration: Configuration = Configuration()
  ) throws(MachineError) {
    let table = try Self.table(rules, extensions)
    let memory = try Self.reserveMemory(configuration.memoryLimit)
    let stack = try Self.reserveStack()
    self.init(
      rules: rules, table: table, memory: memory, stack: stack, ownsStack: true,
      cacheLimit: configuration.codeCacheLimit)
  }

  /// The instructions and precompiled contracts of rules and of extensions.
  package static func table(
    _ rules: EVMRules, _ extensions: [any VMExtension]
  ) throws(MachineError) -> InstructionTable {
    var registry = ExtensionRegistry()
    do throws(RegistrationError) {
      try registry.addBuiltIn(StandardInstructionsExtension(rules: rules))
      for part in extensions { try registry.add(part) }
      let table = registry.freeze()
      try rules.check(table)
      return table
    } catch { throw .registration(error) }
  }

  static func reserveMemory(_ limit: Int) throws(MachineError) -> EVMMemory {
    do throws(EVMMemoryError) {
      return try EVMMemory(reserving: limit &+ 4096, limit: limit)
    } catch { throw .memory(.outOfMemory(bytes: UInt64(clamping: limit))) }
  }

  static func reserveStack() throws(MachineError) -> UnsafeMutableRawPointer {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    let bytes = EngineState.stackBytes
    guard let stack = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), stack != MAP_FAILED else {
      throw .memory(.outOfMemory(bytes: UInt64(bytes)))
    }
    return stack
  }

  /// - Parameter stack: `EngineState.stackBytes` bytes that live as long as the EVM.
  init(
    rules: EVMRules, table: InstructionTable, memory: consuming EVMMemory, stack: UnsafeMutableRawPointer,
    ownsStack: Bool, cacheLimit: Int
  ) {
    self.rules = rules
    instructions = table
    stackReserve = ownsStack ? stack : nil
    state = .allocate(capacity: 1)
    state.initialize(
      to: EngineState(
        memory: memory, table: OpcodeTable(table, rules), precompiles: PrecompileTable(table, rules),
        instances: table.makeInstances(), stack: stack.assumingMemoryBound(to: UInt256.self),
        cacheLimit: cacheLimit, tables: emptyState.tables)
    )
    state.pointee.context.pointee.base.host = UnsafeMutableRawPointer(state)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
    if let stackReserve { munmap(stackReserve, EngineState.stackBytes) }
  }

  /// Gas between looks at the clock: a few milliseconds.
  static var slice: Int64 {
    #if DEBUG
      1 << 18
    #else
      1 << 24
    #endif
  }

  // MARK: Running

  /// Lets handlers see a block and what is the same for all frames of an execution.
  func prepare(
    _ block: BlockEnvironment, on tables: UnsafeMutablePointer<StateTables>, origin: UInt256,
    gasPrice: UInt256, blobHashes: [UInt256]
  ) throws(EVMError) {
    do throws(ExtensionFailure) {
      for instance in state.pointee.instances { try instance.begin() }
    } catch { throw .extensionFailed(error) }
    state.pointee.tables = tables
    state.pointee.refund = 0
    state.pointee.failure = nil
    state.pointee.output = []
    state.pointee.blobHashes = blobHashes
    state.pointee.blockHash = block.hash
    state.pointee.blockNumber = block.number
    state.pointee.memory.reset()
    let context = state.pointee.context
    context.pointee.return_size = 0
    context.pointee.origin = origin.abiWord
    context.pointee.gas_price = gasPrice.abiWord
    context.pointee.coinbase = block.coinbase.word.abiWord
    context.pointee.timestamp = UInt256(block.timestamp).abiWord
    context.pointee.number = UInt256(block.number).abiWord
    context.pointee.random = block.random.abiWord
    context.pointee.gas_limit = UInt256(block.gasLimit).abiWord
    context.pointee.chain_id = UInt256(block.chainID).abiWord
    context.pointee.base_fee = block.baseFee.abiWord
    context.pointee.blob_base_fee = (block.blobBaseFee(fork) ?? .zero).abiWord
  }

  /// Runs the frame that has been set up until it ends.
  func run() throws(EVMError) {
    while true {
      if try advance(gas: Self.slice, instructions: .max).hasEnded { return }
      if let shouldStop, shouldStop() {
        abandon()
        throw .interrupted
      }
    }
  }

  /// Runs the frame that has been set up for a while.
  ///
  /// - Returns: whether the outermost frame has ended, and how many instructions the reference engine has executed.
  func advance(
    gas: Int64, instructions: UInt64
  ) throws(EVMError) -> (hasEnded: Bool, executed: UInt64) {
    let c = state.pointee.context
    var executed: UInt64 = 0
    state.pointee.entriesLeft = 1 << 14
    if engine == .reference || inspector != nil {
      state.pointee.slice = .max
      state.pointee.inspector = inspector
      let steps = min(instructions, recorder == nil ? 1 << 18 : 1 << 14)
      var left = steps
      _ = ReferenceEngine.run(c, instructions: &left, onlyThisFrame: false)
      executed = steps &- left
    } else {
      // Never less than the line that comes next.
      state.pointee.slice = max(gas, Line(rawValue: c.pointee.line).gas)
      state.pointee.inspector = nil
      Frames.setGas(c, c.gas)
      ThreadedEngine.run(c)
    }
    return (try hasEnded(c), executed)
  }

  /// Goes on with the reference engine, wherever the threaded one has paused.
  func switchToReference() {
    engine = .reference
    if state.pointee.context.pointee.frame != nil, !isFinished {
      ThreadedEngine.handOver(state.pointee.context)
    }
  }

  /// Whether the outermost frame has ended.
  var isFinished: Bool { state.pointee.context.pointee.base.status == EngineStatus.finished }

  /// Where the running frame is; exact where the reference engine runs it.
  var programCounter: UInt64 {
    state.pointee.context.pointee.frame?.pointee.program_counter ?? state.pointee.lastCounter
  }

  private func hasEnded(_ c: EVMContext) throws(EVMError) -> Bool {
    if c.pointee.base.status == EngineStatus.finished {
      if let failure = state.pointee.tables.pointee.failure { throw .database(failure) }
      if state.pointee.tables.pointee.isExhausted { throw .outOfMemory }
      return true
    }
    if c.pointee.base.status == EngineStatus.failed {
      let error = state.pointee.failure ?? .outOfMemory
      abandon()
      throw error
    }
    return false
  }

  /// Gives up all frames that are open.
  package func abandon() {
    recorder?.abandon()
    let context = state.pointee.context
    guard var frame = context.pointee.frame else { return }
    while true {
      let analysis = frame.analysis
      analysis.pointee.users &-= 1
      if frame.pointee.is_pooled != 0 { CodeAnalysis.release(analysis) }
      if frame.pointee.depth == 0 { break }
      frame -= 1
    }
    context.pointee.frame = nil
  }
}
