import Glibc

/// Memory of the host for as long as a call needs it; none where the system has none.
struct HostBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  init?(zeros count: Int) {
    guard let memory = calloc(max(count, 1), 1) else { return nil }
    bytes = UnsafeMutableRawBufferPointer(start: memory, count: count)
  }

  deinit { free(bytes.baseAddress) }
}
