import Synchronization

/// The one front of memory for all executors: address spaces, the clock, and what a proof needs of a run.
///
/// A controller is *active*; `finalize()` ends the run and consumes it. A call that throws has changed nothing.
/// In fast runs engines work on the windows that `region(of:)` gives and the controller serves the rest.
public struct MemoryController: ~Copyable, Sendable {
  public let configuration: MemoryConfiguration
  public let interface: MemoryInterface
  public let mode: RunMode

  /// `mode` as a plain number, for the branches of the hot paths.
  @frozen
  @usableFromInline
  enum Form: UInt8, Sendable { case fast, metered, log, online }

  @usableFromInline let form: Form
  @usableFromInline var table: SpaceTable
  @usableFromInline let maxAccessSize: Int
  /// All ones where accesses must be naturally aligned, else 0.
  @usableFromInline let alignmentMask: UInt32
  /// The last time the clock may reach.
  @usableFromInline let lastTimestamp: UInt32
  @usableFromInline var clock: UInt32 = 1
  /// What metered and online runs count; log runs derive it from the log.
  @usableFromInline var counts = AccessCounts()
  @usableFromInline var log: AccessLog
  /// The records of a run in online form; empty in other runs.
  public internal(set) var records: MemoryRecords
  /// The contents before the first access.
  public internal(set) var initialImage = MemoryImage()
  /// Lengths the log was cut to by `restore`, in order.
  var truncations: [Int] = []

  /// - Throws: `invalidConfiguration`; `outOfMemory` where the system refuses address space.
  public init(
    _ configuration: MemoryConfiguration, interface: MemoryInterface = .volatile, mode: RunMode
  ) throws(MemoryError) {
    try configuration.validate(mode: mode)
    let form: Form =
      switch mode {
      case .fast: .fast
      case .metered: .metered
      case .recorded(.accessLog): .log
      case .recorded(.instructionRecords): .online
      }
    let tracking: SpaceSlot.Tracking =
      switch form {
      case .fast, .log: .none
      case .metered: .leaves
      case .online: .times
      }
    let table = try SpaceTable(
      configuration.spaces.sorted { $0.id < $1.id },
      contextLimit: mode == .fast ? 0 : configuration.contextLimit, tracking: tracking,
      maxAccessSize: configuration.maxAccessSize)
    let run = RunNumber.next()
    let log = try AccessLog(
      limit: form == .log ? configuration.accessLimit : 0, capacity: configuration.accessCapacity,
      run: run)
    records = try MemoryRecords(
      limit: form == .online ? configuration.accessLimit : 0, capacity: configuration.accessCapacity,
      run: run)
    self.table = table
    self.log = log
    self.configuration = configuration
    self.interface = interface
    self.mode = mode
    self.form = form
    maxAccessSize = configuration.maxAccessSize
    alignmentMask = configuration.alignment == .natural ? .max : 0
    lastTimestamp = configuration.lastTimestamp
  }

  /// A controller whose memory begins with zeros.
  public static func withVolatileMemory(
    _ configuration: MemoryConfiguration, mode: RunMode = .recorded(.accessLog)
  ) throws(MemoryError) -> MemoryController {
    try MemoryController(configuration, interface: .volatile, mode: mode)
  }

  /// A controller whose memory begins with an image.
  public static func withPersistentMemory(
    _ configuration: MemoryConfiguration, image: MemoryImage = MemoryImage(),
    mode: RunMode = .recorded(.accessLog)
  ) throws(MemoryError) -> MemoryController {
    var controller = try MemoryController(configuration, interface: .persistent, mode: mode)
    try controller.setInitialMemory(image)
    return controller
  }

  /// The time of the next access; 1 throughout a fast run.
  @inlinable
  public var timestamp: UInt32 { clock }

  /// The accesses of a run in log form so far; empty in other runs.
  public var accessLog: AccessLog {
    _read { yield log }
  }

  /// The storage of a space, which engines and extensions may access directly; nil where it has none.
  @inlinable
  public func region(of space: AddressSpaceID) -> MemoryRegion? {
    guard let slot = table.slot(space), slot.pointee.region.byteCount > 0 else { return nil }
    return slot.pointee.region
  }
}

/// Numbers the runs of a process, so that record ids of different runs differ.
enum RunNumber {
  private static let last = Atomic<UInt32>(0)

  /// Never 0, which fits every run.
  static func next() -> UInt32 {
    let number = last.wrappingAdd(1, ordering: .relaxed).newValue
    return number == 0 || number == .max ? next() : number
  }
}
