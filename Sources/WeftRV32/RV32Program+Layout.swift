import WeftMachine
import WeftMemory

extension RV32Program {
  /// What can be executed, as address ranges: the executable segments.
  ///
  /// The machine environment has no protection, so there the bytes that the file brings for other segments count as
  /// well: GNU ld gives `.data` a segment without execute permission, and `fence_i` of riscv-tests runs code in it.
  package var executableRanges: [Range<UInt64>] {
    file.segments.compactMap { segment in
      if segment.permissions.contains(.execute) {
        return Range(uncheckedBounds: (UInt64(segment.address), segment.end))
      }
      guard options.environment.allowsWritableText else { return nil }
      let start = (UInt64(segment.address) &+ 3) & ~3
      let end = UInt64(segment.address) &+ UInt64(segment.fileBytes.count)
      return start < end ? Range(uncheckedBounds: (start, end)) : nil
    }
  }

  /// Offset in memory of the word by which programs of the official suites end: the symbol `tohost`.
  var toHostOffset: UInt32? {
    guard options.environment == .machine, let address = symbols.address(of: "tohost"), address % 4 == 0
    else { return nil }
    return address &- options.environment.memoryBase
  }

  package func memoryConfiguration(
    _ configuration: Machine.Configuration, _ table: InstructionTable, mode: RunMode
  ) -> MemoryConfiguration {
    let limits = configuration.limits
    let extensions = table.addressSpaces
    var memory = MemoryConfiguration()
    memory.spaces =
      [
        AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0),
        .registers,
        AddressSpace(.memory, name: "memory", cellCount: limits.memory),
        AddressSpace(
          .publicValues, name: "publicValues", cellCount: UInt64(max(configuration.publicValueCount, 0)) &* 4),
      ] + extensions
    // Spaces 1 to 8 are Weft's own; the height grows with those of extensions.
    while UInt32(1) << UInt32(memory.addressSpaceHeight) < (extensions.last?.id.rawValue ?? 0) {
      memory.addressSpaceHeight += 1
    }
    for change in table.memoryChanges { change(&memory, limits, mode) }
    // An entry of the log has 16 bytes; a memory record of a service has 24 and its data.
    memory.accessLimit = min(limits.recordBytes / (mode == .recorded(.accessLog) ? 16 : 64), 1 << 31)
    memory.accessCapacity = min(memory.accessCapacity, memory.accessLimit)
    return memory
  }

  /// Memory as the program's file describes it: the contents of its segments in the RV32 memory space, by their
  /// distance from the start of memory.
  ///
  /// - Throws: `addressOutOfBounds` for a segment that no memory can hold.
  public func image() throws(MemoryError) -> MemoryImage { try image(stackPointer: 0) }

  /// What memory begins with on a machine of a configuration: the segments, and the stack pointer.
  ///
  /// - Throws: `addressOutOfBounds` for a segment that no memory can hold.
  public func startImage(_ configuration: Machine.Configuration) throws(MemoryError) -> MemoryImage {
    try image(stackPointer: stackPointer(configuration))
  }

  /// Initial memory: the segments, and the stack pointer.
  func image(stackPointer: UInt32) throws(MemoryError) -> MemoryImage {
    var image = MemoryImage()
    let base = options.environment.memoryBase
    for segment in file.segments where !segment.fileBytes.isEmpty {
      try image.setBytes(
        Array(segment.fileBytes), at: MemoryAddress(.memory, segment.address &- base))
    }
    if stackPointer != 0 {
      try image.setBytes(
        withUnsafeBytes(of: stackPointer.littleEndian) { Array($0) }, at: MemoryAddress(.registers, 8))
    }
    return image
  }

  /// User programs start with x2 at the top of memory, a multiple of 16; machine programs set it themselves.
  func stackPointer(_ configuration: Machine.Configuration) -> UInt32 {
    guard options.environment == .user else { return 0 }
    return UInt32(clamping: configuration.limits.memory) & ~15
  }

  /// The heap reaches from the image's end to the room that is kept for the stack: 1 MiB, or a quarter of a small
  /// memory.
  func heap(_ configuration: Machine.Configuration) -> Guest.Heap {
    let size = configuration.limits.memory
    let base = UInt64(options.environment.memoryBase)
    let end = file.segments.map(\.end).max() ?? base
    let start = UInt32(clamping: (end &+ 15) & ~15)
    let limit = UInt32(clamping: base &+ size &- min(1 << 20, size / 4))
    return Guest.Heap(start: start, end: start, limit: max(start, limit))
  }
}

extension Guest {
  /// The word at an aligned address, without a trace; zero outside memory.
  func peekWord(at address: UInt32) -> UInt32 {
    withPeekedBytes(at: address, count: 4) { $0.baseAddress?.loadUnaligned(as: UInt32.self) ?? 0 } ?? 0
  }
}
