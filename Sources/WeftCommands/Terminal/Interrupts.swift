import Glibc
import Synchronization
import Weft

/// Ctrl-C: ends the process, but a running machine is asked to stop first, so that its report appears.
public final class Interrupts: Sendable {
  private struct State {
    var machine: InterruptHandle?
    var wasDelivered = false
  }

  private let state = Mutex(State())

  public init() {}

  /// Hands SIGINT to `deliver` from a thread of its own, where taking a lock is allowed.
  ///
  /// Call it before any other thread starts: they inherit the blocked signal.
  public func watch() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(&thread, nil, { Interrupts.wait($0) }, context)
    if status != 0 {
      // Without the thread the signal must keep its ordinary effect.
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
  }

  private static func wait(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let interrupts = Unmanaged<Interrupts>.fromOpaque(context).takeUnretainedValue()
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    while true {
      var signal: Int32 = 0
      if sigwait(&signals, &signal) == 0, !interrupts.deliver() { _exit(ExitCode.interrupted.rawValue) }
    }
  }

  /// Stops the running machine. False where none runs, or one was asked before and has not stopped.
  public func deliver() -> Bool {
    state.withLock { state in
      guard let machine = state.machine, !state.wasDelivered else { return false }
      state.wasDelivered = true
      machine.stop()
      return true
    }
  }

  /// Runs `body` with interrupts going to a machine.
  func stopping<Result, Failure: Error>(
    _ machine: InterruptHandle, while body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    state.withLock { $0 = State(machine: machine) }
    defer { state.withLock { $0 = State() } }
    return try body()
  }
}
