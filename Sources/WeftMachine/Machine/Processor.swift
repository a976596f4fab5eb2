import WeftMemory

/// The execution of one program in one instruction set. The machine drives it in slices and owns its limits.
public protocol Processor: AnyObject {
  /// Puts the program into its initial state, with fresh memory, in a mode.
  func start(_ mode: RunMode) throws(MachineError)

  /// The guest of the run that was started.
  var guest: Guest { get }

  /// Instructions retired since the start.
  var retiredInstructions: UInt64 { get }

  /// Where the next instruction is.
  var programCounter: UInt64 { get }

  /// Executes at most `count` instructions; fewer, reported as `budgetSpent`, when host code took part often.
  func run(atMost count: UInt64) -> ProcessorStop

  /// Per entry of the instruction table, how often it retired. Empty unless the run was metered.
  var instructionCounts: [UInt64] { get }

  /// Bytes of memory in touched pages. `nil` unless the run was metered.
  var touchedMemory: Int? { get }

  /// The instruction word at an address, and the index of its entry in the instruction table.
  func instruction(at address: UInt64) -> (word: UInt32, entry: Int?)?

  /// The instruction records of a recorded run in that form.
  var records: RecordBuffer? { get }

  /// In runs with an access log: which entries belong to instructions that the host carried out.
  var services: [ServiceSpan] { get }

  /// Whether the run stands inside an instruction that takes long.
  var isInsideInstruction: Bool { get }

  /// Hands the records that are left to the stream of the configuration, if there is one.
  func streamRecords()

  /// Lets a metered run count from here on.
  func beginSegment()

  /// Everything outside memory that a snapshot needs.
  func saveState() -> ProcessorState
  func restoreState(_ state: ProcessorState)

  /// Why the processor's state cannot be saved; `nil` where it can.
  var snapshotRefusal: String? { get }
}

extension Processor {
  public var snapshotRefusal: String? { nil }
  public func beginSegment() {}
  public var isInsideInstruction: Bool { false }
}

/// Why a processor stopped.
public enum ProcessorStop: Sendable {
  /// The instructions asked for have been executed.
  case budgetSpent
  case exited(code: UInt32)
  case trapped(Trap)
  case limit(LimitReached)
}

/// A processor's own part of a snapshot: registers are in memory already.
public struct ProcessorState: Sendable {
  public var programCounter: UInt64
  public var retiredInstructions: UInt64
  public var recordCount: Int
  public var words: [UInt32]

  public init(
    programCounter: UInt64, retiredInstructions: UInt64, recordCount: Int, words: [UInt32] = []
  ) {
    self.programCounter = programCounter
    self.retiredInstructions = retiredInstructions
    self.recordCount = recordCount
    self.words = words
  }
}
