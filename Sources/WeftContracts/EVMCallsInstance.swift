import WeftEVM
import WeftMachine
import WeftMemory

/// The contracts of one machine: their state, the EVM that runs them, and the call that is under way.
final class EVMCallsInstance: ExtensionInstance {
  let name: String
  private let configuration: EVMCallsExtension
  private var evm: EVM?
  private var state: JournaledState
  /// A call that has used up its slice; the guest still stands at its instruction.
  private var open: (address: UInt32, request: EVMCallRequest, creator: Address?)?
  private var returnData: [UInt8] = []
  /// Whether the state is that of the beginning.
  private var isPristine = true

  init(_ configuration: EVMCallsExtension) {
    name = configuration.name
    self.configuration = configuration
    state = JournaledState(configuration.state)
  }

  // MARK: A run

  func begin(_ guest: Guest) throws(ExtensionFailure) {
    end()
    if !isPristine { state = JournaledState(configuration.state) }
    isPristine = true
    returnData = []
  }

  func end() {
    evm?.abandon()
    evm = nil
    open = nil
  }

  var instructionCounts: [InstructionCount] {
    guard let evm, let recorder = evm.recorder else { return [] }
    let counts = evm.instructions.instructionCounts(ofOpcodes: recorder.counts)
    return zip(evm.instructions.entries, counts).compactMap { entry, count in
      count == 0
        ? nil : InstructionCount(mnemonic: "evm." + entry.executor.mnemonic, owner: entry.owner, count: count)
    }
  }

  /// The EVM on the guest's controller, made when it is used for the first time.
  private func machine(_ guest: Guest) throws(Trap) -> EVM {
    if let evm { return evm }
    do {
      let rules = try EVMRules(configuration.fork, extensions: configuration.extensions)
      let evm = try EVM(
        rules: rules, table: EVM.table(rules, configuration.extensions), guest: guest,
        memoryLimit: guest.memorySize)
      self.evm = evm
      return evm
    } catch { throw .failure("\(error)") }
  }

  // MARK: Calls

  func call(_ guest: Guest, _ operands: RV32Operands) throws(Trap) {
    let evm = try machine(guest)
    let address = guest.peekRegister(operands.rs1)
    let (request, creator): (EVMCallRequest, Address?)
    if let open, open.address == address {
      (request, creator) = (open.request, open.creator)
    } else {
      switch try EVMCallRequest.peek(guest, at: address) {
      case .failure(let fault): return try refuse(guest, operands, fault)
      case .success(let new): request = new
      }
      creator = try begin(request, evm, guest, operands)
      open = (address, request, creator)
    }
    guard try advance(evm) else { throw Trap(.unfinished) }
    let result = evm.endCall(creator: creator, on: state)
    try check(evm)
    try guest.reserve(accesses: request.resultAccesses(result) + result.output.count / 32 + 2)
    open = nil
    returnData = result.output
    try readReturnData(0, min(returnData.count, Int(request.output.count)), guest)
    try request.write(result, guest)
    try guest.setRegister(operands.rd, to: result.guestStatus)
  }

  /// Takes a request in and sets the outermost frame up; gives the caller of a creation.
  private func begin(
    _ request: EVMCallRequest, _ evm: EVM, _ guest: Guest, _ operands: RV32Operands
  ) throws(Trap) -> Address? {
    try guest.reserve(accesses: 64 + Int(request.input.count / 4) + Int(request.code.count / 4))
    isPristine = false
    _ = try guest.register(operands.rs1)
    let message = try request.message(guest)
    do throws(EVMError) {
      try evm.beginCall(message, in: configuration.block, on: state)
    } catch { throw failure(error, evm) }
    return message.target == nil ? message.caller : nil
  }

  /// Runs for a slice; gives whether the call is over.
  private func advance(_ evm: EVM) throws(Trap) -> Bool {
    let hasEnded: Bool
    do throws(EVMError) { hasEnded = try evm.advanceCall() } catch { throw failure(error, evm) }
    try check(evm)
    return hasEnded
  }

  /// The record has room for what was executed.
  private func check(_ evm: EVM) throws(Trap) {
    if let failure = evm.recorder?.failure { throw Trap(.memory(failure)) }
  }

  private func failure(_ error: EVMError, _ evm: EVM) -> Trap {
    open = nil
    if let failure = evm.recorder?.failure { return Trap(.memory(failure)) }
    return .failure("\(error)")
  }

  /// The request is not one: the guest gets a number below 0, and nothing has happened.
  private func refuse(_ guest: Guest, _ operands: RV32Operands, _ fault: EVMCallRequest.Fault) throws(Trap) {
    try guest.reserve(accesses: 2)
    _ = try guest.register(operands.rs1)
    try guest.setRegister(operands.rd, to: fault.rawValue)
  }

  // MARK: Return data

  func copyReturnData(_ guest: Guest, _ operands: RV32Operands) throws(Trap) {
    let offset = guest.peekRegister(operands.rd)
    let (target, count) = (guest.peekRegister(operands.rs1), guest.peekRegister(operands.rs2))
    let isInside = UInt64(offset) + UInt64(count) <= UInt64(returnData.count)
    let isWritable = count == 0 || guest.writableOffsets(of: target, count: UInt64(count)) != nil
    let status: UInt32 = isInside && isWritable ? 0 : EVMCallRequest.Fault.outside.rawValue
    let accepted = status == 0 ? Int(count) : 0
    try guest.reserve(accesses: 8 + accepted / 4 + accepted / 32)
    for register in [operands.rd, operands.rs1, operands.rs2] { _ = try guest.register(register) }
    if accepted > 0 {
      try readReturnData(Int(offset), accepted, guest)
      try guest.writeBytes(returnData[Int(offset)..<Int(offset) + accepted], at: target)
    }
    try guest.setRegister(operands.rd, to: status)
  }

  /// Reads return data where the record has it.
  private func readReturnData(_ offset: Int, _ count: Int, _ guest: Guest) throws(Trap) {
    guard let area = evm?.recorder?.output, count > 0 else { return }
    _ = try guest.readSpace(.evmData, at: UInt64(area.pointer) + UInt64(offset), count: count)
  }

  // MARK: Snapshots

  /// The state of contracts in a fast run, between two calls; nothing where no contract was touched.
  func save() throws(ExtensionFailure) -> [UInt8]? {
    if isPristine { return [] }
    guard open == nil, evm?.recorder == nil else { return nil }
    var accounts = configuration.state
    accounts.apply(state.changes())
    return StateBytes.encode(accounts, returnData: returnData)
  }

  func restore(_ bytes: [UInt8]) throws(ExtensionFailure) {
    var accounts = configuration.state
    var returnData: [UInt8] = []
    if !bytes.isEmpty {
      do throws(RLPError) { (accounts, returnData) = try StateBytes.decode(bytes) } catch {
        throw ExtensionFailure(name: name, reason: "the snapshot is not one of contracts: \(error)")
      }
    }
    evm?.abandon()
    open = nil
    state = JournaledState(accounts)
    self.returnData = returnData
    isPristine = bytes.isEmpty
  }
}
