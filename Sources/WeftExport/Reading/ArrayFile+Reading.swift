import WeftCircuit
import WeftDigests
import WeftField

extension ArrayFile {
  /// Reads and checks the file: its length, its header, every cell below p, its SHA-256.
  ///
  /// The file is read, not mapped: somebody who cuts a mapped file short ends the process that reads it.
  func trace(in directory: Directory) throws(ExportError) -> Trace {
    var trace: Trace
    do throws(TraceError) { trace = try Trace(height: height, width: width) } catch {
      throw ExportError(directory.path(of: name), .traces("\(error)"))
    }
    // Rows of a trace that nobody shares: the memory is this one's.
    let rows: TraceRows
    do throws(TraceError) { rows = try trace.withRows { (rows: TraceRows) throws(TraceError) in rows } } catch
    {
      throw ExportError(directory.path(of: name), .traces("\(error)"))
    }
    let elements = rows.cells(0)?.baseAddress
    try read(in: directory) { (first, values, count, path) throws(ExportError) in
      guard let elements else { return }
      do throws(FieldError) {
        try BatchArithmetic.elements(count, canonical: values, into: elements + first)
      } catch {
        let index = (0..<count).first { values[$0] >= BabyBear.order } ?? 0
        let cell = first + index
        throw .malformed(
          path,
          "row \(cell / max(width, 1)), column \(cell % max(width, 1)) is \(values[index]), which is not below "
            + "\(BabyBear.order)",
          at: ArrayHeader.byteCount + 4 * cell)
      }
    }
    return trace
  }

  /// Checks that the file is what was written, without taking it into memory.
  func verify(in directory: Directory) throws(ExportError) {
    try read(in: directory) { (_, _, _, _) throws(ExportError) in }
  }

  /// Gives the cells to a closure in pieces, with the number of the first one; then compares the SHA-256.
  private func read(
    in directory: Directory,
    _ body: (Int, UnsafePointer<UInt32>, Int, _ path: String) throws(ExportError) -> Void
  ) throws(ExportError) {
    let path = directory.path(of: name)
    let file = try FileHandle(reading: path)
    let found = try file.byteCount()
    guard found == byteCount else {
      throw .malformed(
        path, "\(found) bytes, \(height) rows of \(width) columns take \(byteCount)",
        at: min(found, byteCount))
    }
    var digest = SHA256()
    let expected = ArrayHeader.bytes(height: height, width: width)
    let header = try file.read(count: ArrayHeader.byteCount)
    guard header.count == expected.count else { throw .malformed(path, "ends early", at: header.count) }
    if let index = header.indices.first(where: { header[$0] != expected[$0] }) {
      throw .malformed(
        path,
        "the header has the byte \(header[index]), not \(expected[index]) as for \(height) rows of "
          + "\(width) columns of uint32", at: index)
    }
    header.withUnsafeBytes { digest.update($0) }

    let count = height * width
    let buffer = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: min(Self.chunkCells, max(count, 1)))
    defer { buffer.deallocate() }
    for first in stride(from: 0, to: count, by: Self.chunkCells) {
      let cells = min(Self.chunkCells, count - first)
      let bytes = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: 4 * cells)
      let offset = ArrayHeader.byteCount + 4 * first
      let read = try file.read(bytes, at: offset)
      guard read == bytes.count, let values = buffer.baseAddress else {
        throw .malformed(path, "ends early", at: offset + read)
      }
      digest.update(UnsafeRawBufferPointer(bytes))
      try body(first, values, cells, path)
    }
    let actual = digest.finishedText()
    guard actual == sha256 else { throw ExportError(path, .checksum(expected: sha256, actual: actual)) }
  }
}
