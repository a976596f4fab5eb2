import FoundationEssentials
import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32Circuit

@Suite("Files of segments")
struct SegmentFileTests {
  private let segment: Segment
  private let bytes: [UInt8]

  init() throws {
    segment = try SegmentSample.small.get().cuts[1].segment
    bytes = segment.fileBytes
  }

  private func refusal(_ bytes: [UInt8]) -> String {
    do throws(SegmentFileError) {
      _ = try Segment(fileBytes: bytes)
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test("What is written is read again")
  func roundTrip() throws {
    let read = try Segment(fileBytes: bytes)
    #expect(read.index == 1)
    #expect(read.origin == segment.origin)
    #expect(read.instructionCount == segment.instructionCount)
    #expect(read.start.image == segment.start.image)
    #expect(read.start.processor.programCounter == segment.start.processor.programCounter)
    #expect(read.start.processor.retiredInstructions == 80)
    #expect(read.start.heapEnd == segment.start.heapEnd)
    #expect(read.start.streams.unread == segment.start.streams.unread)
    #expect(read.start.streams.unread == [Array("segment".utf8)])
    #expect(Array(read.start.streams.hints) == Array(1...12))
    #expect(read.start.allocatorMarks == segment.start.allocatorMarks)
    #expect(read.fileBytes == bytes)
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "segments-\(UInt64.random(in: 0...(.max)))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "segment-1").path
    try segment.save(to: path)
    try segment.save(to: path)
    #expect(try Segment(contentsOf: path).fileBytes == bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["segment-1"])
    #expect(throws: SegmentFileError.file(.tooLarge(path: path, byteCount: bytes.count, limit: 10))) {
      try Segment(contentsOf: path, limit: 10)
    }
    #expect(throws: SegmentFileError.file(.notAFile(path: folder.path))) {
      try Segment(contentsOf: folder.path)
    }
    #expect(throws: SegmentFileError.self) { try segment.save(to: folder.path + "/nowhere/segment") }
  }

  @Test("Damaged files are refused, whichever byte is damaged")
  func damaged() {
    for offset in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 300)) {
      var other = bytes
      other[offset] ^= 0x10
      #expect(refusal(other) != "accepted", "byte \(offset)")
    }
    for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 100)) {
      #expect(refusal(Array(bytes[..<count])) != "accepted", "\(count) bytes")
    }
  }

  /// The bytes with other ones at a place, and the checksum made right.
  private func with(_ replacement: [UInt8], at offset: Int) -> [UInt8] {
    var other = bytes
    other.replaceSubrange(offset..<offset + replacement.count, with: replacement)
    let checksum = MemoryImage.checksum(other[..<(other.count - 8)])
    withUnsafeBytes(of: checksum.littleEndian) {
      other.replaceSubrange(other.count - 8..<other.count, with: $0)
    }
    return other
  }

  @Test("Refusals say what is wrong")
  func texts() {
    #expect(refusal([]) == "not a segment: the file does not begin with \"WeftSeg1\"")
    #expect(refusal(with([2], at: 8)) == "segment version 2 is not supported")
    #expect(refusal(Array(bytes[..<15])) == "the segment file ends at offset 15, inside its header")
    var other = bytes
    other[20] ^= 1
    #expect(refusal(other).hasPrefix("the segment file is damaged: checksum "))
    let end = bytes.count - 8
    // The length of the list of words of the processor.
    #expect(
      refusal(with([255, 255, 255, 255, 255, 255, 255, 255], at: 60))
        == "the segment file ends at offset \(end), inside its processor")
    #expect(
      refusal(with([255, 255, 255, 255, 255, 255, 255, 255], at: 48)).hasPrefix(
        "malformed segment file at offset 48"))
    // The image's magic stands behind its length.
    let place = bytes.indices.first { bytes[$0...].starts(with: Array("WeftMem1".utf8)) } ?? 0
    #expect(
      refusal(with([0], at: place))
        == "the memory of the segment: not a memory image: the file does not begin with \"WeftMem1\"")
  }
}
