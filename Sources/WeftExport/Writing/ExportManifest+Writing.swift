import WeftField
import WeftJSON

extension ExportManifest {
  var text: String {
    let tree: JSONTree = [
      "format": .string(ExportFormat.directoryKind), "version": JSONTree(ExportFormat.version),
      "weft": .string(header.version), "field": ["name": "BabyBear", "modulus": JSONTree(BabyBear.order)],
      "program": ["name": .string(header.program.name), "sha256": .string(header.program.sha256)],
      "commitments": .object(
        commitments.sorted { $0.key < $1.key }.map { air, parts in
          .init(air, JSONTree(parts.map { part in JSONTree(part.map { JSONTree($0) }) }))
        }),
      "circuit": header.circuit, "parameters": header.parameters,
      "constraints": [
        "name": .string(ExportFormat.constraints), "sha256": .string(constraintsSHA256),
      ],
      "segments": JSONTree(
        segments.enumerated().map { index, digest in
          ["name": .string(ExportFormat.segment(index)), "manifestSHA256": .string(digest)]
        }),
      "isComplete": .boolean(isComplete),
    ]
    return tree.rendered(expandedDepth: 2)
  }
}
