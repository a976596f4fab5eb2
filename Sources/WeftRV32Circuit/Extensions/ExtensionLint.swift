import Synchronization
import WeftCircuit
import WeftMachine
import WeftMemory

/// What the chips of extensions have to keep, told without any run.
public enum ExtensionLint {
  /// What is wrong with the chips of a table's instructions, one line each, with extension, instruction and rule.
  public static func problems(of table: InstructionTable) -> [String] {
    table.provableInstructions.flatMap { entry in
      findings(entry).map {
        "instruction '\(entry.mnemonic)' of extension '\(entry.owner)': its chip: \($0)"
      }
    }
  }

  /// What the lint depends on.
  private struct Key: Hashable, Sendable {
    var mnemonic: String
    var key: UInt32?
    var description: ChipDescription
    var form: NativeInstruction.Form
    var registers: NativeInstruction.RegisterUse
    var spaces: [AddressSpaceID]
  }

  /// Chips that had no findings: they are looked at again whenever an extension is loaded and a circuit is made.
  private static let clean = Mutex<Set<Key>>([])

  private static func findings(_ instruction: ProvableInstruction) -> [String] {
    let chip = instruction.chip
    let key = Key(
      mnemonic: instruction.mnemonic, key: instruction.key, description: chip.description, form: chip.form,
      registers: chip.registers, spaces: chip.spaces)
    if clean.withLock({ $0.contains(key) }) { return [] }
    let findings = ExtensionChip.findings(instruction, addressBase: .zero)
    if findings.isEmpty { clean.withLock { _ = $0.insert(key) } }
    return findings
  }
}

extension ExtensionChip {
  /// The chip of an instruction; nil where its words have no key.
  init?(_ instruction: ProvableInstruction, addressBase: AddressBase) {
    guard let key = instruction.key else { return nil }
    self.init(instruction.chip, mnemonic: instruction.mnemonic, key: key, addressBase: addressBase)
  }

  /// What the lint knows of the system, of this chip.
  func lintOptions() -> SymbolicLint.Options {
    var options = SymbolicLint.Options()
    options.timeBus = (Bus.execution.number, 1)
    options.programBus = (Bus.program.number, 1)
    options.opcodes[name] = [opcode]
    // The rows of an execution share its time; the host's own constraints pass it on.
    if !hasConstantTime { options.timeExemptions.insert(name) }
    return options
  }

  /// What is wrong with an instruction's chip, with the names of the rules.
  static func findings(_ instruction: ProvableInstruction, addressBase: AddressBase) -> [String] {
    guard let chip = ExtensionChip(instruction, addressBase: addressBase) else {
      return [
        "rule encoding: a provable instruction has all words of its form, with the mask that the form has"
      ]
    }
    do throws(CircuitError) {
      let findings = SymbolicLint(try chip.description(), options: chip.lintOptions()).findings()
      let unused = chip.unusedColumns.map { "rule freeColumn: nothing mentions the column \($0)" }
      return unused
        + findings.map {
          "rule \($0.rule.rawValue): \($0.message)" + ($0.location.map { " (\($0))" } ?? "")
        }
    } catch .badDescription(_, let problems) {
      return problems.map { "rule description: \($0)" }
    } catch {
      return ["\(error)"]
    }
  }

  /// Names of own columns that the extension mentions nowhere; what the host says of padding does not count.
  private var unusedColumns: [String] {
    var roots = content.constraints.map(\.node) + content.lookups.flatMap { $0.message + [$0.enabled] }
    roots += content.accesses.flatMap { $0.cells + [$0.pointer, $0.enabled] }
    roots += content.pointers.flatMap { $0.bytes + [$0.enabled] } + (content.result ?? [])
    var used: Set<Int> = []
    for node in closure(of: roots) {
      if case .column(let column, _) = content.nodes[node] { used.insert(column) }
    }
    let names = content.columns.flatMap { group in
      (0..<group.count).map { group.count == 1 ? group.name : "\(group.name)[\($0)]" }
    }
    return names.indices.filter { !used.contains($0) }.map { names[$0] }
  }
}
