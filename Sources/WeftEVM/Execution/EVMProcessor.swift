import CWeftABI
import WeftMachine
import WeftMemory

/// Executes one EVM program for a machine, on the address spaces of the machine's memory controller.
public final class EVMProcessor: Processor {
  private let program: EVMProgram
  private let table: InstructionTable
  private let configuration: Machine.Configuration
  public private(set) var guest: Guest
  private var evm: EVM
  private var state: JournaledState
  private var mode = RunMode.fast
  private var isPristine = true
  private var hasBegun = false
  /// Once instructions are counted, the reference engine goes on to the end.
  private var counts: Bool
  /// How the call ended; `nil` before.
  public private(set) var result: EVMResult?
  /// Instructions that the reference engine has executed. The threaded engine does not count.
  public private(set) var retiredInstructions: UInt64 = 0

  init(
    _ program: EVMProgram, table: InstructionTable, configuration: Machine.Configuration
  ) throws(MachineError) {
    self.program = program
    self.table = table
    self.configuration = configuration
    counts = configuration.engine == .reference || configuration.limits.instructions != nil
    state = JournaledState(program.initialState)
    (guest, evm) = try Self.prepare(program, table, configuration, .fast)
    evm.engine = counts ? .reference : .threaded
  }

  /// What the EVM works with is address spaces of the machine's controller, which the guest owns.
  private static func prepare(
    _ program: EVMProgram, _ table: InstructionTable, _ configuration: Machine.Configuration, _ mode: RunMode
  ) throws(MachineError) -> (Guest, EVM) {
    let limits = configuration.limits
    var memory = MemoryConfiguration()
    memory.spaces = [
      AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0),
      .registers,
    ]
    memory.addEVM(memoryLimit: limits.memory, mode: mode)
    // An entry of the log has 16 bytes, and a write 32 more.
    memory.accessLimit = min(limits.recordBytes / 48, 1 << 31)
    memory.accessCapacity = min(memory.accessCapacity, memory.accessLimit)
    let controller: MemoryController
    do throws(MemoryError) {
      controller = try MemoryController(memory, interface: .imageTable, mode: mode)
    } catch { throw .memory(error) }
    let guest = Guest(
      memory: controller, memoryStart: 0, streams: HostStreams(input: configuration.input),
      publicValueCount: 0, outputLimit: limits.outputBytes, outputHandler: configuration.outputHandler)
    let evm = try EVM(rules: program.rules, table: table, guest: guest, memoryLimit: limits.memory)
    return (guest, evm)
  }

  // MARK: Running

  public func start(_ mode: RunMode) throws(MachineError) {
    guard mode != .recorded(.instructionRecords) else {
      throw .program("EVM programs are recorded as an access log: they have no instruction records")
    }
    if mode != self.mode || mode != .fast && !isPristine {
      evm.abandon()
      (guest, evm) = try Self.prepare(program, table, configuration, mode)
      self.mode = mode
    }
    if !isPristine {
      evm.abandon()
      state = JournaledState(program.initialState)
      guest.streams = HostStreams(input: configuration.input)
      guest.clearRequests()
    }
    counts = mode != .fast || configuration.engine == .reference || configuration.limits.instructions != nil
    evm.engine = counts ? .reference : .threaded
    isPristine = true
    hasBegun = false
    result = nil
    retiredInstructions = 0
  }

  public func run(atMost count: UInt64) -> ProcessorStop {
    isPristine = false
    if let stop = recordLimit { return stop }
    do throws(EVMError) {
      if !hasBegun {
        hasBegun = true
        try evm.begin(program.message(configuration), in: program.block, on: state)
      }
      let hasEnded = try advance(count)
      evm.recorder?.flush()
      if let stop = recordLimit { return stop }
      return hasEnded ? finish() : .budgetSpent
    } catch {
      if let stop = recordLimit { return stop }
      return .trapped(Trap(.failure(code: 0, message: "\(error)"), programCounter: programCounter))
    }
  }

  /// Why the record cannot go on, if it cannot. What the execution has done since is lost.
  private var recordLimit: ProcessorStop? {
    guard let failure = evm.recorder?.failure else { return nil }
    evm.abandon()
    if let limit = LimitReached(failure, limits: configuration.limits) { return .limit(limit) }
    return .trapped(Trap(.memory(failure), programCounter: programCounter))
  }

  private func advance(_ count: UInt64) throws(EVMError) -> Bool {
    if evm.isFinished { return true }
    if !counts, count < Self.shortSlice {
      // So few instructions are meant to be counted.
      evm.switchToReference()
      counts = true
    }
    if !counts { return try evm.advance(gas: EVM.slice, instructions: .max).hasEnded }
    let (hasEnded, executed) = try evm.advance(gas: EVM.slice, instructions: count)
    retiredInstructions &+= executed
    return hasEnded
  }

  /// Slices of a machine that counts no instructions are longer.
  private static var shortSlice: UInt64 { 1 << 14 }

  private func finish() -> ProcessorStop {
    let result = evm.takeResult(state.tables)
    self.result = result
    evm.endMessage(on: state)
    if let stop = recordLimit { return stop }
    if case .halted(let reason) = result.status {
      let trap = Trap.Cause.failure(code: Int32(truncatingIfNeeded: reason.rawValue), message: reason.name)
      return .trapped(Trap(trap, programCounter: programCounter))
    }
    let fits = result.output.withUnsafeBytes { bytes in
      do throws(Trap) {
        try guest.write(bytes, to: .output)
        return true
      } catch { return false }
    }
    if !fits { return .limit(.output(bytes: configuration.limits.outputBytes)) }
    return .exited(code: result.isSuccess ? 0 : 1)
  }

  /// What the call has changed.
  public var changes: StateChanges { state.changes() }

  // MARK: Looking

  public var programCounter: UInt64 { evm.programCounter }

  public var instructionCounts: [UInt64] {
    guard let recorder = evm.recorder else { return [] }
    return table.instructionCounts(ofOpcodes: recorder.counts)
  }

  public var touchedMemory: Int? { nil }
  public var records: RecordBuffer? { nil }
  public var services: [ServiceSpan] { [] }
  public func streamRecords() {}

  public func instruction(at address: UInt64) -> (word: UInt32, entry: Int?)? {
    guard address < UInt64(program.code.count) else { return nil }
    let opcode = program.code[Int(truncatingIfNeeded: address)]
    return (UInt32(opcode), evm.instructions.index(ofEVM: opcode))
  }

  // MARK: Snapshots

  public var snapshotRefusal: String? { "snapshots of EVM programs are not available" }

  public func saveState() -> ProcessorState {
    ProcessorState(programCounter: programCounter, retiredInstructions: retiredInstructions, recordCount: 0)
  }

  public func restoreState(_ state: ProcessorState) {}
}

// What only EVM programs have.
extension Machine {
  private var evm: EVMProcessor? { processor as? EVMProcessor }

  /// How the call ended; `nil` before, and for programs of another instruction set.
  public var evmResult: EVMResult? { evm?.result }

  /// What the call has changed; `nil` for programs of another instruction set.
  public var evmChanges: StateChanges? { evm?.changes }
}
