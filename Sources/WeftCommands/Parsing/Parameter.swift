/// What stands on the command line with two dashes: an option with a value, or a flag.
protocol Parameter: Sendable {
  /// The name without dashes.
  var name: String { get }
  var help: String { get }
  /// How the value is written in the help text; `nil` for flags.
  var placeholder: String? { get }
  var completion: ValueCompletion { get }
  /// Whether it may be given more than once.
  var isRepeatable: Bool { get }
}

/// An option with a value: `--name VALUE` or `--name=VALUE`.
struct Option<Value>: Parameter {
  let name: String
  let type: ValueType<Value>
  let help: String
  var isRepeatable = false

  init(_ name: String, _ type: ValueType<Value>, repeatable: Bool = false, help: String) {
    self.name = name
    self.type = type
    self.help = help
    isRepeatable = repeatable
  }

  var placeholder: String? { type.placeholder }
  var completion: ValueCompletion { type.completion }
}

/// An option without a value.
struct Flag: Parameter {
  let name: String
  let help: String

  init(_ name: String, help: String) {
    self.name = name
    self.help = help
  }

  var placeholder: String? { nil }
  var completion: ValueCompletion { .none }
  var isRepeatable: Bool { true }
}

/// A required value that is told by its place.
protocol Positional: Sendable {
  /// In capitals, as the help text shows it.
  var name: String { get }
  var help: String { get }
  var completion: ValueCompletion { get }
  /// Whether all further words are values of it too; only the last one of a command can be.
  var isRepeatable: Bool { get }
}

/// A positional value of a type.
struct Operand<Value>: Positional {
  let name: String
  let type: ValueType<Value>
  let help: String
  let isRepeatable: Bool

  init(_ name: String, _ type: ValueType<Value>, repeatable: Bool = false, help: String) {
    self.name = name
    self.type = type
    self.help = help
    isRepeatable = repeatable
  }

  var completion: ValueCompletion { type.completion }
}
