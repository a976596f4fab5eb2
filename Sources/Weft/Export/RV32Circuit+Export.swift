import WeftExport
import WeftJSON
import WeftMachine
import WeftMemory
import WeftRV32
import WeftRV32Circuit

extension RV32Circuit {
  /// The name of this circuit in exported directories.
  public static let exportName = "rv32"

  /// The AIRs as an exported directory has them.
  public var exportedAIRs: [ExportedAIR] {
    members.map { ExportedAIR(id: $0.id, isRequired: $0.isRequired, description: $0.description) }
  }

  /// Which circuit this is: its name, environment and memory, enough to build it again.
  public var exportIdentity: JSONTree {
    let configuration = memory.configuration
    return [
      "name": .string(Self.exportName), "environment": .string(environment.exportName),
      "memoryInterface": .string(memory.interface.exportName),
      "memory": [
        "addressSpaceHeight": JSONTree(configuration.addressSpaceHeight),
        "pointerBits": JSONTree(configuration.pointerBits),
        "timestampBits": JSONTree(configuration.timestampBits),
        "rangeLimbBits": JSONTree(configuration.rangeLimbBits),
        "maxAccessSize": JSONTree(configuration.maxAccessSize),
        "contextLimit": JSONTree(configuration.contextLimit),
        "spaces": JSONTree(
          configuration.spaces.map { space in
            [
              "id": JSONTree(space.id.rawValue), "name": .string(space.name),
              "kind": .string(space.kind.exportName), "blockSize": JSONTree(space.blockSize),
              "cellCount": JSONTree(space.cellCount),
            ]
          }),
      ],
    ]
  }

  /// The circuit that a directory says it is of, as this version of Weft has it.
  ///
  /// - Parameter instructions: those of a machine with the run's extensions, for their chips.
  /// - Throws: `ExportError` for a directory of another circuit, or of one that cannot be.
  public init(_ reader: ExportReader, instructions: InstructionTable? = nil) throws(ExportError) {
    let identity = reader.manifest.header.circuit
    func refuse(_ problem: String) -> ExportError {
      ExportError("\(reader.path)/manifest.json", .malformed(offset: nil, problem: "$.circuit: \(problem)"))
    }
    guard identity["name"]?.string == Self.exportName else {
      throw refuse("the name is not \(Self.exportName), the only circuit that this version checks")
    }
    guard
      let environment = GuestEnvironment.allCases.first(where: {
        $0.exportName == identity["environment"]?.string
      })
    else { throw refuse("there is no such environment") }
    guard let configuration = MemoryConfiguration(exported: identity["memory"]) else {
      throw refuse("the memory is not described")
    }
    guard
      let interface = MemoryInterface.provable.first(where: {
        $0.exportName == identity["memoryInterface"]?.string
      })
    else { throw refuse("there is no such memory interface") }
    do throws(RV32CircuitError) {
      try self.init(
        memory: configuration, environment: environment, interface: interface, instructions: instructions)
    } catch { throw refuse("\(error)") }
  }

  /// The AIRs of a directory that are not as this circuit has them, and those that one of both lacks, by name.
  public func differences(from airs: [ExportedAIR]) -> [String] {
    let own = Dictionary(
      members.map { ($0.description.name, $0) }, uniquingKeysWith: { first, _ in first })
    let foreign = Dictionary(
      airs.map { ($0.description.name, $0) }, uniquingKeysWith: { first, _ in first })
    return Set(own.keys).union(foreign.keys).filter { name in
      guard let member = own[name], let air = foreign[name] else { return true }
      return member.id != air.id || member.isRequired != air.isRequired
        || !member.description.demandsTheSame(as: air.description)
    }.sorted()
  }
}

extension GuestEnvironment {
  var exportName: String {
    switch self {
    case .user: "user"
    case .machine: "machine"
    }
  }
}

extension MemoryInterface {
  /// Those that circuits of runs have.
  fileprivate static let provable: [MemoryInterface] = [.imageTable, .persistent]

  fileprivate var exportName: String {
    switch self {
    case .volatile: "volatile"
    case .imageTable: "imageTable"
    case .persistent: "persistent"
    }
  }
}

extension AddressSpace.Kind {
  fileprivate static let all: [AddressSpace.Kind] = [.immediate, .byte, .native]

  fileprivate var exportName: String {
    switch self {
    case .immediate: "immediate"
    case .byte: "byte"
    case .native: "native"
    }
  }
}

extension MemoryConfiguration {
  /// What a manifest says of a memory; nil where it says something else. Whether such a memory can be, the circuit finds
  /// out.
  fileprivate init?(exported tree: JSONTree?) {
    guard let tree, let spaces = tree["spaces"]?.elements, spaces.count <= 256 else { return nil }
    func number(_ key: String) -> Int? { tree[key]?.integer.flatMap { Int(exactly: $0) } }
    guard let height = number("addressSpaceHeight"), let pointerBits = number("pointerBits"),
      let timestampBits = number("timestampBits"), let rangeLimbBits = number("rangeLimbBits"),
      let maxAccessSize = number("maxAccessSize"), let contextLimit = number("contextLimit")
    else { return nil }
    self.init()
    self.addressSpaceHeight = height
    self.pointerBits = pointerBits
    self.timestampBits = timestampBits
    self.rangeLimbBits = rangeLimbBits
    self.maxAccessSize = maxAccessSize
    self.contextLimit = contextLimit
    self.spaces = []
    for space in spaces {
      guard let id = space["id"]?.integer.flatMap({ UInt32(exactly: $0) }),
        let name = space["name"]?.string,
        let kind = AddressSpace.Kind.all.first(where: { $0.exportName == space["kind"]?.string }),
        let blockSize = space["blockSize"]?.integer.flatMap({ Int(exactly: $0) }),
        let cellCount = space["cellCount"]?.integer.flatMap({ UInt64(exactly: $0) })
      else { return nil }
      self.spaces.append(
        AddressSpace(AddressSpaceID(id), name: name, kind: kind, blockSize: blockSize, cellCount: cellCount))
    }
  }
}
