/// What a run gave: how it ended, what it wrote, how much it did.
public struct Outcome: Sendable {
  public var exit: ExitStatus
  /// Instructions retired since the program was started.
  public var instructions: UInt64
  /// Time spent executing since the program was started.
  public var duration: Duration
  public var engine: Engine
  /// What the guest wrote to its standard output (file descriptor 1) since the program was started.
  public var output: [UInt8]
  /// What it wrote to standard error (file descriptor 2).
  public var errorOutput: [UInt8]
  /// The public values the guest revealed; values that were not revealed are 0.
  public var publicValues: [UInt8]

  /// `duration` in seconds.
  public var seconds: Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  /// `output` as text; bytes that are not UTF-8 are replaced.
  public var outputText: String { String(decoding: output, as: UTF8.self) }
}
