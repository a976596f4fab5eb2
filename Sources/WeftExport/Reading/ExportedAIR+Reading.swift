import WeftCircuit
import WeftField
import WeftJSON

extension ExportedAIR {
  /// Reads `airs.json`. Nothing is trusted: every number is bounded here, and the description checks itself.
  static func airs(in root: Field) throws(ExportError) -> [ExportedAIR] {
    try root.requireKind(ExportFormat.constraintsKind)
    let modulus = try root.member("field").member("modulus")
    guard modulus.value.integer(as: UInt32.self) == BabyBear.order else {
      throw modulus.error("is not BabyBear's \(BabyBear.order)")
    }
    let buses = try buses(in: root.member("buses"))
    var airs: [ExportedAIR] = []
    var names: Set<String> = []
    for element in try root.member("airs").elements(limit: ExportFormat.airLimit) {
      let air = try ExportedAIR(element, buses)
      guard names.insert(air.description.name).inserted else {
        throw try element.member("name").error("two AIRs are named \(air.description.name)")
      }
      airs.append(air)
    }
    return airs
  }

  private static func buses(in list: Field) throws(ExportError) -> [Int: Bus] {
    var buses: [Int: Bus] = [:]
    for element in try list.elements(limit: 1 << 16) {
      let number = try element.member("number").integer(0...0xffff)
      guard let kind = Bus.Kind(rawValue: try element.member("kind").string()) else {
        throw try element.member("kind").error("is neither permutation nor lookup")
      }
      guard buses[number] == nil else { throw try element.member("number").error("there twice") }
      buses[number] = Bus(
        number, name: try element.member("name").string(), kind: kind,
        fields: try names(element.member("fields")))
    }
    return buses
  }

  private init(_ field: Field, _ buses: [Int: Bus]) throws(ExportError) {
    var nodes: [SymbolicNode] = []
    for element in try field.member("nodes").elements(limit: AIRDescription.nodeLimit) {
      nodes.append(try Self.node(element))
    }
    var constraints: [Constraint] = []
    for element in try field.member("constraints").elements(limit: AIRDescription.constraintLimit) {
      constraints.append(
        Constraint(
          node: try Self.nodeNumber(element.member("node")), label: try element.member("label").string(),
          location: try Self.location(element.member("location"))))
    }
    var interactions: [Interaction] = []
    for element in try field.member("interactions").elements(limit: AIRDescription.constraintLimit) {
      interactions.append(try Self.interaction(element, buses))
    }
    var cached: [[String]] = []
    for part in try field.member("cachedColumns").elements(limit: 64) {
      cached.append(try Self.names(part))
    }
    let name = try field.member("name").string()
    let preprocessed = try Self.names(field.member("preprocessedColumns"))
    let main = try Self.names(field.member("mainColumns"))
    let publicValues = try Self.names(field.member("publicValues"))
    do throws(CircuitError) {
      description = try AIRDescription(
        name: name, preprocessedColumns: preprocessed, cachedColumns: cached, mainColumns: main,
        publicValueNames: publicValues, nodes: nodes, constraints: constraints, interactions: interactions)
    } catch { throw field.error("\(error)") }
    id = try field.member("id").integer(0...Int(Int32.max))
    isRequired = try field.member("isRequired").boolean()
  }

  private static func names(_ list: Field) throws(ExportError) -> [String] {
    try list.elements(limit: 1 << 20).map { (name) throws(ExportError) in try name.string() }
  }

  private static func nodeNumber(_ field: Field) throws(ExportError) -> Int {
    try field.integer(0...AIRDescription.nodeLimit)
  }

  private static func location(_ field: Field) throws(ExportError) -> SourceLocation {
    SourceLocation(
      file: try field.member("file").string(), line: try field.member("line").integer(0...Int(Int32.max)))
  }

  private static func interaction(_ field: Field, _ buses: [Int: Bus]) throws(ExportError) -> Interaction {
    let number = try field.member("bus").integer(0...0xffff)
    guard let bus = buses[number] else { throw try field.member("bus").error("there is no bus \(number)") }
    guard let role = Interaction.Role(rawValue: try field.member("role").string()) else {
      throw try field.member("role").error("is neither send, receive, lookup nor table")
    }
    return Interaction(
      bus: bus, role: role,
      message: try field.member("message").elements(limit: 127).map { (node) throws(ExportError) in
        try nodeNumber(node)
      }, count: try nodeNumber(field.member("count")), weight: try field.member("weight").integer(0...1),
      label: try field.member("label").string(), location: try location(field.member("location")))
  }

  private static func node(_ field: Field) throws(ExportError) -> SymbolicNode {
    if field.value.isString {
      switch try field.string() {
      case "IsFirstRow": return .isFirstRow
      case "IsLastRow": return .isLastRow
      case "IsTransition": return .isTransition
      case let name: throw field.error("there is no node \(name)")
      }
    }
    func operands(_ body: Field) throws(ExportError) -> (Int, Int) {
      (try nodeNumber(body.member("left_idx")), try nodeNumber(body.member("right_idx")))
    }
    for (key, value) in field.value.members {
      let body = try field.member(key.string ?? "")
      switch key.string {
      case "Variable":
        return .variable(
          try entry(body.member("entry")), index: try body.member("index").integer(0...Int(Int32.max)))
      case "Constant":
        guard let number = value.integer(as: UInt32.self), let element = BabyBear(canonical: number) else {
          throw body.error("is no canonical element")
        }
        return .constant(element)
      case "Add":
        let (a, b) = try operands(body)
        return .add(a, b)
      case "Sub":
        let (a, b) = try operands(body)
        return .subtract(a, b)
      case "Mul":
        let (a, b) = try operands(body)
        return .multiply(a, b)
      case "Neg": return .negate(try nodeNumber(body.member("idx")))
      default: throw field.error("there is no node \(key.string ?? "")")
      }
    }
    throw field.error("is no node")
  }

  private static func entry(_ field: Field) throws(ExportError) -> ColumnEntry {
    if field.value.isString {
      switch try field.string() {
      case "Public": return .publicValue
      case "Challenge": return .challenge
      case "Exposed": return .exposed
      case let name: throw field.error("there is no entry \(name)")
      }
    }
    if field.value["Main"] != nil {
      let body = try field.member("Main")
      return .main(
        part: try body.member("part_index").integer(0...64), offset: try body.member("offset").integer(0...1))
    }
    if field.value["Preprocessed"] != nil {
      return .preprocessed(offset: try field.member("Preprocessed").member("offset").integer(0...1))
    }
    if field.value["Permutation"] != nil {
      return .permutation(offset: try field.member("Permutation").member("offset").integer(0...1))
    }
    throw field.error("is no entry")
  }
}
