import Foundation
import Testing
import WeftCircuit
import WeftField

/// The key of an independent implementation, read into our descriptions: the node set is the same, bit for bit.
@Suite("Keys of stark-backend")
struct StarkBackendTests {
  private static let directory: URL? = {
    var candidates: [URL] = []
    if let path = ProcessInfo.processInfo.environment["WEFT_VECTORS"] {
      candidates.append(URL(filePath: path))
    }
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    candidates.append(package.deletingLastPathComponent().appending(path: "shared/vectors"))
    return candidates.first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  private func node(_ json: Any) throws -> SymbolicNode {
    switch json as? String {
    case "IsFirstRow": return .isFirstRow
    case "IsLastRow": return .isLastRow
    case "IsTransition": return .isTransition
    default: break
    }
    let (kind, value) = try #require((json as? [String: Any])?.first)
    if kind == "Constant" {
      let word = try #require(value as? Int)
      return .constant(try #require(BabyBear(montgomery: UInt32(word))))
    }
    let fields = try #require(value as? [String: Any])
    if kind == "Neg" { return .negate(try #require(fields["idx"] as? Int)) }
    guard kind == "Variable" else {
      let left = try #require(fields["left_idx"] as? Int)
      let right = try #require(fields["right_idx"] as? Int)
      return kind == "Add"
        ? .add(left, right) : kind == "Sub" ? .subtract(left, right) : .multiply(left, right)
    }
    let index = try #require(fields["index"] as? Int)
    switch fields["entry"] as? String {
    case "Public": return .variable(.publicValue, index: index)
    case "Challenge": return .variable(.challenge, index: index)
    case "Exposed": return .variable(.exposed, index: index)
    default: break
    }
    let (entry, place) = try #require((fields["entry"] as? [String: [String: Int]])?.first)
    let offset = try #require(place["offset"])
    switch entry {
    case "Preprocessed": return .variable(.preprocessed(offset: offset), index: index)
    case "Permutation": return .variable(.permutation(offset: offset), index: index)
    default: return .variable(.main(part: try #require(place["part_index"]), offset: offset), index: index)
    }
  }

  @Test("The Fibonacci example's key gives AIRs with the same degrees, and its traces are accepted")
  func fibonacci() throws {
    guard let directory = Self.directory else {
      print("skipped 1: starkbackend_v140_fib16_logup.json (WEFT_VECTORS or ../shared/vectors)")
      return
    }
    let data = try Data(contentsOf: directory.appending(path: "starkbackend_v140_fib16_logup.json"))
    let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let key = try #require((file["vk"] as? [String: Any])?["inner"] as? [String: Any])
    let airs = try #require(key["per_air"] as? [[String: Any]])
    let matrices = try #require(file["traces"] as? [[String: Any]])
    let publicValues = try #require(file["public"] as? [Int]).map { BabyBear($0) }
    let buses = [
      Bus(0, name: "pairs", kind: .permutation, fields: ["a", "b"]),
      Bus(1, name: "bytes", kind: .lookup, fields: ["x"]),
    ]
    var traces: [AIRTrace] = []
    for (number, json) in airs.enumerated() {
      let symbolic = try #require(json["symbolic_constraints"] as? [String: Any])
      let constraints = try #require(symbolic["constraints"] as? [String: Any])
      let nodes = try #require(constraints["nodes"] as? [Any]).map { try node($0) }
      let roots = try #require(constraints["constraint_idx"] as? [Int])
      // The LogUp constraints look at permutation columns; those are the prover's.
      let place = SourceLocation(file: "fib16", line: number)
      let interactions = try #require(symbolic["interactions"] as? [[String: Any]]).map { json in
        let bus = buses[try #require(json["bus_index"] as? Int)]
        let weight = try #require(json["count_weight"] as? Int)
        return Interaction(
          bus: bus, role: bus.kind == .permutation ? .send : weight == 0 ? .table : .lookup,
          message: try #require(json["message"] as? [Int]), count: try #require(json["count"] as? Int),
          weight: weight, label: "interaction", location: place)
      }
      let matrix = matrices[number]
      let (height, width) = (try #require(matrix["h"] as? Int), try #require(matrix["w"] as? Int))
      let values = try #require(matrix["v"] as? [Int])
      let isTable = number == 2
      let all = try AIRDescription(
        name: "AIR \(number)", preprocessedColumns: isTable ? ["value"] : [],
        mainColumns: (0..<width).map { "c\($0)" }, publicValueNames: number == 0 ? ["a", "b", "c"] : [],
        nodes: nodes, constraints: roots.map { Constraint(node: $0, label: "node \($0)", location: place) },
        interactions: interactions)
      for (index, json) in try #require(constraints["nodes"] as? [Any]).enumerated() {
        guard let fields = (json as? [String: [String: Any]])?.values.first,
          let degree = fields["degree_multiple"] as? Int
        else { continue }
        #expect(all.degrees[index] == degree, "node \(index)")
      }
      let graph = try DecodedGraph(all.encodedGraph())
      #expect(graph.nodes == nodes)
      let own = roots.filter { root in
        all.variables(of: [root]).allSatisfy { variable in
          switch variable.entry {
          case .permutation, .challenge, .exposed: false
          default: true
          }
        }
      }
      #expect(own.count < roots.count)
      let air = try AIRDescription(
        name: all.name, preprocessedColumns: all.preprocessedColumns, mainColumns: all.mainColumns,
        publicValueNames: all.publicValueNames, nodes: nodes,
        constraints: own.map { Constraint(node: $0, label: "node \($0)", location: place) },
        interactions: interactions)
      var main = try Trace(height: height, width: width)
      for row in 0..<height {
        for column in 0..<width { main[row, column] = BabyBear(values[row * width + column]) }
      }
      traces.append(
        try AIRTrace(
          air: air, preprocessed: isTable ? Trace(rows: (0..<height).map { [BabyBear($0)] }) : nil,
          main: main,
          publicValues: number == 0 ? publicValues : []))
    }
    let set = TraceSet(traces)
    let report = try Checker().check(set)
    #expect(report.isAccepted, "\(report)")
    var forged = set
    forged.airs[0].publicValues[2] += 1
    #expect(!(try Checker().check(forged).isAccepted))
    forged = set
    forged.airs[1].main?[3, 3] += 1
    #expect(!(try Checker().check(forged).isAccepted))
  }
}
