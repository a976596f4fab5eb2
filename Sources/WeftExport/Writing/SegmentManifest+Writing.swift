import WeftJSON

extension SegmentManifest {
  var text: String {
    let tree: JSONTree = [
      "format": .string(ExportFormat.segmentKind), "version": JSONTree(ExportFormat.version),
      "index": JSONTree(index), "run": run, "airs": JSONTree(airs.map(\.tree)),
    ]
    return tree.rendered(expandedDepth: 3)
  }
}

extension SegmentManifest.AIREntry {
  fileprivate var tree: JSONTree {
    [
      "air": JSONTree(place), "name": .string(name), "height": JSONTree(height), "rows": JSONTree(rowCount),
      "publicValues": JSONTree(publicValues.map { JSONTree($0.canonical) }),
      "main": main?.tree ?? .null, "preprocessed": preprocessed?.tree ?? .null,
      "cached": JSONTree(
        cached.map { part in
          ["file": part.file.tree, "commitment": JSONTree(part.commitment.map { JSONTree($0) })]
        }),
    ]
  }
}

extension ArrayFile {
  fileprivate var tree: JSONTree {
    ["name": .string(name), "width": JSONTree(width), "sha256": .string(sha256)]
  }
}
