import WeftMemory

/// A part of a run that can be executed by itself, in any process: what it begins with, and how many instructions it
/// has.
///
/// A long run is cut into segments so that the traces of each have a bounded size. The memory that one ends with is the
/// memory that the next begins with; the traces say so by the roots of both.
public struct Segment: Sendable {
  /// Its number among those of the run, from 0 on.
  public var index: Int
  /// A checksum of the memory that the run began with, so that a segment is not taken for one of another program.
  public var origin: UInt64
  public var start: SegmentStart
  /// Instructions that retire in it.
  public var instructionCount: UInt64

  public init(index: Int, origin: UInt64, start: SegmentStart, instructionCount: UInt64) {
    self.index = index
    self.origin = origin
    self.start = start
    self.instructionCount = instructionCount
  }
}

/// Everything that a program needs to go on from a moment in a new machine.
///
/// Memory, registers among it, and the program counter are what proofs speak of. The rest is the host's: what the guest
/// has still to read, where its heap ends, control and status registers, what extensions keep. Whatever a guest gets
/// from there is advice in the traces of a segment, as it is in those of a whole run.
public struct SegmentStart: Sendable {
  /// The contents of all spaces. Its stated root is that of the contents.
  public var image: MemoryImage
  /// Program counter, instructions retired before, and the processor's own words.
  public var processor: ProcessorState
  /// What the guest has still to read. Of what it has written only the length is known.
  public var streams: HostStreams
  public var heapEnd: UInt32
  /// What extensions keep, in the order of registration.
  public var instances: [[UInt8]]
  /// How far extensions have given away each space, in the order of the spaces.
  public var allocatorMarks: [UInt64]

  public init(
    image: MemoryImage, processor: ProcessorState, streams: HostStreams, heapEnd: UInt32,
    instances: [[UInt8]] = [], allocatorMarks: [UInt64] = []
  ) {
    self.image = image
    self.processor = processor
    self.streams = streams
    self.heapEnd = heapEnd
    self.instances = instances
    self.allocatorMarks = allocatorMarks
  }
}

extension Machine {
  /// The state at this moment, as a segment begins with it.
  ///
  /// - Parameter earlier: the contents of memory when the present segment of a metered run began: then only pages that
  ///   were touched since are copied.
  /// - Throws: `program` where the instruction set has no snapshots, `extensionFailed` where an extension cannot save
  ///   what it keeps.
  public mutating func segmentStart(
    updating earlier: MemoryImage? = nil
  ) throws(MachineError) -> SegmentStart {
    if let refusal = processor.snapshotRefusal { throw .program(refusal) }
    try prepare()
    let guest = processor.guest
    let image: MemoryImage
    if let earlier, guest.mode == .metered {
      image = guest.memory.pointee.image(updating: earlier)
    } else {
      image = guest.memory.pointee.image
    }
    var state = processor.saveState()
    state.recordCount = 0
    return SegmentStart(
      image: image, processor: state, streams: guest.streams.continuation, heapEnd: guest.heap.end,
      instances: try states(of: guest.instances), allocatorMarks: guest.memory.pointee.allocatorMarks)
  }

  /// Starts the program from a state in the middle of a run, with the clock at 1, without executing anything yet.
  ///
  /// - Throws: `memory` for contents that do not fit the machine's spaces, `extensionFailed`, `program` for a state of
  ///   other extensions.
  public mutating func start(_ mode: RunMode, from state: SegmentStart) throws(MachineError) {
    if let refusal = processor.snapshotRefusal { throw .program(refusal) }
    try start(mode)
    let guest = processor.guest
    guard guest.instances.count == state.instances.count else {
      throw .program(
        "the segment begins with the state of \(state.instances.count) extensions, the machine has "
          + "\(guest.instances.count)")
    }
    do throws(MemoryError) {
      try guest.memory.pointee.setInitialMemory(state.image)
    } catch { throw .memory(error) }
    guest.memory.pointee.setAllocatorMarks(state.allocatorMarks)
    do throws(ExtensionFailure) {
      for (instance, saved) in zip(guest.instances, state.instances) { try instance.restore(saved) }
    } catch { throw .extensionFailed(error) }
    guest.streams = state.streams
    guest.heap.end = state.heapEnd
    processor.restoreState(state.processor)
    noteStart()
  }

  /// Starts a segment in a recorded run and executes it.
  /// - Returns: how it ended: with the program, or, as `limit(.instructions)`, where the next segment begins.
  public mutating func run(
    _ segment: Segment, _ mode: RunMode = .recorded(.instructionRecords)
  ) throws(MachineError) -> Outcome {
    try start(mode, from: segment.start)
    return try step(segment.instructionCount)
  }

  /// Lets a metered run measure from here on, and forget what the guest wrote.
  package mutating func beginSegment() {
    let guest = processor.guest
    guest.memory.pointee.beginSegment()
    guest.streams = guest.streams.continuation
    processor.beginSegment()
  }

  /// The leaves that the present segment of a metered run touched, ascending.
  package var touchedLeaves: [MemoryAddress] { processor.guest.memory.pointee.touchedLeaves() }
}
