/// The signature of a test of the official suites: eight hexadecimal digits a line, as riscv-arch-test 3.10
/// compares them.
struct SignatureFile: ~Copyable {
  private let file: OutputFile?

  /// Opens the file; does nothing without a path.
  init(path: String?) throws(CommandError) {
    if let path { file = try OutputFile(path: path) } else { file = nil }
  }

  /// Writes the words.
  ///
  /// - Parameter words: `nil` where the program has no signature symbols.
  consuming func commit(_ words: [UInt32]?, of program: String) throws(CommandError) {
    guard let file else { return }
    guard let words else {
      throw .input(program, "no symbols 'begin_signature' and 'end_signature'")
    }
    try file.commit(words.map { String($0, radix: 16).leftPadded(to: 8, with: "0") + "\n" }.joined())
  }
}
