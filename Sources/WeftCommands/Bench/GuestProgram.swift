/// A guest of the folder `programs` and what it must give.
struct GuestProgram: Sendable {
  /// The contents of `expected.json`.
  struct Expected: Decodable {
    struct Benchmark: Decodable {
      let input: String
      let output: String
    }

    let exit: UInt32
    let output: String
    let input: String?
    let benchmark: Benchmark?
  }

  /// One input and its result.
  struct Workload: Sendable {
    let input: [UInt8]
    let output: [UInt8]
    let exitCode: UInt32
  }

  let name: String
  /// The ELF file.
  let path: String
  /// Millions of instructions: for checks.
  let short: Workload
  /// Billions of instructions: for measurements.
  let long: Workload?

  init(name: String, path: String, expected: Expected) {
    self.name = name
    self.path = path
    short = Workload(
      input: Array((expected.input ?? "").utf8), output: Array(expected.output.utf8), exitCode: expected.exit)
    long = expected.benchmark.map {
      Workload(input: Array($0.input.utf8), output: Array($0.output.utf8), exitCode: expected.exit)
    }
  }
}

extension ValueType where Value == String {
  /// A guest's folder below `programs/rv32`, such as "fib" or "loops/alu".
  static let guestName = ValueType(placeholder: "NAME") { text throws(InvalidValue) in
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.utf8.contains(0) }) else {
      throw InvalidValue(reason: "is not the name of a guest")
    }
    return text
  }
}
