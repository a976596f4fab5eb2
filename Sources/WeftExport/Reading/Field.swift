import WeftJSON

/// A value of a JSON file that may hold anything: what is not as expected becomes an error with file and offset.
struct Field {
  let file: String
  let value: JSONValue

  /// The root of a file's contents.
  init(contentsOf name: String, in directory: Directory) throws(ExportError) {
    try self.init(Self.bytes(of: name, in: directory), file: directory.path(of: name))
  }

  init(_ bytes: [UInt8], file: String) throws(ExportError) {
    let options = JSONOptions(depthLimit: ExportFormat.depthLimit, byteLimit: ExportFormat.textLimit)
    do throws(JSONError) { value = try JSONDocument(bytes, options: options).root } catch {
      throw .malformed(file, error.description)
    }
    self.file = file
  }

  private init(_ value: JSONValue, file: String) {
    self.value = value
    self.file = file
  }

  static func bytes(of name: String, in directory: Directory) throws(ExportError) -> [UInt8] {
    let file = try FileHandle(reading: directory.path(of: name))
    let count = try file.byteCount()
    guard count <= ExportFormat.textLimit else {
      throw .malformed(file.path, "\(count) bytes, the limit is \(ExportFormat.textLimit)")
    }
    return try file.read(count: count)
  }

  /// What is wrong with the value, with where it stands: `$.airs[2].nodes[17]`.
  func error(_ problem: String) -> ExportError {
    .malformed(file, "\(value.path): \(problem)", at: value.offset)
  }

  func member(_ key: String) throws(ExportError) -> Field {
    guard let member = value[key] else { throw error("has no member \(key)") }
    return Field(member, file: file)
  }

  /// The member; nil where it is null.
  func optionalMember(_ key: String) throws(ExportError) -> Field? {
    let member = try member(key)
    return member.value.isNull ? nil : member
  }

  func elements(limit: Int) throws(ExportError) -> [Field] {
    guard value.isArray else { throw error("is no array") }
    guard value.count <= limit else { throw error("has \(value.count) elements, the limit is \(limit)") }
    return value.elements.map { Field($0, file: file) }
  }

  func integer(_ allowed: ClosedRange<Int>) throws(ExportError) -> Int {
    guard let number = value.integer(as: Int.self) else { throw error("is no integer") }
    guard allowed.contains(number) else {
      throw error("is \(number), not from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
    return number
  }

  func string() throws(ExportError) -> String {
    guard let text = value.string else { throw error("is no string") }
    return text
  }

  func boolean() throws(ExportError) -> Bool {
    guard let value = value.bool else { throw error("is neither true nor false") }
    return value
  }

  /// A SHA-256: 64 hexadecimal digits in lower case.
  func sha256() throws(ExportError) -> String {
    let text = try string()
    let isDigest =
      text.utf8.count == 64
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
    guard isDigest else { throw error("is not the 64 hexadecimal digits of a SHA-256") }
    return text
  }

  /// Demands what kind of file this is, and a version that is known here.
  func requireKind(_ kind: String) throws(ExportError) {
    let format = try member("format")
    guard try format.string() == kind else { throw format.error("is not \(kind)") }
    let version = try member("version")
    guard version.value.integer(as: Int.self) == ExportFormat.version else {
      let text = version.value.numberText ?? version.value.kind.rawValue
      throw ExportError(file, .unknownVersion(text))
    }
  }
}
