import Weft

/// The result of a run as data: what `weft run --json` prints.
struct RunReport: Codable, Equatable {
  /// How the run ended. `code` is the guest's exit code or the trap's `mcause`, null where there is none.
  struct Exit: Codable, Equatable {
    let kind: Kind
    let code: UInt32?
    let message: String
    /// Where the guest trapped.
    let programCounter: UInt64?

    enum Kind: String, Codable { case halted, trapped, limit }
  }

  struct Count: Codable, Equatable {
    let instruction: String
    let count: UInt64
  }

  /// A function and the instructions that retired in itself, without those of its callees.
  struct Function: Codable, Equatable {
    let name: String
    let instructions: UInt64
  }

  /// Size of the records of a recorded run.
  struct Records: Codable, Equatable {
    let count: Int
    let bytes: Int
  }

  let program: String
  let engine: String
  /// As `--mode` spells it, or "profile".
  let mode: String
  let exit: Exit
  let instructions: UInt64
  let seconds: Double
  /// Millions of instructions per second; null for runs too short to time.
  let mips: Double?
  /// Guest output as text; bytes that are no UTF-8 are replaced, and `outputHex` then has them all.
  let output: String
  let outputHex: String?
  let errorOutput: String
  /// Hexadecimal, in the order of their bytes.
  let publicValues: String
  /// Instructions by mnemonic, most frequent first; absent in fast runs without a profile.
  let counts: [Count]?
  let records: Records?
  /// Most instructions first; profiled runs only.
  let functions: [Function]?

  init(
    program: String, mode: String, outcome: Outcome, counts: [InstructionCount]? = nil,
    records: Records? = nil, profile: Profile? = nil
  ) {
    self.program = program
    self.mode = mode
    self.records = records
    engine = outcome.engine.rawValue
    exit = Exit(outcome.exit)
    instructions = outcome.instructions
    seconds = outcome.seconds
    mips = outcome.mips
    output = outcome.outputText
    outputHex =
      String(validating: outcome.output, as: UTF8.self) == nil ? Self.hexadecimal(outcome.output) : nil
    errorOutput = String(decoding: outcome.errorOutput, as: UTF8.self)
    publicValues = Self.hexadecimal(outcome.publicValues)
    self.counts =
      counts?.map { Count(instruction: $0.mnemonic, count: $0.count) }
      ?? profile?.opcodes.map { Count(instruction: $0.name, count: $0.instructions) }
    functions = profile?.functions.map { Function(name: $0.name, instructions: $0.instructions) }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

extension RunReport.Exit {
  init(_ status: ExitStatus) {
    message = "\(status)"
    switch status {
    case .halted(let code):
      (kind, self.code, programCounter) = (.halted, code, nil)
    case .trapped(let trap):
      (kind, code, programCounter) = (.trapped, trap.exceptionCode, trap.programCounter)
    case .limit, .paused:
      (kind, code, programCounter) = (.limit, nil, nil)
    }
  }

  /// `code` is always there: readers index it without asking.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(code, forKey: .code)
    try container.encode(message, forKey: .message)
    try container.encodeIfPresent(programCounter, forKey: .programCounter)
  }
}

extension Outcome {
  /// Millions of instructions per second; `nil` where no time was measured.
  var mips: Double? { seconds > 0 ? Double(instructions) / seconds / 1e6 : nil }
}
