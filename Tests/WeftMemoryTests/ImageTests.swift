import Glibc
import Testing

@testable import WeftMemory

@Suite struct ImageTests {
  private func sample() throws -> MemoryImage {
    var image = MemoryImage()
    try image.setBytes((1...200).map { UInt8($0) }, at: MemoryAddress(.memory, 4000))
    try image.setBytes([7], at: MemoryAddress(byte32, 12_288))
    try image.setCells([AddressSpace.fieldOrder - 1, 5], at: MemoryAddress(.native, 4095))
    image.statedRoot = [1, 2, 3, 4, 5, 6, 7, 8]
    return image
  }

  private func refusal(_ bytes: [UInt8]) -> ImageFileError? {
    do throws(ImageFileError) {
      _ = try MemoryImage(fileBytes: bytes)
      return nil
    } catch { return error }
  }

  @Test func cellsAreFoundAcrossPages() throws {
    let image = try sample()
    #expect(image.pages.count == 5)
    #expect(image.bytes(at: MemoryAddress(.memory, 4094), count: 4) == [95, 96, 97, 98])
    #expect(image[MemoryAddress(.native, 4095)] == AddressSpace.fieldOrder - 1)
    #expect(image[MemoryAddress(.native, 4096)] == 5)
    #expect(image[MemoryAddress(.memory, 0)] == 0)
  }

  @Test func pagesOfZerosAreDropped() throws {
    var image = MemoryImage()
    try image.setBytes([UInt8](repeating: 9, count: 9000), at: MemoryAddress(.memory, 100))
    try image.setBytes([UInt8](repeating: 0, count: 9000), at: MemoryAddress(.memory, 100))
    #expect(image == MemoryImage())
    #expect(image.fileBytes == MemoryImage().fileBytes)
  }

  @Test func valuesMustFit() throws {
    var image = try sample()
    #expect(
      failure { () throws(MemoryError) in
        try image.setBytes([1, 2], at: MemoryAddress(.memory, .max))
      } == .addressOutOfBounds(MemoryRange(MemoryAddress(.memory, .max), count: 2), limit: 1 << 32))
    #expect(
      failure { () throws(MemoryError) in
        try image.setCells([1, AddressSpace.fieldOrder], at: MemoryAddress(.native, 0))
      } == .nonCanonicalCell(AddressSpace.fieldOrder, at: MemoryAddress(.native, 1)))
    #expect(
      failure { () throws(MemoryError) in try image.setBytes([1], at: MemoryAddress(.native, 0)) }
        == .notByteCells(MemoryRange(MemoryAddress(.native, 0), count: 1)))
    let before = try sample()
    #expect(image == before)
  }

  @Test func changesForgetTheStatedRoot() throws {
    var image = try sample()
    try image.setBytes([1], at: MemoryAddress(.memory, 0))
    #expect(image.statedRoot == nil)
  }

  @Test func fileRoundTrip() throws {
    let path = "/tmp/weft-image-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    defer { unlink(path) }
    let image = try sample()
    try image.save(to: path)
    #expect(try MemoryImage(contentsOf: path) == image)
    try MemoryImage().save(to: path)
    #expect(try MemoryImage(contentsOf: path).isEmpty)
  }

  @Test func anImageOfAControllerRoundTrips() throws {
    var memory = try MemoryController(testConfiguration(), mode: .fast)
    try memory.writeSequence([UInt32](repeating: 3, count: 10_000), at: MemoryAddress(.memory, 4095))
    try memory.writeCell(AddressSpace.fieldOrder - 1, to: MemoryAddress(.native, 8191))
    let image = memory.image
    #expect(try MemoryImage(fileBytes: image.fileBytes) == image)
    #expect(image.pages.count == 5)
  }

  @Test func everyFlippedByteIsRefused() throws {
    let bytes = try sample().fileBytes
    for index in stride(from: 0, to: bytes.count, by: 1) {
      // Each byte of the structure, and every seventh of the cells.
      guard index < 64 || bytes.count - index <= 16 || index % 7 == 0 else { continue }
      var damaged = bytes
      damaged[index] ^= 1 << UInt8(index % 8)
      #expect(refusal(damaged) != nil, "byte \(index)")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try sample().fileBytes
    for length in [0, 7, 8, 11, 12, 47, 55, 56, 59, 4200, bytes.count - 9, bytes.count - 1] {
      #expect(refusal(Array(bytes[..<length])) != nil, "\(length) bytes")
    }
    #expect(refusal(bytes + [0]) != nil)
    #expect(refusal([]) == .badMagic)
  }

  /// Files whose checksum is right, as a hostile writer makes them.
  @Test func hostileFilesAreRefused() throws {
    let page = [UInt8](repeating: 0, count: 4095) + [1]
    func file(version: UInt32 = 1, count: UInt32, root: UInt32 = 0, _ body: [UInt8]) -> [UInt8] {
      var bytes = MemoryImage.magic + little(version) + little(count)
      for _ in 0..<8 { bytes += little(root) }
      bytes += body
      let checksum = MemoryImage.checksum(bytes[...])
      return bytes + little(UInt32(truncatingIfNeeded: checksum))
        + little(UInt32(truncatingIfNeeded: checksum >> 32))
    }
    func head(_ space: UInt32, _ index: UInt32, _ width: UInt32) -> [UInt8] {
      little(space) + little(index) + little(width)
    }
    #expect(refusal(file(count: 1, head(2, 0, 1) + page)) == nil)
    let cases: [([UInt8], ImageFileError)] = [
      (file(version: 2, count: 0, []), .unsupportedVersion(2)),
      (file(count: 0, root: .max, []), .malformed(offset: 16, reason: "root is not canonical")),
      (file(count: .max, []), .truncated(offset: 48, part: "page")),
      (file(count: 1, head(2, 0, 1) + page.dropLast()), .truncated(offset: 4155, part: "page")),
      (file(count: 0, [0]), .malformed(offset: 48, reason: "bytes behind the last page")),
      (file(count: 1, head(2, 0, 3) + page), .malformed(offset: 56, reason: "3 bytes per cell")),
      (
        file(count: 1, head(2, 1 << 20, 1) + page),
        .malformed(offset: 52, reason: "page index 1048576 is past the last pointer")
      ),
      (
        file(count: 2, head(2, 1, 1) + page + head(2, 1, 1) + page),
        .malformed(offset: 4156, reason: "pages are not ascending")
      ),
      (
        file(count: 1, head(2, 0, 1) + [UInt8](repeating: 0, count: 4096)),
        .malformed(offset: 48, reason: "page of zeros")
      ),
      (
        file(count: 1, head(4, 0, 4) + [UInt8](repeating: 255, count: 16_384)),
        .malformed(offset: 60, reason: "cell is not canonical")
      ),
      (
        file(count: 2, head(4, 0, 1) + page + head(4, 1, 4) + [UInt8](repeating: 1, count: 16_384)),
        .malformed(offset: 4164, reason: "cells of two sizes in one space")
      ),
    ]
    for (bytes, error) in cases { #expect(refusal(bytes) == error) }
  }

  private func little(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { [UInt8]($0) }
  }

  @Test func filesThatAreNoFiles() {
    func reason(_ path: String, limit: Int = 1 << 20) -> ImageFileError? {
      do throws(ImageFileError) {
        _ = try MemoryImage(contentsOf: path, limit: limit)
        return nil
      } catch { return error }
    }
    #expect(reason("/tmp") == .notAFile(path: "/tmp"))
    #expect(reason("/dev/zero") == .notAFile(path: "/dev/zero"))
    #expect(reason("/no/such/file") == .system(call: "open", path: "/no/such/file", code: ENOENT))
    do throws(ImageFileError) {
      try MemoryImage().save(to: "/no/such/folder/image")
      Issue.record("saved into a folder that does not exist")
    } catch {
      #expect(error.description.contains("open failed for /no/such/folder/image"))
    }
  }
}
