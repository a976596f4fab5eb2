import Glibc

/// Little-endian words and bytes from standard input.
struct WordReader {
  private let file = fdopen(STDIN_FILENO, "rb")

  func word() -> UInt32? {
    var value: UInt32 = 0
    return fread(&value, 4, 1, file) == 1 ? UInt32(littleEndian: value) : nil
  }

  func bytes(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return fread(&bytes, 1, count, file) == count ? bytes : nil
  }
}

/// Collects words; `flush` writes them to standard output.
struct WordWriter {
  private let file = fdopen(STDOUT_FILENO, "wb")
  private(set) var bytes: [UInt8] = []

  mutating func append(_ words: [UInt32]) {
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
  }

  mutating func flush() {
    fwrite(bytes, 1, bytes.count, file)
    fflush(file)
    bytes = []
  }
}
