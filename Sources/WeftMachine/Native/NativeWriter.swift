import CWeftABI

/// Collects what a C function writes to a `weft_writer`.
package final class NativeWriter {
  /// Most bytes that it takes.
  private let limit: Int

  /// `weft_writer` first, so that a pointer to the one is a pointer to the other.
  private struct Sink {
    var writer: weft_writer
    var owner: Unmanaged<NativeWriter>
  }

  /// `nil` when there were too many.
  package private(set) var bytes: [UInt8]? = []
  private let sink: UnsafeMutablePointer<Sink>

  package init(limit: Int) {
    self.limit = limit
    sink = .allocate(capacity: 1)
    let write: @convention(c) (UnsafeMutablePointer<weft_writer>?, UnsafeRawPointer?, Int) -> Void = {
      writer, bytes, count in
      guard let writer, let bytes, count != 0 else { return }
      let sink = UnsafeMutableRawPointer(writer).assumingMemoryBound(to: Sink.self)
      sink.pointee.owner.takeUnretainedValue().append(bytes, count)
    }
    sink.initialize(to: Sink(writer: weft_writer(write: write), owner: Unmanaged.passUnretained(self)))
  }

  deinit { sink.deallocate() }

  package var pointer: UnsafeMutablePointer<weft_writer> {
    UnsafeMutableRawPointer(sink).assumingMemoryBound(to: weft_writer.self)
  }

  /// A count below zero is a `size_t` that nothing has.
  private func append(_ source: UnsafeRawPointer, _ count: Int) {
    guard let known = bytes?.count, count > 0, count <= limit &- known else { return bytes = nil }
    bytes?.append(contentsOf: UnsafeRawBufferPointer(start: source, count: count))
  }
}
