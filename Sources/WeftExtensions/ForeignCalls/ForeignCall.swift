import CFFI
import CWeftABI
import Glibc
import WeftMachine

/// A C function with its signature, ready to be called for a guest.
///
/// The function sees nothing of the guest but its arguments. In a fast run a range is guest memory itself; in all
/// others, when a call can turn out to have failed, and when ranges overlap, it is a copy with a guard behind it.
/// A call that fails, before or after the function, changes nothing.
final class ForeignCall: @unchecked Sendable {
  /// What a fast run can do without looking closely.
  enum Quickness: UInt8 {
    /// Integers in, an integer out.
    case registers
    /// Ranges and structs where they are, and calls through libffi.
    case inPlace
    /// The function may turn out to have failed, or its arguments have to be worked on.
    case never
  }

  /// The mnemonic, for messages.
  let name: String
  let symbol: String
  /// Keeps the function mapped.
  private let library: SharedLibrary
  let function: UnsafeMutableRawPointer
  /// `nil` for calls through a typed pointer.
  private let signature: CallSignature?
  /// The signature's: at hand without a reference count.
  let interface: UnsafeMutablePointer<ffi_cif>?
  let arguments: UnsafeMutablePointer<ArgumentPlan>
  let argumentCount: Int
  let result: ResultPlan
  /// Offsets of the `bool`s in each struct argument, which a guest may have filled with anything.
  let structBools: [[Int]]
  /// The registers that a word's operands are read from, each once, in the order of the arguments.
  let registerReads: [(operand: OperandCode, isPair: Bool)]
  let bouncesOverlaps: Bool
  /// Whether the function works on copies even in fast runs.
  let alwaysCopies: Bool
  let quickness: Quickness
  /// Whether some argument is guest memory.
  let hasMemory: Bool
  /// Whether there are two ranges, one of them written.
  let mayOverlap: Bool
  let contextName: UnsafeMutablePointer<CChar>?

  init(
    _ instruction: ExtensionManifest.Instruction, library: SharedLibrary, function: UnsafeMutableRawPointer
  ) throws(CallSignature.Fault) {
    let signature =
      instruction.isDirect ? nil : try CallSignature(instruction.arguments, instruction.result)
    let plans = instruction.arguments.map { ArgumentPlan($0) }
    self.signature = signature
    interface = signature?.interface
    self.library = library
    self.function = function
    name = instruction.mnemonic
    symbol = instruction.symbol
    arguments = .allocate(capacity: max(1, plans.count))
    arguments.initialize(repeating: ArgumentPlan(action: .null), count: max(1, plans.count))
    for (index, plan) in plans.enumerated() { arguments[index] = plan }
    argumentCount = plans.count
    result = ResultPlan(instruction.result)
    structBools = instruction.arguments.map { argument in
      guard case .structure(let type, _) = argument else { return [] }
      return type.scalars.filter { $0.kind == .bool }.map(\.offset)
    }
    registerReads = Self.reads(instruction)
    bouncesOverlaps = instruction.overlap == .bounce
    let hasContext = plans.contains { $0.action == .context }
    alwaysCopies = result.canFail || hasContext
    let ranges = plans.filter { $0.action == .range }
    hasMemory = plans.contains { $0.action == .range || $0.action == .structure }
    mayOverlap = ranges.count > 1 && ranges.contains { $0.isWritten }
    let isOrdinary = !alwaysCopies && result.action != .structure && structBools.allSatisfy(\.isEmpty)
    quickness = !isOrdinary ? .never : hasMemory || signature != nil ? .inPlace : .registers
    contextName = hasContext ? strdup(name) : nil
  }

  deinit {
    arguments.deallocate()
    free(contextName)
  }

  private static func reads(_ instruction: ExtensionManifest.Instruction) -> [(OperandCode, Bool)] {
    var reads: [(operand: OperandCode, isPair: Bool)] = []
    func add(_ source: OperandSource, isPair: Bool) {
      let code = OperandCode(source)
      if let index = reads.firstIndex(where: { $0.operand == code }) {
        reads[index].isPair = reads[index].isPair || isPair
      } else {
        reads.append((code, isPair))
      }
    }
    for argument in instruction.arguments {
      var isPair = false
      if case .value(_, let kind) = argument { isPair = kind.isPair }
      for source in argument.sources { add(source, isPair: isPair) }
    }
    if case .structure(_, let base) = instruction.result { add(base, isPair: false) }
    return reads
  }

  /// Whether the words' register fields name pairs that exist: none begins with x31.
  func accepts(_ operands: CallOperands) -> Bool {
    let readsFit = registerReads.allSatisfy { !$0.isPair || $0.operand.register(operands) != 31 }
    guard result.registerCount == 2, let operand = result.operand else { return readsFit }
    return readsFit && operand.register(operands) != 31
  }

  // MARK: Running

  /// Carries out the instruction on a guest.
  func run(_ guest: Guest, _ operands: CallOperands) throws(Trap) {
    if case .fast = guest.mode, quickness != .never,
      let window = GuestWindow(guest, isWriting: quickness == .inPlace), runInPlace(window, operands)
    {
      return
    }
    let trap = withUnsafeTemporaryAllocation(byteCount: CallFrame.byteCount, alignment: 16) {
      memory -> Trap? in
      guard let base = memory.baseAddress else { return Trap.failure("\(name): no stack") }
      do throws(Trap) {
        try run(guest, operands, CallFrame(base))
        return nil
      } catch { return error }
    }
    if let trap { throw trap }
  }

  /// The value of an argument that is no pointer.
  @inline(__always)
  func scalar(_ plan: ArgumentPlan, _ x: UnsafeMutablePointer<UInt32>, _ operands: CallOperands) -> UInt64 {
    switch plan.action {
    case .register:
      return plan.widening.extended(UInt64(x[plan.operand.register(operands)]))
    case .pair:
      let register = plan.operand.register(operands)
      if register == 0 { return 0 }
      return UInt64(x[register]) | UInt64(x[(register &+ 1) & 31]) &<< 32
    case .immediate:
      return plan.widening.extended(UInt64(bitPattern: Int64(operands.immediate)))
    default:
      return plan.constant
    }
  }

  /// Puts a scalar result into its registers.
  @inline(__always)
  func store(_ raw: UInt64, _ x: UnsafeMutablePointer<UInt32>, _ operands: CallOperands) {
    guard let operand = result.operand, result.action == .scalar else { return }
    let value = result.widening.extended(raw)
    let register = operand.register(operands)
    if register == 0 { return }
    x[register] = UInt32(truncatingIfNeeded: value)
    if result.isPair { x[(register &+ 1) & 31] = UInt32(truncatingIfNeeded: value &>> 32) }
  }

  private func run(_ guest: Guest, _ operands: CallOperands, _ start: CallFrame) throws(Trap) {
    var frame = start
    let x = guest.registers
    try gather(guest, x, operands, &frame)
    var copies = alwaysCopies
    if case .fast = guest.mode {} else { copies = true }
    if try overlaps(frame) { copies = true }
    try reserve(guest, frame)
    let block = try prepare(guest, frame, copies: copies)
    defer { free(block) }
    try invoke(guest, frame)
    if block != nil { try inspect(guest, frame) }
    try commit(guest, x, operands, frame)
  }
}
