/// Tests whose work is their point: seconds to minutes each. They run where somebody asks for them.
enum SlowTests {
  private static let files: Set<String> = [
    // Six times 4.3 thousand million rounds of BLAKE2.
    "CALLBlake2f_MaxRounds.json",
    "static_Call50000_sha256.json", "Call50000_sha256.json", "loopMul.json", "loopExp.json",
    "CreateOOGafterMaxCodesize.json",
  ]

  /// Why they are skipped.
  static let skipReason = "slow, needs --slow"

  /// Whether the cases of a file are slow.
  static func contains(path: String) -> Bool {
    guard let name = path.split(separator: "/").last else { return false }
    return files.contains(String(name))
  }
}
