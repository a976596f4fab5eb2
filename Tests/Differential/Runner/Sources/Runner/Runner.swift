import Weft

/// Reads programs from standard input and writes the result of each engine and mode to standard output, until the
/// input ends.
///
/// All integers are little-endian words. A request is
/// `text address, text words, data address, data bytes, memory bytes, instruction limit, configurations`, then the
/// text, then the data. `configurations` is a set of bits: 4 × engine + mode, in the order of `Configuration.all`.
/// The answer to each is, for every bit that is set, lowest first: stop, pc, instructions, CRC-32 of memory
/// outside the text, 32 registers. A stop is 0 for a limit, otherwise one more than the exception code.
@main
struct Runner {
  static func main() throws {
    var input = WordReader()
    var output = WordWriter()
    while let request = try Request(&input) {
      for (bit, configuration) in Configuration.all.enumerated() where request.configurations >> bit & 1 == 1
      {
        output.append(try request.run(configuration).words)
      }
      output.flush()
    }
  }
}

/// An engine, a mode, and whether the run is broken into pieces of a few instructions.
struct Configuration {
  var engine: Engine
  var mode: RunMode
  var isSliced = false

  static let modes: [RunMode] = [.fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords)]

  static let all =
    Engine.allCases.flatMap { engine in modes.map { Configuration(engine: engine, mode: $0) } }
    + modes.map { Configuration(engine: .threaded, mode: $0, isSliced: true) }
}
