import Glibc

/// Runs a program to its end with an input and gives its output.
struct ChildProcess {
  /// A path, or a name to look for in PATH.
  let executable: String
  let arguments: [String]

  struct Result {
    let output: [UInt8]
    /// The exit code, or 128 + the signal, as shells count.
    let status: Int32
    let seconds: Double
  }

  struct Failure: Error, Equatable {
    let reason: String
  }

  /// Most bytes of input: what a pipe takes while nobody reads.
  private static let inputLimit = 65536
  private static let outputLimit = 1 << 20

  func run(input: [UInt8] = []) throws(Failure) -> Result {
    guard input.count <= Self.inputLimit else { throw Failure(reason: "input of \(input.count) bytes") }
    var source: [Int32] = [-1, -1]
    var sink: [Int32] = [-1, -1]
    defer { for descriptor in source + sink where descriptor >= 0 { close(descriptor) } }
    guard pipe(&source) == 0, pipe(&sink) == 0 else { throw .system(errno) }
    // Else the child would hold the ends that must close when this process closes them.
    for descriptor in source + sink { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    let clock = ContinuousClock()
    let begin = clock.now
    let process = try spawn(input: source[0], output: sink[1])
    // The child holds its own copies; the pipes end when it does.
    for descriptor in [source[0], sink[1]] { close(descriptor) }
    (source[0], sink[1]) = (-1, -1)
    // A child that does not read its input closes the pipe early: its output tells.
    try? FileDescriptor.writeAll(input, to: source[1])
    close(source[1])
    source[1] = -1
    let output = try? FileDescriptor.readAll(from: sink[0], limit: Self.outputLimit)
    if output == nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard let output else { throw Failure(reason: "more than \(Self.outputLimit) bytes of output") }
    let signal = status & 0x7f
    return Result(
      output: output, status: signal == 0 ? status >> 8 & 0xff : 128 + signal,
      seconds: begin.duration(to: clock.now).inSeconds)
  }

  private func spawn(input: Int32, output: Int32) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)

    // The tool itself blocks SIGINT and ignores SIGPIPE; children must not inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var process: pid_t = 0
    let code = posix_spawnp(&process, executable, &actions, &attributes, words, environ)
    if code != 0 { throw .system(code) }
    return process
  }
}

extension ChildProcess.Failure {
  fileprivate static func system(_ code: Int32) -> Self {
    Self(reason: FileDescriptor.Failure(code: code).description)
  }
}
