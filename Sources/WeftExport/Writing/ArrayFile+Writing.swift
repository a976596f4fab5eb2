import WeftCircuit
import WeftDigests
import WeftField

extension ArrayFile {
  /// Writes a trace as canonical numbers and waits until it is on the disk.
  init(writing trace: Trace, to name: String, in directory: Directory) throws(ExportError) {
    let file = try FileHandle(creating: directory.path(of: name))
    var digest = SHA256()
    let header = ArrayHeader.bytes(height: trace.height, width: trace.width)
    header.withUnsafeBytes { digest.update($0) }
    try file.write(header)
    let count = trace.cellCount
    let buffer = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: min(Self.chunkCells, max(count, 1)))
    defer { buffer.deallocate() }
    if let values = buffer.baseAddress { try Self.write(trace, count, through: values, to: file, &digest) }
    try file.synchronize()
    self.init(name: name, height: trace.height, width: trace.width, sha256: digest.finishedText())
  }

  private static func write(
    _ trace: Trace, _ count: Int, through values: UnsafeMutablePointer<UInt32>,
    to file: borrowing FileHandle, _ digest: inout SHA256
  ) throws(ExportError) {
    for first in stride(from: 0, to: count, by: chunkCells) {
      let cells = min(chunkCells, count - first)
      BatchArithmetic.canonical(cells, trace.elements + first, into: values)
      let bytes = UnsafeRawBufferPointer(start: values, count: 4 * cells)
      digest.update(bytes)
      try file.write(bytes)
      file.beginWriteback(from: ArrayHeader.byteCount + 4 * first, count: bytes.count)
    }
    withExtendedLifetime(trace) {}
  }
}
