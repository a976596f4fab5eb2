/// Another emulator that runs the same guests, as a yardstick.
struct Peer: Sendable {
  let name: String
  /// Fewest samples; a slow peer is asked once.
  let minimumSamples: Int
  private let executable: String
  private let leadingArguments: [String]
  /// Arguments with which the executable succeeds where the peer is installed.
  private let probeArguments: [String]

  /// QEMU's user mode, a translator: Debian's package qemu-user.
  static let qemu = Peer(
    name: "qemu-riscv32", minimumSamples: 3, executable: "qemu-riscv32", leadingArguments: [],
    probeArguments: ["--version"])

  /// Unicorn, QEMU's translator as a library: PyPI's package unicorn.
  static let unicorn = Peer(
    name: "unicorn", minimumSamples: 1, executable: "python3", leadingArguments: ["-c", unicornScript],
    probeArguments: ["-c", "import unicorn"])

  /// Those that are installed.
  static func installed() -> [Peer] { [qemu, unicorn].filter { $0.isInstalled } }

  private var isInstalled: Bool {
    let result = try? ChildProcess(executable: executable, arguments: probeArguments).run()
    return result?.status == 0
  }

  /// Seconds of the whole process.
  ///
  /// - Throws: what went wrong, also where the result is not the expected one.
  func run(_ guest: GuestProgram, _ workload: GuestProgram.Workload) throws(ChildProcess.Failure) -> Double {
    let process = ChildProcess(executable: executable, arguments: leadingArguments + [guest.path])
    let result = try process.run(input: workload.input)
    guard result.status == Int32(truncatingIfNeeded: workload.exitCode & 0xff) else {
      throw ChildProcess.Failure(reason: "exit code \(result.status), expected \(workload.exitCode & 0xff)")
    }
    guard result.output == workload.output else { throw ChildProcess.Failure(reason: "wrong output") }
    return result.seconds
  }
}
