import Weft

/// What an extension brings, as data and as text.
struct ExtensionSummary: Codable, Equatable {
  struct Instruction: Codable, Equatable {
    let mnemonic: String
    let encoding: String
    /// "step", "handler", "foreign", "swift" or "built-in".
    let form: String
    /// The chip that proves it; null where there is none.
    let chip: ChipSummary?
  }

  let name: String
  let version: String
  let license: String?
  /// The file; null for what is linked in.
  let path: String?
  let instructions: [Instruction]
  let phantoms: [String]
  let calls: [String]
  /// Precompiled contracts of the EVM with their addresses.
  let precompiles: [String]
  /// Rules of the EVM with the forks that they derive from.
  let forks: [String]
  let addressSpaces: [String]

  init(_ extension: any VMExtension, path: String?, isBuiltIn: Bool = false) throws(CommandError) {
    var registry = ExtensionRegistry()
    do throws(RegistrationError) {
      if isBuiltIn { try registry.addBuiltIn(`extension`) } else { try registry.add(`extension`) }
    } catch { throw CommandError(.extension, "\(error)") }
    name = `extension`.name
    version = `extension`.version
    license = (`extension` as? NativeExtension)?.description.license
    self.path = path
    let evm = (`extension` as? NativeExtension)?.description.evm ?? EVMParts()
    let chips = Dictionary(
      registry.freeze().provableInstructions.map { ($0.mnemonic, ChipSummary($0)) },
      uniquingKeysWith: { first, _ in first })
    let rv32 = registry.entries.map { entry in
      let encoding = entry.executor.encoding
      return Instruction(
        mnemonic: entry.executor.mnemonic, encoding: "\(encoding)",
        form: Self.form(entry.executor, encoding, isForeign: `extension` is ForeignExtension),
        chip: chips[entry.executor.mnemonic] ?? nil)
    }
    instructions =
      rv32
      + evm.instructions.map {
        Instruction(
          mnemonic: $0.mnemonic, encoding: "\(InstructionEncoding.evm(opcode: $0.opcode))",
          form: $0.replaces ? "step, replaces" : "step", chip: nil)
      }
    precompiles =
      registry.precompiles.values.map { ($0.precompile.address, $0.precompile.name) }.sorted { $0.0 < $1.0 }
      .map(Self.precompile)
      + evm.precompiles.map { Self.precompile($0.address, $0.name) + ($0.replaces ? ", replaces" : "") }
    forks = registry.forks.map { entry in
      "\(entry.definition.name): \(Fork(rawValue: entry.definition.base)?.testName ?? "?") with "
        + "\(entry.definition.changes.count) changes"
    }
    phantoms = registry.phantoms.values.sorted { $0.number < $1.number }.map {
      "\($0.name) (\(hexadecimal($0.number, digits: 3)))"
    }
    calls = registry.systemCalls.values.sorted { $0.number < $1.number }.map {
      "\($0.name) (\(hexadecimal($0.number, digits: 3)))"
    }
    addressSpaces = registry.addressSpaces.map {
      "\($0.name): \($0.cellCount) \($0.kind == .byte ? "bytes" : "field elements") in blocks of \($0.blockSize)"
    }
  }

  private static func precompile(_ address: UInt64, _ name: String) -> String {
    "\(name) (\(hexadecimal(address, digits: 2)))"
  }

  private static func form(
    _ executor: any InstructionExecutor, _ encoding: InstructionEncoding, isForeign: Bool
  ) -> String {
    guard case .rv32(let match, _) = encoding, let lowered = executor.lower(match, at: 0x1000) else {
      return "swift"
    }
    switch lowered.implementation {
    case .engine: return "built-in"
    case .service: return isForeign ? "foreign" : "swift"
    case .native(let native) where native.service != nil: return isForeign ? "foreign" : "swift"
    case .native(let native):
      return native.handler == nil ? "step" : "handler"
    }
  }

  /// A heading and one line for each thing.
  func text(style: Style) -> String {
    var lines = [
      "\(style.bold(name)) \(version)\(license.map { "  \($0)" } ?? "")  \(style.dim(path ?? "linked in"))"
    ]
    let width = instructions.map(\.mnemonic.count).max() ?? 0
    lines += instructions.map { instruction in
      let chip = instruction.chip.map { ", chip \($0.digest.prefix(16)): \($0.columns) columns" } ?? ""
      return "  \(instruction.mnemonic.padded(to: width))  \(instruction.encoding)  "
        + style.dim(instruction.form + chip)
    }
    lines += phantoms.map { "  phantom \($0)" }
    lines += calls.map { "  system call \($0)" }
    lines += addressSpaces.map { "  address space \($0)" }
    lines += precompiles.map { "  precompiled contract \($0)" }
    lines += forks.map { "  fork \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
