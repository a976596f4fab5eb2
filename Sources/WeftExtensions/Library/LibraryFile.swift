import COpenSSL

/// The file of a shared object, looked at before it is opened: what the dynamic linker would crash on, or open though
/// it is something else.
public struct LibraryFile: Sendable, Hashable {
  public var path: String
  /// Of the contents.
  public var sha256: [UInt8]
  /// Whether it has sections of the Swift compiler: metadata that the runtime keeps pointers to.
  public var carriesSwift: Bool
  private let identity: RegularFile.Identity

  /// Why a file is no shared object that can be opened. Without its path.
  public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String
  }

  /// Checks that the file is an ELF shared object of this machine that is all there, and hashes it.
  public init(checking path: String) throws(Fault) {
    self.path = path
    do throws(RegularFile.Fault) {
      let file = try RegularFile(path)
      if let reason = try Self.fault(of: file) { throw RegularFile.Fault(description: reason) }
      sha256 = try Self.hash(file)
      carriesSwift = try Self.sectionNames(of: file).contains("swift5_")
      identity = file.identity
    } catch {
      throw Fault(description: error.description)
    }
  }

  /// The hash as 64 hexadecimal digits.
  public var sha256Text: String {
    sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Whether the path still leads to the file that was checked and hashed.
  public var isUnchanged: Bool { RegularFile.Identity(of: path) == identity }

  // MARK: ELF

  #if arch(x86_64)
    private static let machine: (number: UInt16, name: String) = (62, "x86-64")
  #elseif arch(arm64)
    private static let machine: (number: UInt16, name: String) = (183, "AArch64")
  #endif

  /// What is wrong with the headers. Offsets: System V gABI 4.1, chapters 4 and 5, 64-bit forms.
  private static func fault(of file: borrowing RegularFile) throws(RegularFile.Fault) -> String? {
    let header = try file.read(at: 0, count: 64)
    guard header.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { return "is no ELF file" }
    guard header.count == 64 else { return "ends inside its ELF header, at byte \(file.size)" }
    guard header[4] == 2 else { return "is no 64-bit ELF file (class \(header[4]))" }
    guard header[5] == 1 else { return "is a big-endian ELF file" }
    let machine: UInt16 = number(header, 18)
    guard machine == Self.machine.number else {
      return "is for ELF machine \(machine), this machine is \(Self.machine.number) (\(Self.machine.name))"
    }
    let type: UInt16 = number(header, 16)
    guard type == 3 else { return "is no shared object (ELF type \(type), expected 3)" }
    let (start, stride, count): (UInt64, UInt16, UInt16) = (
      number(header, 32), number(header, 54), number(header, 56)
    )
    guard stride == 56, count > 0 else { return "has no program headers" }
    let table = try file.read(at: start, count: 56 &* Int(count))
    guard table.count == 56 &* Int(count) else {
      return "ends before its program headers, at byte \(file.size)"
    }
    for index in 0..<Int(count) {
      let base = 56 &* index
      let kind: UInt32 = number(table, base)
      let (offset, length): (UInt64, UInt64) = (number(table, base &+ 8), number(table, base &+ 32))
      // PT_LOAD: the linker maps it, and a page behind the end of the file kills the process that touches it.
      guard kind == 1 else { continue }
      guard offset <= file.size, length <= file.size &- offset else {
        return "is cut off: segment \(index) has \(length) bytes at \(offset), the file has \(file.size)"
      }
    }
    return nil
  }

  /// The string table with the names of all sections, as one text; empty where there is none.
  private static func sectionNames(of file: borrowing RegularFile) throws(RegularFile.Fault) -> String {
    let header = try file.read(at: 0, count: 64)
    let (table, stride, count, names): (UInt64, UInt16, UInt16, UInt16) = (
      number(header, 40), number(header, 58), number(header, 60), number(header, 62)
    )
    guard stride == 64, names < count, table <= file.size else { return "" }
    let section = try file.read(at: table &+ UInt64(names) &* 64, count: 64)
    let (offset, length): (UInt64, UInt64) = (number(section, 24), number(section, 32))
    return String(decoding: try file.read(at: offset, count: Int(min(length, 1 << 16))), as: UTF8.self)
  }

  /// A little-endian number inside the bytes.
  private static func number<Value: FixedWidthInteger>(_ bytes: [UInt8], _ offset: Int) -> Value {
    let size = MemoryLayout<Value>.size
    guard offset >= 0, offset <= bytes.count &- size else { return 0 }
    return (0..<size).reduce(0) { $0 | Value(truncatingIfNeeded: bytes[offset &+ $1]) &<< Value(8 &* $1) }
  }

  // MARK: Hash

  private static func hash(_ file: borrowing RegularFile) throws(RegularFile.Fault) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var isGood = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    var offset: UInt64 = 0
    while isGood {
      let chunk = try file.read(at: offset, count: 1 << 16)
      if chunk.isEmpty { break }
      isGood = EVP_DigestUpdate(context, chunk, chunk.count) == 1
      offset &+= UInt64(chunk.count)
    }
    var digest = [UInt8](repeating: 0, count: 32)
    guard isGood, EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      throw RegularFile.Fault(description: "cannot be hashed")
    }
    return digest
  }
}
