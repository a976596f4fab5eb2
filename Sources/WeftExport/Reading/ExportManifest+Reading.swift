import WeftField
import WeftJSON

extension ExportManifest {
  init(_ root: Field) throws(ExportError) {
    try root.requireKind(ExportFormat.directoryKind)
    let modulus = try root.member("field").member("modulus")
    guard modulus.value.integer(as: UInt32.self) == BabyBear.order else {
      throw modulus.error("is not BabyBear's \(BabyBear.order)")
    }
    let program = try root.member("program")
    header = ExportHeader(
      version: try root.member("weft").string(),
      program: ExportHeader.Program(
        name: try program.member("name").string(), sha256: try program.member("sha256").sha256()),
      circuit: JSONTree(try root.member("circuit").value),
      parameters: JSONTree(try root.member("parameters").value))
    let constraints = try root.member("constraints")
    guard try constraints.member("name").string() == ExportFormat.constraints else {
      throw try constraints.member("name").error("is not \(ExportFormat.constraints)")
    }
    constraintsSHA256 = try constraints.member("sha256").sha256()

    var commitments: [String: [[UInt32]]] = [:]
    let commitmentsField = try root.member("commitments")
    for (key, _) in commitmentsField.value.members {
      let name = key.string ?? ""
      commitments[name] = try commitmentsField.member(name).elements(limit: 64).map {
        (part) throws(ExportError) in
        try part.elements(limit: Digest.count).map { (element) throws(ExportError) in
          UInt32(try element.integer(0...Int(BabyBear.order - 1)))
        }
      }
    }
    self.commitments = commitments

    var segments: [String] = []
    for element in try root.member("segments").elements(limit: ExportFormat.segmentLimit) {
      let name = try element.member("name")
      guard try name.string() == ExportFormat.segment(segments.count) else {
        throw name.error("is not \(ExportFormat.segment(segments.count))")
      }
      segments.append(try element.member("manifestSHA256").sha256())
    }
    self.segments = segments
    isComplete = try root.member("isComplete").boolean()
  }
}
