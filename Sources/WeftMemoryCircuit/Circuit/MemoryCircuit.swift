import WeftCircuit
import WeftField
import WeftMemory

/// The AIRs of a memory and how the end of a run becomes their traces.
///
/// Order: boundaries by space or block size, Merkle tree, adapters by size, Poseidon2, image tables. Look-up tables that
/// other chips share (ranges) are the caller's.
public struct MemoryCircuit: Sendable {
  public let configuration: MemoryConfiguration
  public let interface: MemoryInterface
  /// The boundaries of volatile memory; none in persistent memory, whose leaves stand for all spaces.
  public let classes: [BoundaryClass]
  public let adapters: AccessAdapterInventory
  /// The shape of persistent memory's tree.
  public let dimensions: MemoryDimensions

  /// - Parameter separateSpaces: spaces of volatile memory whose boundary is another chip's.
  /// - Throws: `memory` for a configuration that no recorded run can have; `invalidBoundary`.
  public init(
    _ configuration: MemoryConfiguration, interface: MemoryInterface,
    separateSpaces: Set<AddressSpaceID> = []
  ) throws(MemoryCircuitError) {
    do { try configuration.validate(mode: .recorded(.accessLog)) } catch { throw .memory(error) }
    self.configuration = configuration
    self.interface = interface
    adapters = AccessAdapterInventory(maximumSize: configuration.maxAccessSize)
    classes =
      interface == .persistent ? [] : BoundaryClass.classes(of: configuration, excluding: separateSpaces)
    try BoundaryClass.requireDisjoint(classes)
    dimensions = MemoryDimensions(configuration)
    guard interface != .persistent || dimensions.addressHeight > 0 else {
      throw .tooFewPointerBits(configuration.pointerBits)
    }
  }

  private var hasImage: Bool { interface == .imageTable }

  /// The AIRs that a proof must have: without them an image could begin with zeros, or roots would be missing. That the
  /// others are absent or present is seen on the buses. (reference/circuits.md §7, N15)
  public var requiredAIRs: [String] {
    if interface == .persistent {
      return leafBlockSizes.prefix(1).map { persistentBoundary($0).name } + [
        MemoryMerkleChip(dimensions).name, Poseidon2Chip().name,
      ]
    }
    return hasImage ? classes.map { imageTable($0).name } : []
  }

  /// The boundary of a class. The first one is always present.
  private func boundary(_ boundary: BoundaryClass) -> any Chip<BoundaryBlocks> {
    let isRequired = boundary == classes.first
    return switch boundary.blockSize {
    case 1: VolatileBoundaryChip<1>(boundary, hasImage: hasImage, isRequired: isRequired)
    case 2: VolatileBoundaryChip<2>(boundary, hasImage: hasImage, isRequired: isRequired)
    case 4: VolatileBoundaryChip<4>(boundary, hasImage: hasImage, isRequired: isRequired)
    case 8: VolatileBoundaryChip<8>(boundary, hasImage: hasImage, isRequired: isRequired)
    case 16: VolatileBoundaryChip<16>(boundary, hasImage: hasImage, isRequired: isRequired)
    default: VolatileBoundaryChip<32>(boundary, hasImage: hasImage, isRequired: isRequired)
    }
  }

  private func imageTable(_ boundary: BoundaryClass) -> any Chip<ImageBlocks> {
    switch boundary.blockSize {
    case 1: ImageTableChip<1>(boundary)
    case 2: ImageTableChip<2>(boundary)
    case 4: ImageTableChip<4>(boundary)
    case 8: ImageTableChip<8>(boundary)
    case 16: ImageTableChip<16>(boundary)
    default: ImageTableChip<32>(boundary)
    }
  }

  /// The boundary of leaves whose blocks have so many cells.
  private func persistentBoundary(_ blockSize: Int) -> any Chip<PersistentLeaves> {
    switch blockSize {
    case 1: PersistentBoundaryChip<8>()
    case 2: PersistentBoundaryChip<4>()
    case 4: PersistentBoundaryChip<2>()
    default: PersistentBoundaryChip<1>()
    }
  }

  /// The boundary widths of persistent memory, ascending.
  private var leafBlockSizes: [Int] {
    guard interface == .persistent else { return [] }
    let stored = configuration.spaces.filter { $0.kind != .immediate && $0.cellCount > 0 }
    return Set(stored.map { interface.boundarySize(blockSize: $0.blockSize) }).sorted()
  }

  /// The names of the boundaries of persistent memory, by the cells of a block there.
  public var persistentBoundaryNames: [Int: String] {
    Dictionary(
      leafBlockSizes.map { ($0, persistentBoundary($0).name) }, uniquingKeysWith: { first, _ in first })
  }

  /// All AIRs, those included that a run may leave out.
  public var airs: [any AIR] {
    var airs: [any AIR] = classes.map { boundary($0) }
    airs += leafBlockSizes.map { persistentBoundary($0) }
    if interface == .persistent { airs.append(MemoryMerkleChip(dimensions)) }
    airs += adapters.chips.map { $0.chip }
    if interface == .persistent { airs.append(Poseidon2Chip()) }
    if hasImage { airs += classes.map { imageTable($0) } }
    return airs
  }

  /// What fills the traces of the memory of a run.
  ///
  /// - Parameter tree: the tree of persistent memory before the run, where it is known; else it is made from the image. With
  ///   the tree of other contents the traces contradict themselves.
  /// - Throws: `otherMemory`, `notRecorded`; `memory` only where `validate()` of the memory fails; `imageOutOfRange` for a
  ///   start image that the circuit has no table or tree for.
  public func traceJobs(
    _ memory: consuming FinalizedMemory, tree: MemoryMerkleTree? = nil,
    threads: Int = Parallel.processorCount
  ) throws(MemoryCircuitError) -> MemoryTraceJobs {
    guard memory.configuration == configuration else { throw .otherMemory("it has another configuration") }
    guard memory.interface == interface else {
      throw .otherMemory("it is \(memory.interface), the circuit \(interface)")
    }
    guard case .recorded = memory.mode else { throw .notRecorded }
    let source: MemoryTraceSource
    do throws(MemoryError) {
      source = MemoryTraceSource(try memory.makeProofInputs())
    } catch {
      throw .memory(error)
    }
    switch interface {
    case .volatile:
      let touched = source.inputs.equipartition
      let boundaries = classes.map { TraceJob(boundary($0), records: BoundaryBlocks($0, touched: touched)) }
      return MemoryTraceJobs(jobs: boundaries + adapters.jobs(source), source: source)
    case .imageTable: return try imageJobs(source)
    case .persistent: return try persistentJobs(source, tree: tree, threads: threads)
    }
  }

  private func imageJobs(_ source: MemoryTraceSource) throws(MemoryCircuitError) -> MemoryTraceJobs {
    var (boundaries, tables): ([TraceJob], [TraceJob]) = ([], [])
    for image in try ImageBlocks.blocks(of: source.inputs.initialImage, classes: classes) {
      let blocks = BoundaryBlocks(image.boundary, touched: source.inputs.equipartition, image: image)
      boundaries.append(TraceJob(boundary(image.boundary), records: blocks))
      tables.append(TraceJob(imageTable(image.boundary), records: image))
    }
    return MemoryTraceJobs(jobs: boundaries + adapters.jobs(source) + tables, source: source)
  }

  private func persistentJobs(
    _ source: MemoryTraceSource, tree: MemoryMerkleTree?, threads: Int
  ) throws(MemoryCircuitError) -> MemoryTraceJobs {
    let hasher = Poseidon2Hasher()
    let image = source.inputs.initialImage
    var jobs: [TraceJob] = []
    var leaves: [MerkleLeaf] = []
    var recorder = CompressionRecorder(hasher: hasher)
    for size in leafBlockSizes {
      let own = PersistentLeaves(
        blockSize: size, isRequired: size == leafBlockSizes.first, touched: source.inputs.equipartition,
        initial: image, hasher: hasher, threads: threads)
      recorder.receive(batch: own.compressions)
      leaves += try own.merkleLeaves(in: dimensions)
      jobs.append(TraceJob(persistentBoundary(size), records: own))
    }
    leaves.sort { $0.index < $1.index }
    let before: MemoryMerkleTree
    if let tree {
      guard tree.dimensions == dimensions else { throw .otherMemory("its tree has another shape") }
      before = tree
    } else {
      before = try MemoryMerkleTree(image, dimensions, hasher: hasher, threads: threads)
    }
    let update = try before.update(leaves, hasher: hasher, threads: threads)
    recorder.receive(batch: update.compressions)
    jobs.append(TraceJob(MemoryMerkleChip(dimensions), records: update))
    jobs += adapters.jobs(source)
    jobs.append(TraceJob(Poseidon2Chip(), records: recorder.records))
    return MemoryTraceJobs(jobs: jobs, source: source, initialTree: before, finalTree: update.tree)
  }
}

/// What fills the traces of a run's memory, and what follows from them.
public struct MemoryTraceJobs: Sendable {
  /// In the order of the AIRs.
  public let jobs: [TraceJob]
  /// The records that other chips fill their auxiliary columns from.
  public let source: MemoryTraceSource
  /// The tree before and after a run of persistent memory; the next segment begins with the latter.
  public var initialTree: MemoryMerkleTree?
  public var finalTree: MemoryMerkleTree?

  /// The public roots of persistent memory.
  public var initialRoot: Digest? { initialTree?.root.digest }
  public var finalRoot: Digest? { finalTree?.root.digest }
}
