import CWeftABI

/// Decodes code into slots, one sequence at a time.
///
/// A sequence begins at the start of code or at a jump destination and runs to an instruction behind which control
/// never goes on, or to a part that is decoded already. It consists of lines; see `Line`.
struct CodeDecoder: ~Copyable {
  private let analysis: CodeAnalysis.Pointer
  private let entries: UnsafeMutablePointer<OpcodeTable.Entry>
  private let scratch: UnsafeMutablePointer<Step>
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
    if analysis.pointee.landingAt[counter] == 0 {
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
      if steps >= Self.lineLimit { cut(at: counter) }
      let opcode = code[counter]
      let entry = entries[Int(opcode)]
      if opcode == Opcode.jumpdest.rawValue, entry.kind == .standard {
        let known = Int(analysis.pointee.landingAt[counter])
        if known != 0 { return link(to: known, at: counter) }
        addLanding(at: counter, entry)
        counter &+= 1
        continue
      }
      if let next = fuse(opcode, entry, at: counter) {
        counter = next
        continue
      }
      add(entry)
      let slot = emit(entry.handler, at: counter)
      let length = 1 &+ Opcode(opcode).immediateByteCount
      setPayload(of: slot, opcode, at: counter)
      switch entry.flow {
      case .continues: break
      case .endsLine:
        closeLine(.empty)
        head = .slot(slot)
      case .ends:
        closeLine(.empty)
        return
      }
      counter &+= length
    }
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
    } else {
      analysis.pointee.slots[slot].payloadWord = UInt64(truncatingIfNeeded: counter)
    }
  }

  private mutating func emit(_ handler: UInt, at counter: Int) -> Int {
    let slot = analysis.pointee.slotCount
    analysis.pointee.slots[slot] = weft_instruction(
      handler: handler, rd: 0, rs1: 0, length: 0, immediate: 0)
    analysis.pointee.counters[slot] = UInt32(truncatingIfNeeded: counter)
    analysis.pointee.slotCount = slot &+ 1
    return slot
  }

  private mutating func addLanding(at counter: Int, _ entry: OpcodeTable.Entry) {
    let index = analysis.pointee.landingCount
    let slot = analysis.pointee.slots + analysis.pointee.slotCount
    (analysis.pointee.landings + index).initialize(to: Landing(slot: slot, line: .empty))
    analysis.pointee.landingAt[counter] = UInt32(truncatingIfNeeded: index)
    analysis.pointee.landingCount = index &+ 1
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

  /// Several instructions in one handler, where that pays.
  private mutating func fuse(_ opcode: UInt8, _ entry: OpcodeTable.Entry, at counter: Int) -> Int? { nil }

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
