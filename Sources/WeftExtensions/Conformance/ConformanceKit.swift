import WeftMachine
import WeftMemory
import WeftRV32

/// Runs an extension's instructions on random operands and demands what every extension owes its users.
///
/// - *agreement*: every engine in every mode, fast and recorded, gives the same registers, memory, spaces, output and
///   end; the records replay to the final memory, so every byte that changed is accounted for; declared ticks hold;
///   no rule of the interface is broken.
/// - *determinism*: the same again.
/// - *declared registers*: other values in registers that the instruction does not declare change nothing else.
/// - *snapshots*: going back to one gives the same end again.
/// - *tail calls*: a full handler jumps to the next instruction, whatever it was compiled with.
/// - *EVM*: instructions and precompiled contracts give the same on both engines and every time, with any gas; static
///   calls change nothing; forks can be run.
/// - *chips*: the chips of provable instructions accept an honest run, fill the same rows again, and reject every change
///   of a cell.
///
/// ```swift
/// let report = ConformanceKit().check(try ExtensionLoader().load("./libWeftBits.so"))
/// print(report.isAccepted, report.problems)
/// ```
public struct ConformanceKit: Sendable {
  /// Cases per instruction.
  public var casesPerInstruction = 100
  public var seed: UInt64 = 1
  /// Problems that are listed per check; of an instruction there is at most one.
  public var problemLimit = 20
  /// What an EVM has besides, and the extension may replace.
  public var companions: [any VMExtension] = []
  /// Rows of every chip that are attacked.
  public var attackedRows = 12

  public init() {}

  /// - Parameter progress: gets the name of each instruction that is checked, and how far that is, from 0 to 1.
  public func check(
    _ extension: any VMExtension, progress: (String, Double) -> Void = { _, _ in }
  ) -> ConformanceReport {
    var session = ConformanceSession(kit: self, extensions: [`extension`])
    let instructions = session.instructions(of: `extension`)
    for (index, instruction) in instructions.enumerated() {
      progress(instruction.mnemonic, Double(index) / Double(instructions.count))
      session.check(instruction)
    }
    session.checkEVM(`extension`)
    let provable = instructions.filter(\.isProvable)
    if !provable.isEmpty {
      progress("chips", 1)
      session.checkChips(provable)
    }
    return session.report
  }
}

/// One pass of the kit.
struct ConformanceSession {
  struct Instruction {
    var mnemonic: String
    var match: UInt32
    var mask: UInt32
    var native: NativeInstruction?
    /// Whether it has a chip.
    var isProvable = false
  }

  let kit: ConformanceKit
  let extensions: [any VMExtension]
  var random: SplitMix64
  private var checks: [ConformanceReport.Check] = []
  /// How often each instruction went wrong; once is enough.
  private var problems: [String: Int] = [:]

  init(kit: ConformanceKit, extensions: [any VMExtension]) {
    self.kit = kit
    self.extensions = extensions
    random = SplitMix64(seed: kit.seed)
  }

  var report: ConformanceReport { ConformanceReport(checks: checks) }

  /// The RV32 instructions that an extension registers.
  mutating func instructions(of extension: any VMExtension) -> [Instruction] {
    var registry = ExtensionRegistry()
    do throws(RegistrationError) {
      try registry.add(`extension`)
    } catch {
      note("registration", "\(error)")
      return []
    }
    count("registration")
    return registry.entries.compactMap { entry in
      guard case .rv32(let match, let mask) = entry.executor.encoding else { return nil }
      let lowered = entry.executor.lower(match, at: ConformanceCase.codeAddress)
      // What Swift code stands behind declares no registers.
      guard case .native(let native)? = lowered?.implementation, native.service == nil else {
        return Instruction(mnemonic: entry.executor.mnemonic, match: match, mask: mask)
      }
      return Instruction(
        mnemonic: entry.executor.mnemonic, match: match, mask: mask, native: native,
        isProvable: entry.executor.chip != nil)
    }
  }

  mutating func check(_ instruction: Instruction) {
    tailCalls(instruction)
    for _ in 0..<kit.casesPerInstruction where problemCount(of: instruction) == 0 {
      let item = ConformanceCase(match: instruction.match, mask: instruction.mask, using: &random)
      do {
        let program = try item.program()
        guard let first = try agreement(instruction, item, program) else { continue }
        try determinism(instruction, item, program, first)
        try declaredRegisters(instruction, item, first)
        try snapshots(instruction, item, program, first)
      } catch {
        note("agreement", instruction, item, "\(error)")
      }
    }
  }

  // MARK: Checks

  private mutating func agreement(
    _ instruction: Instruction, _ item: ConformanceCase, _ program: RV32Program
  ) throws(MachineError) -> ConformanceRun? {
    count("agreement")
    let forms = ConformanceRun.Form.all
    let first = try ConformanceRun(program, forms[0], extensions)
    for form in forms {
      let run = try ConformanceRun(program, form, extensions)
      // A record that is full says nothing about the instruction.
      if case .limit(.records) = run.exit { return nil }
      if let rule = run.brokenRule {
        note("rules", instruction, item, "\(form): \(rule)")
        return nil
      }
      if let difference = run.difference(from: first) {
        note("agreement", instruction, item, "\(form): \(difference) in \(forms[0])")
        return nil
      }
    }
    return first
  }

  /// A full handler goes on by a jump: one that calls the next instruction fills the stack of a long run.
  private mutating func tailCalls(_ instruction: Instruction) {
    guard let native = instruction.native, let finding = TailCallProbe.examine(native) else { return }
    count("tail calls")
    if finding != .jumps {
      note("tail calls", "\(instruction.mnemonic): \(finding)")
      problems[instruction.mnemonic, default: 0] += 1
    }
  }

  private mutating func determinism(
    _ instruction: Instruction, _ item: ConformanceCase, _ program: RV32Program, _ first: ConformanceRun
  ) throws(MachineError) {
    count("determinism")
    let form = ConformanceRun.Form(engine: .threaded, mode: .fast)
    let again = try ConformanceRun(program, form, extensions)
    if let difference = again.difference(from: first) {
      note("determinism", instruction, item, "\(difference) the time before")
    }
  }

  /// Changes all registers that none of the words names.
  private mutating func declaredRegisters(
    _ instruction: Instruction, _ item: ConformanceCase, _ first: ConformanceRun
  ) throws {
    guard let native = instruction.native else { return }
    count("declared registers")
    var named: Set<Int> = []
    for word in item.words {
      let operands = native.form.operands(of: word)
      if native.registers.contains(.readsRS1) { named.insert(operands.rs1) }
      if native.registers.contains(.readsRS2) { named.insert(operands.rs2) }
      if !native.registers.isDisjoint(with: [.readsRD, .writesRD]) { named.insert(operands.rd) }
    }
    var other = item
    for index in other.registers.indices where !named.contains(index &+ 1) {
      other.registers[index] = ~other.registers[index]
    }
    let run = try ConformanceRun(try other.program(), .init(engine: .reference, mode: .fast), extensions)
    if run.exit != first.exit || run.output != first.output {
      note("declared registers", instruction, item, "it depends on registers it does not declare")
      return
    }
    // Only the named registers, memory and spaces are compared: the others were given other values.
    var (mine, theirs) = (run, first)
    for index in 1..<32 where !named.contains(index) {
      let place = MemoryAddress(.registers, UInt32(index) * 4)
      mine.clear(4, at: place)
      theirs.clear(4, at: place)
    }
    // The code sets the registers, so it differs as well.
    if let difference = mine.differenceOutsideCode(from: theirs) {
      note(
        "declared registers",
        "\(instruction.mnemonic) (\(item.text)): \(difference) with other values in registers it does not declare"
      )
    }
  }

  private mutating func snapshots(
    _ instruction: Instruction, _ item: ConformanceCase, _ program: RV32Program, _ first: ConformanceRun
  ) throws(MachineError) {
    var machine = try Machine(
      program, configuration: ConformanceRun.configuration(.threaded), extensions: extensions)
    try machine.start()
    _ = try machine.step(UInt64(item.preamble) + 1)
    if case .trapped = machine.outcome.exit { return }
    let snapshot: MachineSnapshot
    do throws(MachineError) {
      snapshot = try machine.snapshot()
    } catch .extensionFailed(let failure) where failure == .unsaved(failure.name) {
      // An extension with state may do without snapshots.
      return
    }
    count("snapshots")
    let ends = [try machine.resume(), try back(&machine, to: snapshot)]
    let run = try ConformanceRun(machine, ends[1], validates: false)
    if ends[0].exit != ends[1].exit {
      note("snapshots", instruction, item, "\(ends[1].exit) after going back")
    } else if let difference = run.difference(from: first) {
      note("snapshots", instruction, item, "\(difference) without going back")
    }
  }

  private func back(
    _ machine: inout Machine, to snapshot: MachineSnapshot
  ) throws(MachineError) -> Outcome {
    try machine.restore(snapshot)
    return try machine.resume()
  }

  // MARK: Notes

  mutating func count(_ name: String) { checks[index(of: name)].cases += 1 }

  private mutating func note(
    _ name: String, _ instruction: Instruction, _ item: ConformanceCase, _ problem: String
  ) {
    note(name, "\(instruction.mnemonic) (\(item.text)): \(problem)")
    problems[instruction.mnemonic, default: 0] += 1
  }

  private func problemCount(of instruction: Instruction) -> Int { problems[instruction.mnemonic] ?? 0 }

  mutating func note(_ name: String, _ problem: String) {
    let index = index(of: name)
    if checks[index].problems.count < kit.problemLimit { checks[index].problems.append(problem) }
  }

  private mutating func index(of name: String) -> Int {
    if let index = checks.firstIndex(where: { $0.name == name }) { return index }
    checks.append(ConformanceReport.Check(name: name, cases: 0, problems: []))
    return checks.count - 1
  }
}

extension ConformanceRun {
  /// Forgets what some bytes hold.
  fileprivate mutating func clear(_ count: Int, at place: MemoryAddress) {
    do throws(MemoryError) {
      try memory.setBytes([UInt8](repeating: 0, count: count), at: place)
    } catch {
      // Registers and the code of a case lie inside every image.
    }
  }

  /// As `difference(from:)`, with the code left out.
  fileprivate func differenceOutsideCode(from other: ConformanceRun) -> String? {
    var (mine, theirs) = (self, other)
    let code = MemoryAddress(.memory, ConformanceCase.codeAddress)
    mine.clear(512, at: code)
    theirs.clear(512, at: code)
    return mine.difference(from: theirs)
  }
}
