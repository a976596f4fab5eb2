import WeftJSON

/// Makes a manifest of a JSON text, or a list of all that is wrong with it.
struct ManifestDecoder {
  let problems = ManifestProblems()
  private typealias Limits = ExtensionManifest.Limits

  func manifest(_ document: JSONDocument) -> ExtensionManifest? {
    guard let object = ManifestObject(document.root, .manifest, problems) else { return nil }
    checkABI(object["abi"])
    let name = object["name"].flatMap { name in
      problems.word(name, limit: Limits.nameBytes, "name: use lower-case letters, digits and hyphens") {
        Self.isLowerOrDigit($0) || $0 == UInt8(ascii: "-")
      }
    }
    let version = object["version"].flatMap { problems.text($0, limit: Limits.nameBytes) }
    let license = object["license"].flatMap { problems.text($0, limit: Limits.nameBytes) }
    let summary = object["description"].flatMap { problems.text($0, limit: Limits.descriptionBytes) }
    if let schema = object["$schema"] { _ = problems.text(schema, limit: Limits.pathBytes) }
    let library = defaultLibrary(of: object)
    let structs = StructDecoder(problems, declared: object["structs"])
    structs.checkDeclarations()
    let instructions = instructions(object["instructions"], name ?? "", library, structs)
    guard problems.isEmpty, let name, let version else { return nil }
    return ExtensionManifest(
      name: name, version: version, license: license, summary: summary, instructions: instructions)
  }

  private func checkABI(_ value: JSONValue?) {
    guard let value, let abi = problems.integer(value, in: 0...Int.max), abi != ExtensionManifest.abi else {
      return
    }
    problems.report(
      value, "version \(abi) of the format is unknown, this is version \(ExtensionManifest.abi)")
  }

  static func isLowerOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Libraries

  /// The library of the instructions that name none.
  private func defaultLibrary(of object: ManifestObject) -> ExtensionManifest.Library? {
    let sha256 = object["sha256"].flatMap(hash)
    guard let value = object["library"] else {
      if let sha256 = object["sha256"] { problems.report(sha256, "a hash without a \"library\"") }
      return nil
    }
    var library = reference(value)
    if let given = object["sha256"] {
      if case .file(let path, nil) = library {
        library = .file(path: path, sha256: sha256)
      } else if library != nil {
        problems.report(given, "only a library that is given by its path alone can have its hash here")
      }
    }
    return library
  }

  private func reference(_ value: JSONValue) -> ExtensionManifest.Library? {
    if value.isString { return path(value).map { .file(path: $0, sha256: nil) } }
    guard value.isObject else {
      problems.report(
        value, "\(value.kind.rawValue), expected a path or an object with \"path\" or \"system\"")
      return nil
    }
    if value["system"] != nil {
      guard let object = ManifestObject(value, .librarySystem, problems), let name = object["system"] else {
        return nil
      }
      let allowed = Array("._+-".utf8)
      return problems.word(name, limit: 255, "bare name of a library, such as \"libz.so.1\"") {
        Self.isLowerOrDigit($0 | 0x20) || allowed.contains($0)
      }.map { .system($0) }
    }
    guard let object = ManifestObject(value, .libraryFile, problems) else { return nil }
    let sha256 = object["sha256"].flatMap(hash)
    return object["path"].flatMap(path).map { .file(path: $0, sha256: sha256) }
  }

  private func path(_ value: JSONValue) -> String? {
    guard let path = problems.text(value, limit: Limits.pathBytes) else { return nil }
    guard path.contains("/") else {
      problems.report(
        value,
        "\(ManifestProblems.quoted(path)) is no path: write \"./\(path)\" for a file beside the manifest, "
          + "or { \"system\": \"\(path)\" } for a library of the system")
      return nil
    }
    return path
  }

  private func hash(_ value: JSONValue) -> [UInt8]? {
    let digits = value.string.map { Array($0.utf8) } ?? []
    let nibbles = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 64, nibbles.count == 64 else {
      problems.report(value, "expected the 64 hexadecimal digits of a SHA-256")
      return nil
    }
    return stride(from: 0, to: 64, by: 2).map {
      UInt8(truncatingIfNeeded: nibbles[$0] &* 16 &+ nibbles[$0 &+ 1])
    }
  }

  // MARK: Instructions

  private func instructions(
    _ value: JSONValue?, _ owner: String, _ library: ExtensionManifest.Library?, _ structs: StructDecoder
  ) -> [ExtensionManifest.Instruction] {
    guard let value, let elements = problems.array(value, limit: Limits.instructions) else { return [] }
    if value.count == 0 { problems.report(value, "no instructions") }
    var decoded: [(value: JSONValue, instruction: ExtensionManifest.Instruction)] = []
    for element in elements {
      guard let instruction = instruction(element, owner, library, structs) else { continue }
      for (_, other) in decoded {
        if other.name == instruction.name || other.mnemonic == instruction.mnemonic {
          problems.report(element, "a second instruction with the name \"\(instruction.name)\"")
        }
        if (other.match ^ instruction.match) & other.mask & instruction.mask == 0 {
          problems.report(
            element["encoding"] ?? element,
            "the encoding of \"\(instruction.name)\" clashes with that of \"\(other.name)\"")
        }
      }
      decoded.append((element, instruction))
    }
    return decoded.map(\.instruction)
  }

  private func instruction(
    _ value: JSONValue, _ owner: String, _ inherited: ExtensionManifest.Library?, _ structs: StructDecoder
  ) -> ExtensionManifest.Instruction? {
    guard let object = ManifestObject(value, .instruction, problems) else { return nil }
    let name = object["name"].flatMap(instructionName)
    let mnemonic: String? = object["mnemonic"].map { instructionName($0) } ?? name.map { "\(owner).\($0)" }
    let summary = object["description"].flatMap { problems.text($0, limit: Limits.descriptionBytes) }
    let symbol = object["symbol"].flatMap { symbol in
      problems.word(symbol, limit: Limits.symbolBytes, "symbol") {
        Self.isLowerOrDigit($0 | 0x20) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
          || $0 == UInt8(ascii: "$")
      }
    }
    let library = object["library"].map { reference($0) } ?? inherited
    if object["library"] == nil, inherited == nil, value.document.root["library"] == nil {
      problems.report(value, "no \"library\", neither here nor in the manifest")
    }
    let overlap: ExtensionManifest.OverlapRule? =
      object["overlap"].map { problems.choice($0, "rule for overlaps") } ?? .refuse
    let encoding = object["encoding"].flatMap { EncodingDecoder(problems: problems).encoding($0) }
    let signature = SignatureDecoder(problems: problems, structs: structs, mask: encoding?.mask)
    let arguments = signature.arguments(object["arguments"])
    let result = signature.result(object["returns"])
    guard let name, let mnemonic, let symbol, let library, let overlap, let encoding, let arguments,
      let result
    else { return nil }
    return ExtensionManifest.Instruction(
      name: name, mnemonic: mnemonic, summary: summary, library: library, symbol: symbol,
      match: encoding.match,
      mask: encoding.mask, arguments: arguments, result: result, overlap: overlap)
  }

  private func instructionName(_ value: JSONValue) -> String? {
    problems.word(value, limit: Limits.nameBytes, "name: use lower-case letters, digits, '.', '-' and '_'") {
      Self.isLowerOrDigit($0) || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains($0)
    }
  }
}
