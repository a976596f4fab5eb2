/// When messages are coloured.
enum ColorPolicy: String, Sendable, CaseIterable {
  case auto, always, never

  /// `auto` wants a terminal that is not dumb and no `NO_COLOR` (<https://no-color.org>: any value but the
  /// empty one).
  func isOn(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
  }
}
