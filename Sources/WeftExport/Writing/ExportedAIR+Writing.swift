import WeftCircuit
import WeftField
import WeftJSON

extension ExportedAIR {
  /// The contents of `airs.json`.
  static func text(of airs: [ExportedAIR]) -> String {
    let buses = Set(airs.flatMap { $0.description.interactions.map(\.bus) }).sorted {
      ($0.number, $0.name) < ($1.number, $1.name)
    }
    let tree: JSONTree = [
      "format": .string(ExportFormat.constraintsKind), "version": JSONTree(ExportFormat.version),
      "field": ["name": "BabyBear", "modulus": JSONTree(BabyBear.order)],
      "buses": JSONTree(
        buses.map { bus in
          [
            "number": JSONTree(bus.number), "name": .string(bus.name), "kind": .string(bus.kind.rawValue),
            "fields": names(bus.fields),
          ]
        }),
      "airs": JSONTree(airs.map(\.tree)),
    ]
    // A line per node and per interaction.
    return tree.rendered(expandedDepth: 4)
  }

  private var tree: JSONTree {
    let air = description
    let kinds = SymbolicLint(air).columnKinds()
    return [
      "id": JSONTree(id), "name": .string(air.name), "isRequired": .boolean(isRequired),
      "preprocessedColumns": Self.names(air.preprocessedColumns),
      "cachedColumns": JSONTree(air.cachedColumns.map(Self.names)),
      "mainColumns": Self.names(air.mainColumns),
      "mainColumnKinds": Self.names(kinds.map(\.description)),
      "publicValues": Self.names(air.publicValueNames),
      "nodes": JSONTree(zip(air.nodes, air.degrees).map(Self.tree)),
      "constraints": JSONTree(
        air.constraints.map { constraint in
          [
            "node": JSONTree(constraint.node), "label": .string(constraint.label),
            "location": Self.tree(constraint.location),
          ]
        }),
      "interactions": JSONTree(
        air.interactions.map { interaction in
          [
            "bus": JSONTree(interaction.bus.number), "role": .string(interaction.role.rawValue),
            "message": JSONTree(interaction.message.map { JSONTree($0) }),
            "count": JSONTree(interaction.count), "weight": JSONTree(interaction.weight),
            "label": .string(interaction.label), "location": Self.tree(interaction.location),
          ]
        }),
    ]
  }

  private static func names(_ names: [String]) -> JSONTree { JSONTree(names.map(JSONTree.string)) }

  private static func tree(_ location: SourceLocation) -> JSONTree {
    ["file": .string(location.file), "line": JSONTree(location.line)]
  }

  /// The nodes of stark-backend's keys, with canonical constants. (reference/prover.md §12.2)
  private static func tree(_ node: SymbolicNode, degree: Int) -> JSONTree {
    func binary(_ name: String, _ a: Int, _ b: Int) -> JSONTree {
      .object([
        .init(
          name,
          ["left_idx": JSONTree(a), "right_idx": JSONTree(b), "degree_multiple": JSONTree(degree)])
      ])
    }
    switch node {
    case .variable(let entry, let index):
      return ["Variable": ["entry": tree(entry), "index": JSONTree(index)]]
    case .isFirstRow: return "IsFirstRow"
    case .isLastRow: return "IsLastRow"
    case .isTransition: return "IsTransition"
    case .constant(let value): return ["Constant": JSONTree(value.canonical)]
    case .add(let a, let b): return binary("Add", a, b)
    case .subtract(let a, let b): return binary("Sub", a, b)
    case .multiply(let a, let b): return binary("Mul", a, b)
    case .negate(let a): return ["Neg": ["idx": JSONTree(a), "degree_multiple": JSONTree(degree)]]
    }
  }

  private static func tree(_ entry: ColumnEntry) -> JSONTree {
    switch entry {
    case .preprocessed(let offset): ["Preprocessed": ["offset": JSONTree(offset)]]
    case .main(let part, let offset): ["Main": ["part_index": JSONTree(part), "offset": JSONTree(offset)]]
    case .permutation(let offset): ["Permutation": ["offset": JSONTree(offset)]]
    case .publicValue: "Public"
    case .challenge: "Challenge"
    case .exposed: "Exposed"
    }
  }
}
