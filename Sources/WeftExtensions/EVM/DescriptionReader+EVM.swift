import CProbe
import CWeftABI
import WeftEVM
import WeftMachine

// The part of a table that is for the EVM, by the same rules: no address is trusted, all problems are collected.
extension DescriptionReader {
  mutating func evmParts(_ table: UnsafePointer<weft_evm_extension>?) -> EVMParts {
    guard let table else { return EVMParts() }
    guard UInt(bitPattern: table) % UInt(MemoryLayout<weft_evm_extension>.alignment) == 0 else {
      problems.append("evm is a misaligned address")
      return EVMParts()
    }
    let known = MemoryLayout<weft_evm_extension>.size
    guard weft_can_read(table, 4) else {
      problems.append("evm cannot be read")
      return EVMParts()
    }
    let size = UnsafeRawPointer(table).load(as: UInt32.self)
    guard Int(size) >= known else {
      problems.append(
        "struct_size of weft_evm_extension is \(size), version \(WEFT_ABI_VERSION) has \(known)")
      return EVMParts()
    }
    guard weft_can_read(table, known) else {
      problems.append("weft_evm_extension goes on where nothing can be read")
      return EVMParts()
    }
    let fields = table.pointee
    var parts = EVMParts()
    parts.instructions = entries(
      fields.instructions, fields.instruction_count, fields.instruction_size, "EVM instruction"
    ) { reader, entry, place in reader.evmInstruction(entry, place) }
    parts.precompiles = entries(
      fields.precompiles, fields.precompile_count, fields.precompile_size, "precompile"
    ) { reader, entry, place in reader.precompile(entry, place) }
    parts.forks = entries(fields.forks, fields.fork_count, fields.fork_size, "fork") { reader, entry, place in
      reader.fork(entry, place, changeSize: fields.change_size)
    }
    return parts
  }

  /// Reads a table whose entries may be larger than those known here.
  private mutating func entries<Entry, Result>(
    _ table: UnsafePointer<Entry>?, _ number: UInt32, _ size: UInt32, _ what: String, of whole: String = "",
    read: (inout DescriptionReader, Entry, String) -> Result?
  ) -> [Result] {
    let (stride, known) = (Int(size), MemoryLayout<Entry>.size)
    guard number == 0 || (stride >= known && stride % 8 == 0 && stride <= 4096) else {
      let one = what.first == "E" ? "an" : "a"
      problems.append(
        "\(whole)the size of \(one) \(what) is \(stride), version \(WEFT_ABI_VERSION) has \(known)")
      return []
    }
    let count = count(number, table, stride: stride, "\(what)s", of: whole)
    guard count > 0, let first = table else { return [] }
    return (0..<count).compactMap { index in
      let entry = (UnsafeRawPointer(first) + index &* stride).assumingMemoryBound(to: Entry.self)
      return read(&self, entry.pointee, "\(whole)\(what) \(index)")
    }
  }

  private mutating func evmInstruction(
    _ fields: weft_evm_instruction, _ place: String
  ) -> EVMParts.Instruction? {
    let known = problems.count
    let mnemonic = text(fields.mnemonic, "\(place): mnemonic", limit: 64)
    let place = mnemonic.isEmpty ? place : "EVM instruction '\(mnemonic)'"
    if !mnemonic.utf8.allSatisfy({ Self.mnemonicBytes.contains($0) }) {
      problems.append("\(place): a mnemonic has lower-case letters, digits, dots, hyphens and underscores")
    }
    if fields.opcode > 0xff { problems.append("\(place): opcode \(fields.opcode); the opcodes are 0 to 255") }
    if (0x60...0x7f).contains(fields.opcode) {
      problems.append("\(place): opcodes 0x60 to 0x7f have bytes behind them, and are Ethereum's alone")
    }
    if fields.opcode == 0x5b { problems.append("\(place): opcode 0x5b marks where jumps may land") }
    for (words, what) in [(fields.inputs, "takes"), (fields.outputs, "gives")]
    where words > UInt32(WEFT_EVM_WORDS) {
      problems.append("\(place): it \(what) \(words) words; \(WEFT_EVM_WORDS) are the most")
    }
    if fields.gas > UInt32(Int32.max) {
      problems.append("\(place): \(fields.gas) gas; \(Int32.max) is the most")
    }
    checkFork(fields.first_fork, place)
    let replaces = flags(fields.flags, place)
    let address = fields.step.map { unsafeBitCast($0, to: UInt.self) }
    guard function(address, of: place), let step = fields.step, problems.count == known else { return nil }
    return EVMParts.Instruction(
      mnemonic: mnemonic, opcode: UInt8(truncatingIfNeeded: fields.opcode), gas: fields.gas,
      inputs: Int(fields.inputs), outputs: Int(fields.outputs), firstFork: firstFork(fields.first_fork),
      replaces: replaces, step: step)
  }

  private mutating func precompile(_ fields: weft_evm_precompile, _ place: String) -> EVMParts.Precompile? {
    let known = problems.count
    let name = text(fields.name, "\(place): name", limit: 64)
    let place = name.isEmpty ? place : "precompile '\(name)'"
    if fields.address == 0 { problems.append("\(place): nothing stands at address 0") }
    checkFork(fields.first_fork, place)
    let replaces = flags(fields.flags, place)
    let gas = fields.gas.map { unsafeBitCast($0, to: UInt.self) }
    let run = fields.run.map { unsafeBitCast($0, to: UInt.self) }
    guard function(gas, of: "\(place): gas"), function(run, of: "\(place): run"), problems.count == known,
      let gas = fields.gas, let run = fields.run
    else { return nil }
    return EVMParts.Precompile(
      name: name, address: fields.address, firstFork: firstFork(fields.first_fork), replaces: replaces,
      gas: gas, run: run)
  }

  private mutating func fork(
    _ fields: weft_evm_fork, _ place: String, changeSize: UInt32
  ) -> ForkDefinition? {
    let known = problems.count
    let name = text(fields.name, "\(place): name", limit: 64)
    let place = name.isEmpty ? place : "fork '\(name)'"
    let replaces = flags(fields.flags, place)
    let changes = entries(fields.changes, fields.change_count, changeSize, "change", of: "\(place): ") {
      reader, entry, place in reader.change(entry, place)
    }
    let definition = ForkDefinition(
      name: name, base: Int(fields.base), changes: changes, replaces: replaces)
    if !name.isEmpty { problems += definition.problems.map { "\(place): \($0)" } }
    return problems.count == known ? definition : nil
  }

  private mutating func change(_ fields: weft_evm_change, _ place: String) -> ForkDefinition.Change? {
    let opcode = UInt8(exactly: fields.subject)
    switch (Int(fields.kind), opcode) {
    case (WEFT_EVM_INSTRUCTION_ON, let opcode?): return .instruction(opcode: opcode, isOn: true)
    case (WEFT_EVM_INSTRUCTION_OFF, let opcode?): return .instruction(opcode: opcode, isOn: false)
    case (WEFT_EVM_INSTRUCTION_GAS, let opcode?):
      guard fields.value <= UInt64(Int32.max) else {
        problems.append("\(place): \(fields.value) gas; \(Int32.max) is the most")
        return nil
      }
      return .instructionGas(opcode: opcode, UInt32(truncatingIfNeeded: fields.value))
    case (WEFT_EVM_INSTRUCTION_ON...WEFT_EVM_INSTRUCTION_GAS, nil):
      problems.append("\(place): opcode \(fields.subject); the opcodes are 0 to 255")
      return nil
    case (WEFT_EVM_PRECOMPILE_ON, _): return .precompile(address: fields.subject, isOn: true)
    case (WEFT_EVM_PRECOMPILE_OFF, _): return .precompile(address: fields.subject, isOn: false)
    case (WEFT_EVM_SCHEDULE, _):
      let entry = text(fields.entry, "\(place): entry", limit: 64)
      return entry.isEmpty ? nil : .schedule(entry: entry, Int64(clamping: fields.value))
    default:
      problems.append("\(place): kind \(fields.kind); the kinds are 1 to 6")
      return nil
    }
  }

  private mutating func checkFork(_ fork: UInt32, _ place: String) {
    if fork != WEFT_EVM_NO_FORK, Fork(rawValue: Int(fork)) == nil {
      problems.append("\(place): first_fork \(fork); the forks are 0 to \(Fork.allCases.count - 1)")
    }
  }

  private func firstFork(_ fork: UInt32) -> Int { fork == WEFT_EVM_NO_FORK ? .max : Int(fork) }

  /// Whether the one flag that there is stands in a field.
  private mutating func flags(_ flags: UInt32, _ place: String) -> Bool {
    if flags & ~UInt32(WEFT_EVM_REPLACES) != 0 { problems.append("\(place): unknown bits in flags") }
    return flags & UInt32(WEFT_EVM_REPLACES) != 0
  }
}
