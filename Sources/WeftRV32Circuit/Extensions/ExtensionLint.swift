import WeftCircuit
import WeftMachine
import WeftMemory

/// What the chips of extensions have to keep, told without any run.
public enum ExtensionLint {
  /// What is wrong with the chips of a table's instructions, one line each, with extension, instruction and rule.
  public static func problems(of table: InstructionTable) -> [String] {
    table.provableInstructions.flatMap { entry in
      ExtensionChip.findings(entry, addressBase: .zero).map {
        "instruction '\(entry.mnemonic)' of extension '\(entry.owner)': its chip: \($0)"
      }
    }
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
      return findings.map {
        "rule \($0.rule.rawValue): \($0.message)" + ($0.location.map { " (\($0))" } ?? "")
      }
    } catch .badDescription(_, let problems) {
      return problems.map { "rule description: \($0)" }
    } catch {
      return ["\(error)"]
    }
  }
}
