import CWeftABI

/// Decodes code into slots, one sequence at a time.
///
/// A sequence begins at the start of code or at a jump destination and runs to an instruction behind which control
/// never goes on, or to a part that is decoded already. It consists of lines; see `Line`.
struct CodeDecoder: ~Copyable {
  private let analysis: CodeAnalysis.Pointer
  private let entries: UnsafeMutablePointer<OpcodeTable.Entry>
  private let scratch: UnsafeMutablePointer<Step>
  private let groups = GroupTable.shared
  /// Where the words are that the DUPs of a group push, in bytes from the top of the stack before it; 1 for others.
  private var places = InlineArray<8, Int>(repeating: 1)
  private var steps = 0
  /// Where the price of the present line goes.
  private var head = Head.none

  /// An instruction of the present line.
  struct Step: BitwiseCopyable {
    var gas: UInt32
    var inputs: UInt8
    var outputs: UInt8
    /// For a jump destination: its landing.
    var landing: UInt32
  }

  /// Most instructions of a line; longer ones are cut.
  static var lineLimit: Int { 1024 }
  /// A line that is cut has no fewer instructions, as groups stay whole.
  static var shortestCutLine: Int { lineLimit &- GroupTable.longest }

  private enum Head {
    case none
    case entry
    case slot(Int)
  }

  init(
    _ analysis: CodeAnalysis.Pointer, _ table: UnsafeMutablePointer<OpcodeTable.Entry>,
    scratch: UnsafeMutablePointer<Step>
  ) {
    self.analysis = analysis
    entries = table
    self.scratch = scratch
  }

  /// Decodes the beginning of code, if that has not been done.
  mutating func decodeEntry() {
    if analysis.pointee.isDecoded { return }
    analysis.pointee.isDecoded = true
    head = .entry
    // Code may begin with a destination that was jumped to; the entry has a line of its own all the same.
    decode(from: 0)
  }

  /// Decodes from a jump destination, if that has not been done; gives its landing.
  mutating func decodeLanding(at counter: Int) -> Int {
    if decodedLanding(at: counter) == nil {
      head = .none
      decode(from: counter)
    }
    return Int(analysis.pointee.landingAt[counter])
  }

  // MARK: Sequences

  private mutating func decode(from start: Int) {
    let code = analysis.pointee.code
    var counter = start
    steps = 0
    while true {
      if counter >= analysis.pointee.size {
        _ = emit(HandlerTable.stop, at: analysis.pointee.size)
        closeLine(.empty)
        return
      }
      if steps > Self.shortestCutLine { cut(at: counter) }
      let opcode = code[counter]
      let entry = entries[Int(opcode)]
      if opcode == Opcode.jumpdest.rawValue, entry.kind == .standard {
        if let known = decodedLanding(at: counter) { return link(to: known, at: counter) }
        addLanding(at: counter, entry)
        counter &+= 1
        continue
      }
      let last = addInstructions(at: &counter)
      switch last.entry.flow {
      case .continues: break
      case .endsLine:
        closeLine(.empty)
        head = .slot(last.slot)
      case .ends:
        closeLine(.empty)
        return
      }
    }
  }

  /// Adds the instruction at a program counter, or the group that begins there; gives the last one.
  private mutating func addInstructions(at counter: inout Int) -> (entry: OpcodeTable.Entry, slot: Int) {
    let code = analysis.pointee.code
    let group = longestGroup(at: counter)
    var entry = entries[Int(code[counter])]
    var slot = 0
    var index = 0
    while true {
      let opcode = code[counter]
      add(entry)
      slot = emit(index == 0 ? group.handler ?? entry.handler : entry.handler, at: counter)
      setPayload(of: slot, opcode, at: counter)
      if entry.shape == .dup, group.count > 1 {
        analysis.pointee.slots[slot].payloadWord = UInt64(truncatingIfNeeded: places[unchecked: index])
      }
      counter &+= 1 &+ Opcode(opcode).immediateByteCount
      index &+= 1
      if index == group.count { return (entry, slot) }
      entry = entries[Int(code[counter])]
      if entry.shape == .jump || entry.shape == .jumpi { nameTarget(of: slot) }
    }
  }

  /// How many instructions from a program counter on one handler carries out, and which.
  private mutating func longestGroup(at start: Int) -> (handler: UInt?, count: Int) {
    var found: (handler: UInt?, count: Int) = (nil, 1)
    var (state, counter, index) = (0, start, 0)
    var pushed = UInt256.zero
    while counter < analysis.pointee.size {
      let opcode = Opcode(analysis.pointee.code[counter])
      let shape = entries[Int(opcode.rawValue)].shape
      guard let next = groups.step(state, shape) else { break }
      let count = opcode.immediateByteCount
      switch shape {
      case .push: pushed = analysis.pointee.pushedValue(at: counter &+ 1, count: count)
      case .jump, .jumpi:
        guard pushed.fitsInUInt64, CodeAnalysis.isDestination(analysis, pushed.limb0) else { return found }
      case .dup:
        // DUPs follow pushing instructions only. One that pushes a constant of the group again is not in it.
        let above = index &- 1 &- Int(opcode.rawValue &- Opcode.dup1.rawValue)
        places[unchecked: index] = above < 0 ? (above &+ 1) &* 32 : places[unchecked: above]
        if places[unchecked: index] > 0 { return found }
      default: break
      }
      if shape != .dup { places[unchecked: index] = 1 }
      state = next
      counter &+= 1 &+ count
      index &+= 1
      if let handler = groups.handler(state) { found = (handler, index) }
    }
    return found
  }

  /// Lets the PUSH in a slot, behind which a jump stands, point to the landing in the place of its value.
  private mutating func nameTarget(of slot: Int) {
    let counter = Int(truncatingIfNeeded: analysis.pointee.slots[slot].payloadWord)
    if analysis.pointee.landingAt[counter] == 0 { addPendingLanding(at: counter) }
    let landing = analysis.pointee.landings + Int(analysis.pointee.landingAt[counter])
    analysis.pointee.slots[slot].payloadWord = UInt64(UInt(bitPattern: landing))
  }

  private func setPayload(of slot: Int, _ opcode: UInt8, at counter: Int) {
    let count = Opcode(opcode).immediateByteCount
    if count > 0 {
      let value = analysis.pointee.pushedValue(at: counter &+ 1, count: count)
      if count <= 8 {
        analysis.pointee.slots[slot].payloadWord = value.limb0
      } else {
        let constant = analysis.pointee.constants + analysis.pointee.constantCount
        analysis.pointee.constantCount &+= 1
        constant.initialize(to: value)
        analysis.pointee.slots[slot].payloadWord = UInt64(UInt(bitPattern: constant))
      }
      return
    }
    // The value of PUSH0; where the other word of a SWAP is; of all others, where they stand.
    let place =
      switch entries[Int(opcode)].shape {
      case .push: 0
      case .swap: -32 &* Int(opcode &- Opcode.swap1.rawValue)
      default: counter
      }
    analysis.pointee.slots[slot].payloadWord = UInt64(truncatingIfNeeded: place)
  }

  private mutating func emit(_ handler: UInt, at counter: Int) -> Int {
    let slot = analysis.pointee.slotCount
    analysis.pointee.slots[slot] = weft_instruction(
      handler: handler, rd: 0, rs1: 0, length: 0, immediate: 0)
    analysis.pointee.counters[slot] = UInt32(truncatingIfNeeded: counter)
    analysis.pointee.slotCount = slot &+ 1
    return slot
  }

  /// The landing at a program counter whose sequence is decoded or about to be.
  private func decodedLanding(at counter: Int) -> Int? {
    let index = Int(analysis.pointee.landingAt[counter])
    return index == 0 || Landing.isPending(analysis.pointee.landings + index) ? nil : index
  }

  private mutating func addPendingLanding(at counter: Int) {
    let index = analysis.pointee.landingCount
    Landing.initialize(analysis.pointee.landings + index, counter: counter)
    analysis.pointee.landingAt[counter] = UInt32(truncatingIfNeeded: index)
    analysis.pointee.landingCount = index &+ 1
  }

  private mutating func addLanding(at counter: Int, _ entry: OpcodeTable.Entry) {
    if analysis.pointee.landingAt[counter] == 0 { addPendingLanding(at: counter) }
    let index = Int(analysis.pointee.landingAt[counter])
    let slot = analysis.pointee.slots + analysis.pointee.slotCount
    analysis.pointee.landings[index].slot = UnsafePointer(slot)
    add(entry, landing: index)
  }

  /// The sequence reaches one that is decoded: goes on there.
  private mutating func link(to landing: Int, at counter: Int) {
    let slot = emit(HandlerTable.link, at: counter)
    let target = analysis.pointee.landings[landing]
    analysis.pointee.slots[slot].payloadWord = UInt64(UInt(bitPattern: target.slot))
    closeLine(target.line)
  }

  /// Ends a line that grows too long.
  private mutating func cut(at counter: Int) {
    let slot = emit(HandlerTable.line, at: counter)
    closeLine(.empty)
    head = .slot(slot)
  }

  // MARK: Lines

  private mutating func add(_ entry: OpcodeTable.Entry, landing: Int = 0) {
    scratch[steps] = Step(
      gas: entry.staticGas, inputs: entry.inputs, outputs: entry.outputs,
      landing: UInt32(truncatingIfNeeded: landing))
    steps &+= 1
  }

  /// Prices the present line from behind: every destination inside is the head of a line of its own.
  private mutating func closeLine(_ following: Line) {
    var line = following
    while steps > 0 {
      steps &-= 1
      let step = scratch[steps]
      line = line.preceded(gas: step.gas, inputs: Int(step.inputs), outputs: Int(step.outputs))
      if step.landing != 0 { analysis.pointee.landings[Int(step.landing)].line = line }
    }
    switch head {
    case .none: break
    case .entry: analysis.pointee.entryLine = line
    case .slot(let slot): analysis.pointee.slots[slot].payloadWord = line.rawValue
    }
    head = .none
  }
}

extension weft_instruction {
  /// The eight bytes behind the handler.
  var payloadWord: UInt64 {
    get {
      UInt64(rd) | UInt64(rs1) &<< 8 | UInt64(length) &<< 16 | UInt64(UInt32(bitPattern: immediate)) &<< 32
    }
    set {
      rd = UInt8(truncatingIfNeeded: newValue)
      rs1 = UInt8(truncatingIfNeeded: newValue &>> 8)
      length = UInt16(truncatingIfNeeded: newValue &>> 16)
      immediate = Int32(truncatingIfNeeded: Int64(bitPattern: newValue) &>> 32)
    }
  }
}
