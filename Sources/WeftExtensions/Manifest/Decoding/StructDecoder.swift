import WeftJSON

/// Reads structs: field by field where they are used, or by the name under which the manifest declares them.
final class StructDecoder {
  private let problems: ManifestProblems
  private var declared: JSONValue?
  /// Declared structs by name, `nil` for those with mistakes; each is read once.
  private var known: [String: StructType?] = [:]
  /// Names whose declaration is being read: one that is met again contains itself.
  private var open: Set<String> = []
  private typealias Limits = ExtensionManifest.Limits

  init(_ problems: ManifestProblems, declared: JSONValue?) {
    self.problems = problems
    self.declared = declared
  }

  /// Reads all declarations, used or not.
  func checkDeclarations() {
    guard let value = declared else { return }
    if !value.isObject {
      problems.report(value, "\(value.kind.rawValue), expected an object of structs by name")
      declared = nil
    } else if value.count > Limits.structs {
      problems.report(value, "\(value.count) structs, the limit is \(Limits.structs)")
      declared = nil
    }
    guard let declared else { return }
    for (key, declaration) in declared.members {
      guard let name = key.string else { continue }
      if declaration.isString {
        problems.report(declaration, "string, expected an array of fields")
        known[name] = .some(nil)
      } else {
        _ = resolve(name, declaration)
      }
    }
  }

  /// A struct at a place that uses one: its name or its fields.
  func type(_ value: JSONValue) -> StructType? {
    guard let name = value.string else { return fields(value) }
    guard let declaration = declared?[name] else {
      let names = declared?.members.map { $0.key.string ?? "" } ?? []
      problems.report(value, "no struct of the name", name, expected: names)
      return nil
    }
    if open.contains(name) {
      problems.report(value, "the struct \(ManifestProblems.quoted(name)) contains itself")
      return nil
    }
    return resolve(name, declaration)
  }

  private func resolve(_ name: String, _ declaration: JSONValue) -> StructType? {
    if let type = known[name] { return type }
    guard open.count < Limits.structNesting else {
      problems.report(declaration, "more than \(Limits.structNesting) structs inside each other")
      return nil
    }
    open.insert(name)
    let type = fields(declaration)
    open.remove(name)
    known[name] = .some(type)
    return type
  }

  private func fields(_ value: JSONValue) -> StructType? {
    guard let elements = problems.array(value, limit: Limits.structScalars) else { return nil }
    if value.count == 0 { problems.report(value, "a struct without fields") }
    var fields: [StructType.Field] = []
    for element in elements {
      guard let field = field(element) else { continue }
      if fields.contains(where: { $0.name == field.name }) {
        problems.report(element, "a second field with the name \"\(field.name)\"")
      }
      fields.append(field)
    }
    guard fields.count == value.count, !fields.isEmpty else { return nil }
    let type = StructType(fields: fields)
    guard type.scalarCount <= Limits.structScalars else {
      problems.report(value, "\(type.scalarCount) scalars in a struct, the limit is \(Limits.structScalars)")
      return nil
    }
    guard type.nesting <= Limits.structNesting else {
      problems.report(
        value, "\(type.nesting) structs inside each other, the limit is \(Limits.structNesting)")
      return nil
    }
    return type
  }

  private func field(_ value: JSONValue) -> StructType.Field? {
    let isStruct = value["struct"] != nil
    guard let object = ManifestObject(value, isStruct ? .structField : .scalarField, problems) else {
      return nil
    }
    let name = object["name"].flatMap { problems.text($0, limit: Limits.nameBytes) }
    let count = object["count"].map { problems.integer($0, in: 1...Limits.structScalars) } ?? 1
    let type =
      isStruct
      ? object["struct"].flatMap { self.type($0) }.map(StructType.FieldType.structure) : scalar(object)
    guard let name, let count, let type else { return nil }
    return StructType.Field(name: name, type: type, count: count)
  }

  private func scalar(_ object: ManifestObject) -> StructType.FieldType? {
    guard let value = object["as"], let kind: ScalarKind = problems.choice(value, "kind") else { return nil }
    guard kind != .size else {
      problems.report(value, "size_t differs between guest and host: write u32 or u64")
      return nil
    }
    return .scalar(kind)
  }
}
