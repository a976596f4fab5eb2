import CProbe
import CWeftABI
import WeftMachine

/// Reads a `weft_extension`, checks everything that can be checked without calling into it, and collects all problems.
///
/// No address in the table is trusted: each is looked at by the kernel before it is read.
struct DescriptionReader {
  var problems: [String] = []

  /// `nil` when there are problems.
  static func read(
    _ table: UnsafePointer<weft_extension>
  ) -> (description: ExtensionDescription?, problems: [String]) {
    var reader = DescriptionReader()
    let description = reader.extensionDescription(table)
    return (reader.problems.isEmpty ? description : nil, reader.problems)
  }

  private mutating func extensionDescription(
    _ table: UnsafePointer<weft_extension>
  ) -> ExtensionDescription? {
    guard UInt(bitPattern: table) % UInt(MemoryLayout<weft_extension>.alignment) == 0 else {
      problems.append("the entry function gave a misaligned address")
      return nil
    }
    guard weft_can_read(table, 8) else {
      problems.append("the entry function gave an address that cannot be read")
      return nil
    }
    // These two are the same in every version; what follows depends on them.
    let raw = UnsafeRawPointer(table)
    let size = raw.load(as: UInt32.self)
    let version = raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    guard version == UInt32(WEFT_ABI_VERSION) else {
      problems.append("is built for version \(version) of the ABI, this is version \(WEFT_ABI_VERSION)")
      return nil
    }
    guard Int(size) >= Self.firstSize else {
      problems.append(
        "struct_size of weft_extension is \(size), version \(version) has \(Self.firstSize) at least")
      return nil
    }
    // Fields that the table does not have are zero.
    let known = min(Int(size), MemoryLayout<weft_extension>.size)
    guard weft_can_read(table, known) else {
      problems.append("weft_extension goes on where nothing can be read")
      return nil
    }
    var fields = weft_extension()
    withUnsafeMutableBytes(of: &fields) {
      $0.copyBytes(from: UnsafeRawBufferPointer(start: table, count: known))
    }
    if known < MemoryLayout<weft_extension>.size { fields.evm = nil }
    let name = text(fields.name, "name", limit: 64)
    var interface = NativeInterface(name: name)
    interface.initialize = fields.`init`
    interface.teardown = fields.teardown
    interface.save = fields.save
    interface.restore = fields.restore
    if (fields.save == nil) != (fields.restore == nil) {
      problems.append("save and restore come together: one of them is NULL")
    }
    code(fields.`init`.address, "init")
    code(fields.teardown.address, "teardown")
    code(fields.save.address, "save")
    code(fields.restore.address, "restore")
    return ExtensionDescription(
      name: name, version: text(fields.version, "version", limit: 64),
      license: text(fields.license, "license", limit: 128),
      instructions: instructions(fields), phantoms: phantoms(fields), calls: calls(fields),
      spaces: spaces(fields), evm: evmParts(fields.evm),
      interface: interface)
  }

  /// The size of `weft_extension` before anything was added at its end.
  private static let firstSize = MemoryLayout<weft_extension>.offset(of: \.evm) ?? 0

  // MARK: Tables

  private mutating func instructions(_ fields: weft_extension) -> [ExtensionDescription.Instruction] {
    let stride = Int(fields.instruction_size)
    let known = MemoryLayout<weft_extension_instruction>.size
    guard fields.instruction_count == 0 || (stride >= known && stride % 8 == 0 && stride <= 4096) else {
      problems.append("instruction_size is \(stride), version \(WEFT_ABI_VERSION) has \(known)")
      return []
    }
    let count = count(fields.instruction_count, fields.instructions, stride: stride, "instructions")
    guard count > 0, let first = fields.instructions else { return [] }
    return (0..<count).compactMap { index in
      let entry = (UnsafeRawPointer(first) + index * stride)
        .assumingMemoryBound(to: weft_extension_instruction.self)
      return instruction(entry.pointee, "instruction \(index)")
    }
  }

  private mutating func instruction(
    _ fields: weft_extension_instruction, _ place: String
  ) -> ExtensionDescription.Instruction? {
    let mnemonic = text(fields.mnemonic, "\(place): mnemonic", limit: 64)
    let place = mnemonic.isEmpty ? place : "instruction '\(mnemonic)'"
    let known = problems.count
    if !mnemonic.utf8.allSatisfy({ Self.mnemonicBytes.contains($0) }) {
      problems.append("\(place): a mnemonic has lower-case letters, digits, dots, hyphens and underscores")
    }
    guard fields.instruction_set == UInt32(WEFT_RV32) else {
      problems.append(
        "\(place): instruction set \(fields.instruction_set); 1 is RV32, and the EVM has a table of its own")
      return nil
    }
    let encoding = InstructionEncoding.rv32(match: fields.encoding.match, mask: fields.encoding.mask)
    let form = NativeInstruction.Form(rawValue: fields.form)
    if form == nil { problems.append("\(place): form \(fields.form); the forms are 0 to 3") }
    let registers = NativeInstruction.RegisterUse(rawValue: fields.registers)
    if fields.registers & ~0xf != 0 { problems.append("\(place): unknown bits in registers") }
    if form == .s, registers.contains(.writesRD) || registers.contains(.readsRD) {
      problems.append("\(place): form S has no rd")
    }
    if form == .i || form == .u, registers.contains(.readsRS2) {
      problems.append("\(place): forms I and U have no rs2")
    }
    if form == .u, registers.contains(.readsRS1) { problems.append("\(place): form U has no rs1") }
    if fields.ticks != 0, Int(fields.ticks) < registers.rawValue.nonzeroBitCount {
      problems.append("\(place): \(fields.ticks) ticks, but its registers alone take more")
    }
    if let step = fields.step { code(unsafeBitCast(step, to: UInt.self), "\(place): step") }
    if let handler = fields.handler { code(unsafeBitCast(handler, to: UInt.self), "\(place): handler") }
    if fields.step == nil {
      problems.append(
        fields.handler == nil
          ? "\(place): no step function"
          : "\(place): a handler needs a step function besides, for recorded runs")
    }
    if let air = fields.air { self.air(air, place) }
    guard problems.count == known, let form, let step = fields.step else { return nil }
    return ExtensionDescription.Instruction(
      mnemonic: mnemonic, encoding: encoding, form: form, registers: registers, ticks: fields.ticks,
      step: step, handler: fields.handler, air: fields.air)
  }

  /// Looks at the table of a chip, as far as that goes without a call.
  private mutating func air(_ air: UnsafePointer<weft_air>, _ place: String) {
    let (size, version) = (MemoryLayout<weft_air>.size, UInt32(WEFT_ABI_VERSION))
    guard UInt(bitPattern: air) % UInt(MemoryLayout<weft_air>.alignment) == 0, weft_can_read(air, size) else {
      problems.append("\(place): air is no address of a weft_air")
      return
    }
    guard air.pointee.abi_version == version, Int(air.pointee.struct_size) >= size else {
      problems.append(
        "\(place): air has version \(air.pointee.abi_version) and struct_size \(air.pointee.struct_size), "
          + "this is version \(version) with \(size)")
      return
    }
    if air.pointee.describe == nil { problems.append("\(place): air has no describe function") }
    code(air.pointee.describe.address, "\(place): describe")
    code(air.pointee.row_count.address, "\(place): row_count")
    code(air.pointee.fill.address, "\(place): fill")
  }

  static let mnemonicBytes = Set("abcdefghijklmnopqrstuvwxyz0123456789.-_".utf8)

  private mutating func phantoms(_ fields: weft_extension) -> [ExtensionDescription.Phantom] {
    let count = count(fields.phantom_count, fields.phantoms, "phantoms")
    return (0..<count).compactMap { index in
      guard let entry = fields.phantoms?[index] else { return nil }
      let name = text(entry.name, "phantom \(index): name", limit: 64)
      let address = entry.perform.map { unsafeBitCast($0, to: UInt.self) }
      guard function(address, of: "phantom '\(name)'"), let perform = entry.perform else { return nil }
      return ExtensionDescription.Phantom(name: name, number: entry.number, perform: perform)
    }
  }

  private mutating func calls(_ fields: weft_extension) -> [ExtensionDescription.Call] {
    let count = count(fields.call_count, fields.calls, "calls")
    return (0..<count).compactMap { index in
      guard let entry = fields.calls?[index] else { return nil }
      let name = text(entry.name, "call \(index): name", limit: 64)
      let address = entry.perform.map { unsafeBitCast($0, to: UInt.self) }
      guard function(address, of: "call '\(name)'"), let perform = entry.perform else { return nil }
      return ExtensionDescription.Call(name: name, number: entry.number, perform: perform)
    }
  }

  private mutating func spaces(_ fields: weft_extension) -> [ExtensionDescription.Space] {
    let count = count(fields.space_count, fields.spaces, "spaces")
    return (0..<count).compactMap { index in
      guard let entry = fields.spaces?[index] else { return nil }
      let name = text(entry.name, "space \(index): name", limit: 64)
      guard entry.cell_kind <= 1 else {
        problems.append("space '\(name)': cell kind \(entry.cell_kind); 0 is a byte, 1 a field element")
        return nil
      }
      return ExtensionDescription.Space(
        name: name, holdsFieldElements: entry.cell_kind == UInt32(WEFT_CELL_FIELD),
        blockSize: Int(entry.block_size), cellCount: entry.cell_count)
    }
  }

  // MARK: Values

  /// Whether an entry has a function, and that is code.
  mutating func function(_ address: UInt?, of entry: String) -> Bool {
    guard let address else {
      problems.append("\(entry): no function")
      return false
    }
    return code(address, "\(entry): its function")
  }

  mutating func count<Entry>(
    _ count: UInt32, _ table: UnsafePointer<Entry>?, stride: Int = MemoryLayout<Entry>.stride,
    _ what: String, of whole: String = ""
  ) -> Int {
    if count > UInt32(ExtensionDescription.countLimit) {
      problems.append("\(whole)\(count) \(what); the limit is \(ExtensionDescription.countLimit)")
      return 0
    }
    guard count > 0 else { return 0 }
    guard let table else {
      problems.append("\(whole)\(count) \(what), but the table is NULL")
      return 0
    }
    guard UInt(bitPattern: table) % UInt(MemoryLayout<Entry>.alignment) == 0 else {
      problems.append("\(whole)the table of \(what) is misaligned")
      return 0
    }
    guard weft_can_read(table, Int(count) &* stride) else {
      problems.append("\(whole)the table of \(what) cannot be read")
      return 0
    }
    return Int(count)
  }

  /// Whether there may be code at an address; `nil` is no function at all.
  @discardableResult
  mutating func code(_ address: UInt?, _ what: String) -> Bool {
    guard let address, !weft_can_read(UnsafeRawPointer(bitPattern: address), 1) else { return true }
    problems.append("\(what) is no address of code")
    return false
  }

  /// Copies a string of at most `limit` bytes.
  mutating func text(_ pointer: UnsafePointer<CChar>?, _ what: String, limit: Int) -> String {
    guard let pointer else {
      problems.append("\(what) is NULL")
      return ""
    }
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let place = pointer + bytes.count
      // Memory ends at the border of a page.
      if bytes.isEmpty || UInt(bitPattern: place) & 4095 == 0, !weft_can_read(place, 1) {
        problems.append("\(what) cannot be read")
        return ""
      }
      if place.pointee == 0 { break }
      bytes.append(UInt8(bitPattern: place.pointee))
    }
    guard !bytes.isEmpty else {
      problems.append("\(what) is empty")
      return ""
    }
    guard bytes.count <= limit else {
      problems.append("\(what) has more than \(limit) bytes")
      return ""
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.append("\(what) is no UTF-8")
      return ""
    }
    // It will stand in messages, of one line each, and on terminals.
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
      problems.append("\(what) has control characters")
      return ""
    }
    return text
  }
}

extension Optional {
  /// Of a function; `nil` for none.
  fileprivate var address: UInt? { map { unsafeBitCast($0, to: UInt.self) } }
}
