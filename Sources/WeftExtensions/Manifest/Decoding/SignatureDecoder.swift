import WeftJSON
import WeftMachine

/// Reads the C signature of an instruction.
struct SignatureDecoder {
  let problems: ManifestProblems
  let structs: StructDecoder
  /// The bits that the encoding fixes, where it could be read.
  let mask: UInt32?
  private typealias Limits = ExtensionManifest.Limits

  // MARK: Arguments

  /// Every kind of argument has one key that no other has.
  private static let shapes: [(key: String, shape: ManifestShape)] = [
    ("value", .valueArgument), ("constant", .constantArgument), ("guest", .guestArgument),
    ("struct", .structArgument), ("host", .hostArgument),
  ]

  func arguments(_ value: JSONValue?) -> [ExtensionManifest.Argument]? {
    guard let value else { return [] }
    guard let elements = problems.array(value, limit: Limits.arguments) else { return nil }
    let arguments = elements.map(argument)
    checkLengths(value, arguments)
    let usesImmediate = arguments.contains { if case .immediate = $0 { true } else { false } }
    let usesRs2 = arguments.contains { $0?.sources.contains(.rs2) ?? false }
    if usesImmediate, usesRs2 {
      problems.report(value, "the immediate and rs2 share bits of the word: use one of them")
    }
    let known = arguments.compactMap { $0 }
    return known.count == arguments.count ? known : nil
  }

  private func argument(_ value: JSONValue) -> ExtensionManifest.Argument? {
    guard value.isObject else {
      problems.report(value, "\(value.kind.rawValue), expected an object")
      return nil
    }
    let fitting = Self.shapes.filter { value[$0.key] != nil }
    guard fitting.count == 1, let (_, shape) = fitting.first else {
      reportKind(value, fitting.map(\.key))
      return nil
    }
    guard let object = ManifestObject(value, shape, problems) else { return nil }
    if let text = object["description"] { _ = problems.text(text, limit: Limits.descriptionBytes) }
    switch shape {
    case .valueArgument: return scalar(object)
    case .constantArgument: return constant(object)
    case .guestArgument: return range(object).map { .range($0) }
    case .structArgument:
      let (type, base) = (object["struct"].flatMap(structs.type), object["base"].flatMap { source($0) })
      guard let type, let base else { return nil }
      return .structure(type, base: base)
    default: return host(object)
    }
  }

  private func reportKind(_ value: JSONValue, _ fitting: [String]) {
    let kinds = Self.shapes.map(\.key)
    if fitting.count > 1 {
      return problems.report(value, "\(fitting.joined(separator: " and ")) in one argument: use one of them")
    }
    for (key, _) in value.members {
      if let name = key.string, let near = nearest(to: name, among: kinds) {
        return problems.report(key, "unknown key \(ManifestProblems.quoted(name)), did you mean \"\(near)\"?")
      }
    }
    problems.report(value, "an argument has one of the keys \(kinds.joined(separator: ", "))")
  }

  private func scalar(_ object: ManifestObject) -> ExtensionManifest.Argument? {
    let kind: ScalarKind? = object["as"].flatMap { problems.choice($0, "kind") }
    guard let value = object["value"] else { return nil }
    if value.isString(equalTo: "immediate") {
      if let mask, mask & 0xfff0_0000 != 0 {
        problems.report(value, "the encoding fixes bits of the immediate, 20 to 31: leave funct7 away")
        return nil
      }
      guard let kind else { return nil }
      guard !kind.isFloat else {
        problems.report(value, "the immediate is an integer, \(kind.rawValue) is not")
        return nil
      }
      return .immediate(kind)
    }
    let source = source(value, isPair: kind?.isPair ?? false)
    guard let source, let kind else { return nil }
    return .value(source, kind)
  }

  private func constant(_ object: ManifestObject) -> ExtensionManifest.Argument? {
    let kind: ScalarKind? = object["as"].flatMap { problems.choice($0, "kind") }
    guard let kind, let value = object["constant"] else { return nil }
    let bits: UInt64? =
      switch kind {
      case .bool: boolean(value)
      case .i8: problems.integer(value, in: Int64(Int8.min)...Int64(Int8.max)).map { UInt64(bitPattern: $0) }
      case .i16:
        problems.integer(value, in: Int64(Int16.min)...Int64(Int16.max)).map { UInt64(bitPattern: $0) }
      case .i32:
        problems.integer(value, in: Int64(Int32.min)...Int64(Int32.max)).map { UInt64(bitPattern: $0) }
      case .i64: problems.integer(value, in: Int64.min...Int64.max).map { UInt64(bitPattern: $0) }
      case .u8: problems.integer(value, in: 0...UInt64(UInt8.max))
      case .u16: problems.integer(value, in: 0...UInt64(UInt16.max))
      case .u32: problems.integer(value, in: 0...UInt64(UInt32.max))
      case .u64, .size: problems.integer(value, in: 0...UInt64.max)
      case .f32: number(value).map { UInt64(Float($0).bitPattern) }
      case .f64: number(value).map { $0.bitPattern }
      }
    return bits.map { .constant($0, kind) }
  }

  private func boolean(_ value: JSONValue) -> UInt64? {
    if let bool = value.bool { return bool ? 1 : 0 }
    problems.report(value, "\(value.kind.rawValue), expected true or false")
    return nil
  }

  private func number(_ value: JSONValue) -> Double? {
    guard let number = value.double, number.isFinite else {
      problems.report(
        value, value.numberText == nil ? "\(value.kind.rawValue), expected a number" : "a number too large")
      return nil
    }
    return number
  }

  private func host(_ object: ManifestObject) -> ExtensionManifest.Argument? {
    guard let value = object["host"] else { return nil }
    if value.isString(equalTo: "context") { return .context }
    if value.isString(equalTo: "null") { return .null }
    problems.report(
      value, "unknown service of the host", value.string ?? value.kind.rawValue,
      expected: ["context", "null"])
    return nil
  }

  // MARK: Ranges

  private func range(_ object: ManifestObject) -> GuestRange? {
    let direction: GuestRange.Direction? = object["guest"].flatMap { problems.choice($0, "direction") }
    let base = object["base"].flatMap { source($0) }
    let length = object["length"].flatMap(length)
    let unit = object["unit"].map { problems.integer($0, in: 1...UInt32(Limits.unitBytes)) } ?? 1
    let alignment = object["align"].map(alignment) ?? 1
    let maximum = maximum(object, length, unit)
    guard let direction, let base, let length, let unit, let alignment, let maximum else { return nil }
    return GuestRange(
      direction: direction, base: base, length: length, unit: unit, maximum: maximum, alignment: alignment)
  }

  private func length(_ value: JSONValue) -> GuestRange.Length? {
    switch value.kind {
    case .number: return problems.integer(value, in: 1...UInt32(Limits.rangeBytes)).map { .constant($0) }
    case .string: return source(value).map { .register($0) }
    case .object:
      guard let object = ManifestObject(value, .lengthArgument, problems), let number = object["argument"]
      else {
        return nil
      }
      return problems.integer(number, in: 0...Limits.arguments &- 1).map { .argument($0) }
    default:
      problems.report(
        value, "\(value.kind.rawValue), expected a number, a register or { \"argument\": number }")
      return nil
    }
  }

  /// What a range may have at most. A constant length needs no other bound.
  private func maximum(_ object: ManifestObject, _ length: GuestRange.Length?, _ unit: UInt32?) -> UInt64? {
    var constant: UInt64?
    if case .constant(let count) = length { constant = UInt64(count) &* UInt64(unit ?? 1) }
    guard let value = object["max"] else {
      if let constant {
        if constant <= UInt64(Limits.rangeBytes) { return constant }
        problems.report(object.value, "a range of \(constant) bytes, the limit is \(Limits.rangeBytes)")
      } else if length != nil {
        problems.report(
          object.value, "the key \"max\" is missing: a length that the guest chooses needs a bound")
      }
      return nil
    }
    guard let maximum = problems.integer(value, in: 1...UInt64(Limits.rangeBytes)) else { return nil }
    if let constant, constant > maximum {
      problems.report(value, "the length of \(constant) bytes is more than the maximum of \(maximum)")
      return nil
    }
    return maximum
  }

  private func alignment(_ value: JSONValue) -> UInt32? {
    guard let alignment = problems.integer(value, in: 1...UInt32(16)) else { return nil }
    if alignment & (alignment &- 1) == 0 { return alignment }
    problems.report(value, "\(alignment) is no power of two")
    return nil
  }

  /// Lengths that name another argument name an integer.
  private func checkLengths(_ value: JSONValue, _ arguments: [ExtensionManifest.Argument?]) {
    for (index, argument) in arguments.enumerated() {
      guard case .range(let range) = argument, case .argument(let number) = range.length else { continue }
      guard let place = value[index]?["length"]?["argument"] else { continue }
      guard arguments.indices.contains(number) else {
        problems.report(place, "there is no argument \(number), the function has \(arguments.count) (from 0)")
        continue
      }
      switch arguments[number] {
      case .value(_, let kind), .constant(_, let kind):
        if kind.isFloat || kind == .bool { problems.report(place, "argument \(number) is no integer") }
      case .immediate, nil: break
      default: problems.report(place, "argument \(number) is no integer")
      }
    }
  }

  // MARK: Registers

  /// A register operand that the encoding leaves free.
  private func source(_ value: JSONValue, isPair: Bool = false) -> OperandSource? {
    guard let name = value.string else {
      problems.report(value, "\(value.kind.rawValue), expected a register such as \"rs1\" or \"a0\"")
      return nil
    }
    guard let source = OperandSource(name) else {
      if name == "x0" || name == "zero" {
        problems.report(value, "x0 is always 0: use a constant")
      } else {
        problems.report(value, "unknown register", name, expected: OperandSource.names)
      }
      return nil
    }
    if isPair, source == .fixed(31) {
      problems.report(value, "a pair cannot begin with x31")
      return nil
    }
    if let mask, mask & source.field != 0 {
      problems.report(value, "the encoding fixes bits of \(name)")
      return nil
    }
    return source
  }

  // MARK: Result

  func result(_ value: JSONValue?) -> ExtensionManifest.Result? {
    guard let value else { return ExtensionManifest.Result.none }
    if let text = value.string {
      if text == "void" { return ExtensionManifest.Result.none }
      problems.report(value, "unknown result", text, expected: ["void"])
      return nil
    }
    if value["struct"] != nil {
      guard let object = ManifestObject(value, .structResult, problems) else { return nil }
      let (type, base) = (object["struct"].flatMap(structs.type), object["base"].flatMap { source($0) })
      guard let type, let base else { return nil }
      return .structure(type, base: base)
    }
    guard let object = ManifestObject(value, .scalarResult, problems) else { return nil }
    return scalarResult(object)
  }

  private func scalarResult(_ object: ManifestObject) -> ExtensionManifest.Result? {
    guard let kindValue = object["as"] else { return nil }
    if object["discard"] != nil { return discarded(object, kindValue) }
    if kindValue.isString(equalTo: "pointer") {
      problems.report(kindValue, "a pointer means nothing to the guest: add \"discard\": true")
      return nil
    }
    guard object["register"] != nil || object["status"] != nil else {
      problems.report(object.value, "a result needs a \"register\", a \"status\" or \"discard\": true")
      return nil
    }
    let kind: ScalarKind? = problems.choice(kindValue, "kind")
    let register = object["register"].map { source($0, isPair: kind?.isPair ?? false) }
    let status: ExtensionManifest.StatusRule?? = object["status"].map {
      problems.choice($0, "rule for a status")
    }
    guard let kind, register != .some(nil), status != .some(nil) else { return nil }
    let rule = status ?? nil
    if let place = object["status"], kind.isFloat || (rule == .nonnegative && !kind.isSigned) {
      problems.report(place, "\(kind.rawValue) cannot be this status")
      return nil
    }
    return .scalar(kind, register: register ?? nil, status: rule)
  }

  private func discarded(_ object: ManifestObject, _ kindValue: JSONValue) -> ExtensionManifest.Result? {
    if let value = object["discard"], boolean(value) == 0 {
      problems.report(value, "write \"discard\": true, or leave it away")
    }
    for key in ["register", "status"] where object[key] != nil {
      problems.report(object[key] ?? object.value, "a result that is discarded has no \(key)")
    }
    if kindValue.isString(equalTo: "pointer") { return ExtensionManifest.Result.none }
    guard let kind: ScalarKind = problems.choice(kindValue, "kind") else { return nil }
    return .scalar(kind, register: nil, status: nil)
  }
}

extension ExtensionManifest.Argument {
  /// The registers it is read from, in order; a pair once.
  var sources: [OperandSource] {
    switch self {
    case .value(let source, _): return [source]
    case .range(let range):
      if case .register(let length) = range.length { return [range.base, length] }
      return [range.base]
    case .structure(_, let base): return [base]
    case .immediate, .constant, .context, .null: return []
    }
  }
}
