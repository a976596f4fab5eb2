import Synchronization
import Weft

/// Passes on what a guest writes, as it writes it.
///
/// Files and pipes get the bytes as they are, terminals what cannot harm them. The first failure to write is kept for
/// the end of the run: a guest's instructions do not fail because a pipe is closed.
final class GuestOutput: Sendable {
  private struct State {
    var filters: [OutputFilter] = [OutputFilter(), OutputFilter()]
    var lastBytes: [UInt8?] = [nil, nil]
    var failure: CommandError?
  }

  private let channels: [Channel]
  private let state = Mutex(State())

  init(_ console: Console) {
    channels = [console.output, console.error]
  }

  /// What a machine calls.
  var handler: Machine.OutputHandler {
    { [self] stream, bytes in write(Array(bytes), to: stream == .output ? 0 : 1) }
  }

  /// Writes what the filters still hold, and gives a terminal's next line to the summary.
  func finish() throws(CommandError) {
    for index in channels.indices where channels[index].isTerminal {
      let rest = state.withLock { $0.filters[index].finish() }
      pass(rest, to: index)
      let last = state.withLock { $0.lastBytes[index] }
      if let last, last != UInt8(ascii: "\n") { pass([UInt8(ascii: "\n")], to: index) }
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private func write(_ bytes: [UInt8], to index: Int) {
    let isTerminal = channels[index].isTerminal
    pass(isTerminal ? state.withLock { $0.filters[index].filter(bytes) } : bytes, to: index)
  }

  private func pass(_ bytes: [UInt8], to index: Int) {
    guard !bytes.isEmpty, state.withLock({ $0.failure == nil }) else { return }
    do {
      try channels[index].write(bytes)
      state.withLock { $0.lastBytes[index] = bytes.last }
    } catch {
      state.withLock { $0.failure = error }
    }
  }
}
