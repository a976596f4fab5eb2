import COpenSSL
import Glibc

/// The file of a shared object, looked at before it is opened: what the dynamic linker would crash on, or open though
/// it is something else.
public struct LibraryFile: Sendable, Hashable {
  public var path: String
  /// Of the contents.
  public var sha256: [UInt8]

  /// Checks that the file is an ELF shared object of this machine that is all there, and hashes it.
  /// - Throws: what is wrong with it, without the path.
  public init(checking path: String) throws(Fault) {
    // Not blocking: a FIFO would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw Fault(description: Self.systemError()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Fault(description: Self.systemError()) }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw Fault(description: "is a directory") }
    guard kind == S_IFREG else { throw Fault(description: "is no regular file") }
    self.path = path
    let size = UInt64(clamping: status.st_size)
    try Self.checkELF(descriptor, size: size)
    sha256 = try Self.hash(descriptor)
  }

  /// Why a file is no shared object that can be opened.
  public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String
  }

  // MARK: ELF

  #if arch(x86_64)
    private static let machine: (number: UInt16, name: String) = (62, "x86-64")
  #elseif arch(arm64)
    private static let machine: (number: UInt16, name: String) = (183, "AArch64")
  #endif

  // Offsets in the ELF-64 header and in program headers: System V ABI, gABI 4.1, chapters 4 and 5.
  private static func checkELF(_ descriptor: Int32, size: UInt64) throws(Fault) {
    let header = try read(descriptor, at: 0, count: 64)
    func field<Value: FixedWidthInteger>(_ offset: Int, _: Value.Type) -> Value { number(header, offset) }
    guard header.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
      throw Fault(description: "is no ELF file")
    }
    guard header.count == 64 else { throw Fault(description: "ends inside its ELF header, at byte \(size)") }
    guard header[4] == 2 else { throw Fault(description: "is no 64-bit ELF file (class \(header[4]))") }
    guard header[5] == 1 else { throw Fault(description: "is a big-endian ELF file") }
    let machine = field(18, UInt16.self)
    guard machine == Self.machine.number else {
      throw Fault(
        description:
          "is for ELF machine \(machine), this machine is \(Self.machine.number) (\(Self.machine.name))")
    }
    let type = field(16, UInt16.self)
    guard type == 3 else { throw Fault(description: "is no shared object (ELF type \(type), expected 3)") }
    let (start, stride, count) = (field(32, UInt64.self), field(54, UInt16.self), field(56, UInt16.self))
    guard stride == 56, count > 0 else { throw Fault(description: "has no program headers") }
    let table = try read(descriptor, at: start, count: 56 &* Int(count))
    guard table.count == 56 &* Int(count) else {
      throw Fault(description: "ends before its program headers, at byte \(size)")
    }
    for index in 0..<Int(count) {
      let base = 56 &* index
      let (offset, length): (UInt64, UInt64) = (number(table, base &+ 8), number(table, base &+ 32))
      // PT_LOAD: the linker maps it, and a page behind the end of the file kills the process that touches it.
      guard (number(table, base) as UInt32) == 1 else { continue }
      guard offset <= size, length <= size &- offset else {
        throw Fault(
          description: "is cut off: segment \(index) has \(length) bytes at \(offset), the file has \(size)")
      }
    }
  }

  private static func number<Value: FixedWidthInteger>(_ bytes: [UInt8], _ offset: Int) -> Value {
    let size = MemoryLayout<Value>.size
    guard offset >= 0, offset <= bytes.count &- size else { return 0 }
    return (0..<size).reduce(0) { $0 | Value(truncatingIfNeeded: bytes[offset &+ $1]) &<< Value(8 &* $1) }
  }

  /// At most `count` bytes; fewer where the file ends.
  private static func read(_ descriptor: Int32, at offset: UInt64, count: Int) throws(Fault) -> [UInt8] {
    guard let start = off_t(exactly: offset) else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, count &- filled, start &+ filled)
      }
      if read == 0 { break }
      if read < 0, errno != EINTR { throw Fault(description: systemError()) }
      filled &+= max(0, read)
    }
    return Array(bytes[..<filled])
  }

  // MARK: Hash

  private static func hash(_ descriptor: Int32) throws(Fault) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var isGood = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    var offset: UInt64 = 0
    while isGood {
      let chunk = try read(descriptor, at: offset, count: 1 << 16)
      if chunk.isEmpty { break }
      isGood = EVP_DigestUpdate(context, chunk, chunk.count) == 1
      offset &+= UInt64(chunk.count)
    }
    var digest = [UInt8](repeating: 0, count: 32)
    guard isGood, EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      throw Fault(description: "cannot be hashed")
    }
    return digest
  }

  private static func systemError() -> String {
    guard let text = strerror(errno) else { return "error \(errno)" }
    return String(cString: text)
  }
}

extension LibraryFile {
  /// The hash as 64 hexadecimal digits.
  public var sha256Text: String {
    sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
