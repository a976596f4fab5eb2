import WeftCircuit
import WeftMemory

/// The AIRs of a memory and how the end of a run becomes their traces.
///
/// Order: boundaries by space, Merkle tree, adapters by size, Poseidon2, image tables. Look-up tables that other chips
/// share (ranges) are the caller's.
public struct MemoryCircuit: Sendable {
  public let configuration: MemoryConfiguration
  public let interface: MemoryInterface
  /// The boundaries of volatile memory; none in persistent memory, whose leaves stand for all spaces.
  public let classes: [BoundaryClass]
  public let adapters: AccessAdapterInventory

  /// - Parameter separateSpaces: spaces of volatile memory whose boundary is another chip's.
  /// - Throws: `memory` for a configuration that no recorded run can have.
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
  }

  private var hasImage: Bool { interface == .imageTable }

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

  /// All AIRs, those included that a run may leave out.
  public var airs: [any AIR] {
    let boundaries: [any AIR] = classes.map { boundary($0) }
    let tables: [any AIR] = hasImage ? classes.map { imageTable($0) } : []
    return boundaries + adapters.chips.map { $0.chip } + tables
  }

  /// What fills the traces of the memory of a run.
  ///
  /// - Throws: `otherMemory`, `notRecorded`; `memory` only where `validate()` of the memory fails; `imageOutOfRange` for a
  ///   start image that the circuit has no table for.
  public func traceJobs(_ memory: consuming FinalizedMemory) throws(MemoryCircuitError) -> MemoryTraceJobs {
    guard memory.configuration == configuration else { throw .otherMemory("another configuration") }
    guard memory.interface == interface else {
      throw .otherMemory("\(memory.interface) instead of \(interface)")
    }
    guard case .recorded = memory.mode else { throw .notRecorded }
    let source: MemoryTraceSource
    do throws(MemoryError) {
      source = MemoryTraceSource(try memory.makeProofInputs())
    } catch {
      throw .memory(error)
    }
    let touched = source.inputs.equipartition
    var jobs: [TraceJob] = []
    var tables: [TraceJob] = []
    if hasImage {
      let images = try ImageBlocks.blocks(of: source.inputs.initialImage, classes: classes)
      for image in images {
        let blocks = BoundaryBlocks(image.boundary, touched: touched, image: image)
        jobs.append(TraceJob(boundary(image.boundary), records: blocks))
        tables.append(TraceJob(imageTable(image.boundary), records: image))
      }
    } else {
      jobs += classes.map { TraceJob(boundary($0), records: BoundaryBlocks($0, touched: touched)) }
    }
    jobs += adapters.jobs(source)
    return MemoryTraceJobs(jobs: jobs + tables, source: source)
  }
}

/// What fills the traces of a run's memory, and the records that other chips fill their auxiliary columns from.
public struct MemoryTraceJobs: Sendable {
  public let jobs: [TraceJob]
  public let source: MemoryTraceSource
}
