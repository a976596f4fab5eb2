import Synchronization

/// Stops or pauses a running machine from any thread. The machine reacts within a few milliseconds.
public final class InterruptHandle: Sendable {
  enum Request: UInt8 {
    case none, pause, stop
  }

  private let request = Atomic<UInt8>(0)

  public init() {}

  /// Whether the end of the present run has been asked for, and not been granted.
  public var isStopped: Bool { request.load(ordering: .relaxed) == Request.stop.rawValue }

  /// Ends the present run with `.limit(.stopped)`.
  public func stop() { request.store(Request.stop.rawValue, ordering: .releasing) }

  /// Ends the present run with `.paused`; `resume` goes on exactly there.
  public func pause() { request.store(Request.pause.rawValue, ordering: .releasing) }

  /// The request that is open, and whether to close it.
  func take() -> Request {
    if request.load(ordering: .relaxed) == 0 { return .none }
    return Request(rawValue: request.exchange(0, ordering: .acquiring)) ?? .none
  }
}
