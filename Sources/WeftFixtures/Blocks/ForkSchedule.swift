import WeftEVM

/// Which fork a block belongs to, by its time: the network of a block test.
public struct ForkSchedule: Sendable, Hashable {
  public var first: Fork
  /// The fork that follows, and the time of its first block in seconds.
  public var change: (fork: Fork, time: UInt64)? {
    get { changeFork.map { ($0, changeTime) } }
    set { (changeFork, changeTime) = (newValue?.fork, newValue?.time ?? 0) }
  }
  private var changeFork: Fork?
  private var changeTime: UInt64 = 0

  /// Reads the name of a fork, or of a change such as `CancunToPragueAtTime15k`; `nil` for anything else.
  public init?(network: String) {
    if let fork = Fork(name: network) {
      first = fork
      return
    }
    guard let at = network.range(of: "AtTime"), let to = network[..<at.lowerBound].range(of: "To"),
      let from = Fork(name: String(network[..<to.lowerBound])),
      let next = Fork(name: String(network[to.upperBound..<at.lowerBound]))
    else { return nil }
    var digits = network[at.upperBound...]
    let isThousands = digits.hasSuffix("k")
    if isThousands { digits = digits.dropLast() }
    guard let number = UInt64(digits), number < 1 << 40 else { return nil }
    first = from
    change = (next, isThousands ? number * 1000 : number)
  }

  /// The fork of a block.
  public func fork(at timestamp: UInt64) -> Fork {
    if let change, timestamp >= change.time { return change.fork }
    return first
  }
}

extension StringProtocol {
  /// Where a text begins for the first time.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      let rest = self[start...]
      if rest.hasPrefix(text) { return start..<rest.index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
