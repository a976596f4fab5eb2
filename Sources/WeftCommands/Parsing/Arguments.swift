/// What was given to a command, still as text. Reading a value checks it.
struct Arguments: Sendable, Equatable {
  /// The command's full name, "weft run".
  let command: String
  /// Texts by operand name, in the order given.
  var positionals: [String: [String]] = [:]
  /// Texts by option name, in the order given; flags hold empty texts.
  var options: [String: [String]] = [:]

  func isSet(_ flag: Flag) -> Bool { options[flag.name] != nil }

  /// The value of an option, `nil` where it was not given.
  func value<Value>(_ option: Option<Value>) throws(CommandError) -> Value? {
    try values(option).first
  }

  /// All values of a repeatable option, in the order given.
  func values<Value>(_ option: Option<Value>) throws(CommandError) -> [Value] {
    var values: [Value] = []
    for text in options[option.name] ?? [] {
      values.append(try read(text, as: option.type, of: "--\(option.name)"))
    }
    return values
  }

  func value<Value>(_ operand: Operand<Value>) throws(CommandError) -> Value {
    guard let value = try values(operand).first else {
      throw .usage("\(command): missing \(operand.name); see '\(command) --help'")
    }
    return value
  }

  /// All values of a repeatable operand, in the order given.
  func values<Value>(_ operand: Operand<Value>) throws(CommandError) -> [Value] {
    var values: [Value] = []
    for text in positionals[operand.name] ?? [] {
      values.append(try read(text, as: operand.type, of: operand.name))
    }
    return values
  }

  private func read<Value>(
    _ text: String, as type: ValueType<Value>, of name: String
  ) throws(CommandError) -> Value {
    do {
      return try type.parse(text)
    } catch {
      throw .usage("\(command): \(name): '\(text)' \(error.reason)")
    }
  }
}
