import CWeftABI
import WeftMemory

// What an extension states of registers and of memory.
extension ChipRecorder {
  // MARK: Registers

  func registerRead(_ which: UInt32) -> UInt32 {
    let register: ChipDescription.Register
    switch which {
    case UInt32(WEFT_READS_RS1): register = .rs1
    case UInt32(WEFT_READS_RS2): register = .rs2
    case UInt32(WEFT_READS_RD): register = .rd
    default:
      note("rule registers: there is no register \(which) to read")
      return Self.nothing
    }
    guard registers.contains(NativeInstruction.RegisterUse(rawValue: which)) else {
      note("rule registers: \(register) is read, which the instruction does not declare")
      return Self.nothing
    }
    if let known = registerNodes[register] { return known }
    let first = append(.register(register, byte: 0))
    for byte in 1..<4 { _ = append(.register(register, byte: byte)) }
    registerNodes[register] = first
    return first
  }

  func registerWrite(_ bytes: UnsafePointer<weft_node>?) {
    guard chip.result == nil else { return note("rule registers: rd is written twice") }
    guard registers.contains(.writesRD) else {
      return note("rule registers: rd is written, which the instruction does not declare")
    }
    chip.result = nodes(bytes, 4, "rd")
  }

  func immediate(isNegative: Bool) -> UInt32 {
    let exists = isNegative ? form == .i || form == .s : form != .r
    guard exists else {
      note("rule registers: form \(form) has no \(isNegative ? "sign" : "immediate")")
      return Self.nothing
    }
    return append(isNegative ? .immediateIsNegative : .immediate)
  }

  // MARK: Memory

  private func space(_ number: UInt32, _ place: String) -> ChipDescription.Space? {
    if number == WEFT_GUEST_SPACE { return .memory }
    let index = Int(number &- WEFT_OWN_SPACE)
    if number >= WEFT_OWN_SPACE, index < blockSizes.count { return .own(index) }
    note(
      number < WEFT_OWN_SPACE
        ? "rule bus: \(place): space \(number) is the system's; an extension has guest memory, 2, and its own spaces"
        : "rule bus: \(place): there is no own space \(index); the extension declares \(blockSizes.count)")
    return nil
  }

  func pointer(_ space: UInt32, _ bytes: UnsafePointer<weft_node>?, _ enabled: UInt32) -> UInt32 {
    let place = "a pointer"
    guard hasRoom(chip.pointers.count, "pointers"), let space = self.space(space, place),
      let bytes = nodes(bytes, 4, place), let enabled = self.enabled(enabled, place)
    else { return Self.nothing }
    chip.pointers.append(ChipDescription.Pointer(space: space, bytes: bytes, enabled: enabled))
    return append(.pointer(chip.pointers.count &- 1))
  }

  func access(
    isWrite: Bool, _ space: UInt32, _ pointer: UInt32, _ count: UInt32, _ enabled: UInt32,
    _ label: UnsafePointer<CChar>?
  ) -> UInt32 {
    guard chip.accesses.count < 256 else {
      note("rule size: more than 256 accesses in a row")
      return Self.nothing
    }
    guard let label = text(label, "an access") else { return Self.nothing }
    let place = "access '\(label)'"
    guard let space = self.space(space, place), let pointer = node(pointer, place),
      let enabled = self.enabled(enabled, place)
    else { return Self.nothing }
    let size =
      switch space {
      case .memory: 4
      case .own(let index): blockSizes[index]
      }
    guard Int(count) == size else {
      note("rule memory: \(place): \(count) cells, a block of the space has \(size)")
      return Self.nothing
    }
    if chip.accesses.contains(where: { $0.label == label }) {
      note("rule labels: two accesses are named '\(label)'")
      return Self.nothing
    }
    let number = chip.accesses.count
    chip.accesses.append(
      ChipDescription.Access(
        space: space, pointer: pointer, cellCount: size, enabled: enabled, phase: phase, label: label,
        isWrite: isWrite))
    let first = append(.cell(access: number, index: 0))
    for index in 1..<max(1, size) { _ = append(.cell(access: number, index: index)) }
    if isWrite { cellNodes[first] = number }
    return first
  }

  func set(_ before: UInt32, _ after: UnsafePointer<weft_node>?) {
    guard let number = cellNodes[before] else {
      if before != Self.nothing || problems.isEmpty {
        note("rule memory: node \(before) is not the first cell of a write")
      }
      return
    }
    let access = chip.accesses[number]
    guard access.cells.isEmpty else { return note("rule memory: '\(access.label)' is set twice") }
    guard let cells = nodes(after, access.cellCount, "access '\(access.label)'") else { return }
    chip.accesses[number].cells = cells
  }

  func nextPhase() {
    // A phase without accesses is none, and one row has its accesses in their order anyway.
    if chip.isLoop, chip.accesses.contains(where: { $0.phase == phase }) { phase += 1 }
  }
}
