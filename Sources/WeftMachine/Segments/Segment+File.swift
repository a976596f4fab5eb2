import WeftMemory

// The file form of a segment, all numbers little-endian, lists with their length first (u64):
//   0  magic "WeftSeg1"         8  version (u32)        12  index (u32)
//  16  instructions (u64)      24  origin (u64)          32  program counter (u64)
//  40  instructions retired before (u64)                 48  output bytes written before (u64)
//  56  end of the heap (u32)
//  60  words of the processor (u32 each), allocator marks (u64 each), states of extensions (a list of bytes each),
//      input items that are left (a list of bytes each), hints that are left (bytes), the memory image in its own file
//      form, root stated (bytes)
//  end checksum of all bytes before it (u64)
extension Segment {
  static let magic: [UInt8] = Array("WeftSeg1".utf8)
  static let version: UInt32 = 1

  /// The file form; equal segments give equal bytes.
  public var fileBytes: [UInt8] {
    var writer = SegmentWriter(Self.magic)
    writer.append(Self.version)
    writer.append(UInt32(clamping: index))
    writer.append(instructionCount)
    writer.append(origin)
    writer.append(start.processor.programCounter)
    writer.append(start.processor.retiredInstructions)
    writer.append(UInt64(clamping: start.streams.written))
    writer.append(start.heapEnd)
    writer.append(list: start.processor.words) { $0.append($1) }
    writer.append(list: start.allocatorMarks) { $0.append($1) }
    writer.append(list: start.instances) { $0.append(bytes: $1) }
    writer.append(list: start.streams.unread) { $0.append(bytes: $1) }
    writer.append(bytes: Array(start.streams.hints))
    writer.append(bytes: start.image.fileBytes)
    writer.append(MemoryImage.checksum(writer.bytes[...]))
    return writer.bytes
  }

  /// Reads the file form. Any bytes are accepted or refused; none harm the host.
  ///
  /// The root that the image states is not computed here: whoever makes traces from the segment does that.
  public init(fileBytes bytes: [UInt8]) throws(SegmentFileError) {
    guard bytes.starts(with: Self.magic) else { throw .badMagic }
    var reader = SegmentReader(bytes, offset: Self.magic.count)
    let version = try reader.word("header")
    guard version == Self.version else { throw .unsupportedVersion(version) }
    guard bytes.count >= reader.offset + 8 else { throw .truncated(offset: bytes.count, part: "header") }
    let actual = MemoryImage.checksum(bytes[..<(bytes.count - 8)])
    var end = SegmentReader(bytes, offset: bytes.count - 8)
    let expected = try end.number("checksum")
    guard actual == expected else { throw .checksum(expected: expected, actual: actual) }

    reader.end = bytes.count - 8
    let index = Int(try reader.word("header"))
    let instructionCount = try reader.number("header")
    let origin = try reader.number("header")
    var processor = ProcessorState(
      programCounter: try reader.number("header"), retiredInstructions: try reader.number("header"),
      recordCount: 0)
    let written = try reader.number("header")
    guard written <= UInt64(Int.max) else {
      throw .malformed(offset: 48, reason: "\(written) bytes of output")
    }
    let heapEnd = try reader.word("header")
    processor.words = try reader.list("processor") { (r) throws(SegmentFileError) in try r.word("processor") }
    let marks = try reader.list("allocators") { (r) throws(SegmentFileError) in try r.number("allocators") }
    let instances = try reader.list("extensions") { (r) throws(SegmentFileError) in
      try r.bytes("extensions")
    }
    let input = try reader.list("input") { (r) throws(SegmentFileError) in try r.bytes("input") }
    var streams = HostStreams(input: input, writtenBefore: Int(written))
    streams.setHints(try reader.bytes("hints"))
    let place = reader.offset
    let imageBytes = try reader.bytes("image")
    guard reader.offset == reader.end else {
      throw .malformed(offset: reader.offset, reason: "bytes behind the image")
    }
    let image: MemoryImage
    do throws(ImageFileError) { image = try MemoryImage(fileBytes: imageBytes) } catch { throw .image(error) }
    guard image.statedRoot != nil else { throw .malformed(offset: place, reason: "the image states no root") }
    self.init(
      index: index, origin: origin,
      start: SegmentStart(
        image: image, processor: processor, streams: streams, heapEnd: heapEnd, instances: instances,
        allocatorMarks: marks), instructionCount: instructionCount)
  }

  /// Writes the segment so that the path holds either the old file or the whole new one, whatever happens.
  public func save(to path: String) throws(SegmentFileError) {
    do throws(ImageFileError) { try DurableFile.write(fileBytes, to: path) } catch { throw .file(error) }
  }

  /// Reads a file of a segment.
  /// - Parameter limit: most bytes to accept.
  public init(
    contentsOf path: String, limit: Int = MemoryImage.defaultFileLimit
  ) throws(SegmentFileError) {
    let bytes: [UInt8]
    do throws(ImageFileError) { bytes = try DurableFile.read(path, limit: limit) } catch {
      throw .file(error)
    }
    try self.init(fileBytes: bytes)
  }
}

/// Why a file of a segment could not be written or was refused.
public enum SegmentFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file system refused.
  case file(ImageFileError)
  case badMagic
  case unsupportedVersion(UInt32)
  /// The file ends at `offset`, inside the part named.
  case truncated(offset: Int, part: String)
  case checksum(expected: UInt64, actual: UInt64)
  /// A field that no writer produces, at a byte offset of the file.
  case malformed(offset: Int, reason: String)
  /// The image inside is none.
  case image(ImageFileError)

  public var description: String {
    switch self {
    case .file(let error): error.description
    case .badMagic: "not a segment: the file does not begin with \"WeftSeg1\""
    case .unsupportedVersion(let version): "segment version \(version) is not supported"
    case .truncated(let offset, let part): "the segment file ends at offset \(offset), inside its \(part)"
    case .checksum(let expected, let actual):
      "the segment file is damaged: checksum \(String(actual, radix: 16)), "
        + "stated \(String(expected, radix: 16))"
    case .malformed(let offset, let reason): "malformed segment file at offset \(offset): \(reason)"
    case .image(let error): "the memory of the segment: \(error)"
    }
  }
}

private struct SegmentWriter {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(bytes list: [UInt8]) {
    append(UInt64(list.count))
    bytes.append(contentsOf: list)
  }

  mutating func append<T>(list: [T], _ item: (inout SegmentWriter, T) -> Void) {
    append(UInt64(list.count))
    for element in list { item(&self, element) }
  }
}

/// Reads numbers and lists, checking the end each time.
private struct SegmentReader {
  private let source: [UInt8]
  private(set) var offset: Int
  var end: Int

  init(_ bytes: [UInt8], offset: Int) {
    source = bytes
    self.offset = offset
    end = bytes.count
  }

  mutating func word(_ part: String) throws(SegmentFileError) -> UInt32 {
    UInt32(truncatingIfNeeded: try number(part, count: 4))
  }

  mutating func number(_ part: String, count: Int = 8) throws(SegmentFileError) -> UInt64 {
    guard end - offset >= count else { throw .truncated(offset: end, part: part) }
    defer { offset += count }
    return (0..<count).reduce(0) { $0 | UInt64(source[offset + $1]) << UInt64(8 * $1) }
  }

  mutating func bytes(_ part: String) throws(SegmentFileError) -> [UInt8] {
    let count = try number(part)
    guard count <= UInt64(end - offset) else { throw .truncated(offset: end, part: part) }
    defer { offset += Int(count) }
    return Array(source[offset..<offset + Int(count)])
  }

  mutating func list<T>(
    _ part: String, _ item: (inout SegmentReader) throws(SegmentFileError) -> T
  ) throws(SegmentFileError) -> [T] {
    let count = try number(part)
    // Every element takes bytes, so that no count makes an array of more than the file has.
    var result: [T] = []
    for _ in 0..<count { result.append(try item(&self)) }
    return result
  }
}
