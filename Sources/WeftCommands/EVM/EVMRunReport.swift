import WeftEVM

/// The result of `weft run` on EVM code as data: the fields of every run, and those of a call.
struct EVMRunReport: Codable, Equatable {
  struct Exit: Codable, Equatable {
    let kind: String
    /// 0 for success, 1 where the code reverted, null otherwise.
    let code: UInt32?
    let message: String

    /// `code` is always there: readers index it without asking.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(kind, forKey: .kind)
      try container.encode(code, forKey: .code)
      try container.encode(message, forKey: .message)
    }
  }

  let program: String
  let engine: String
  let exit: Exit
  /// Null: gas is what counts.
  let instructions: UInt64?
  let gasUsed: UInt64
  let seconds: Double
  /// What the code returned or reverted with, as text; `outputHex` has the bytes.
  let output: String
  let outputHex: String
  let call: EVMCallReport

  init(_ report: EVMCallReport, _ exitCode: ExitCode) {
    program = report.target
    engine = report.engine
    let message = report.message
    switch (report.status, exitCode) {
    case (.success, _): exit = Exit(kind: "halted", code: 0, message: "success")
    case (.revert, _):
      exit = Exit(kind: "halted", code: 1, message: "reverted" + (message.map { ": \($0)" } ?? ""))
    case (.halt, .limit): exit = Exit(kind: "limit", code: nil, message: message ?? "")
    case (.halt, _): exit = Exit(kind: "trapped", code: nil, message: message ?? "")
    }
    instructions = nil
    gasUsed = report.gasUsed
    seconds = report.seconds
    outputHex = String(report.returnData.dropFirst(2))
    output = String(decoding: HexadecimalBytes.bytes(report.returnData) ?? [], as: UTF8.self)
    call = report
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(program, forKey: .program)
    try container.encode(engine, forKey: .engine)
    try container.encode(exit, forKey: .exit)
    try container.encode(instructions, forKey: .instructions)
    try container.encode(gasUsed, forKey: .gasUsed)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(output, forKey: .output)
    try container.encode(outputHex, forKey: .outputHex)
    try container.encode(call, forKey: .call)
  }
}
