import WeftMachine
import WeftRV32Circuit

/// Has an extension describe its chips, and looks whether they keep the rules of soundness.
enum ChipCheck {
  /// Puts the chips into the description.
  /// - Returns: what is wrong with them, one line each, with extension, instruction and rule.
  static func problems(describing description: inout ExtensionDescription) -> [String] {
    var problems: [String] = []
    for index in description.instructions.indices {
      let instruction = description.instructions[index]
      guard let air = instruction.air else { continue }
      let (chip, found) = InstructionChip.describe(
        air, form: instruction.form, registers: instruction.registers, ticks: instruction.ticks,
        blockSizes: description.spaces.map(\.blockSize), owner: description.interface.owner)
      problems += found.map {
        "instruction '\(instruction.mnemonic)' of extension '\(description.name)': its chip: \($0)"
      }
      description.instructions[index].chip = chip
    }
    var registry = ExtensionRegistry()
    do throws(RegistrationError) {
      try registry.add(NativeExtension(description, path: nil))
    } catch {
      // That is reported where the extension is registered.
      return problems
    }
    return problems + ExtensionLint.problems(of: registry.freeze())
  }
}
