import Foundation
import Weft

/// Reads calls from standard input, one JSON object a line, and writes what came out, in the same order.
///
/// Every call runs on all engines; where they differ the program ends with code 1 and names the call.
@main
struct EVMRunner {
  static func main() throws {
    var evms: [Fork: EVM] = [:]
    let encoder = JSONEncoder()
    while let line = readLine() {
      let request = try JSONDecoder().decode(EVMRequest.self, from: Data(line.utf8))
      let fork = try request.rules()
      let evm = try evms[fork] ?? EVM(fork: fork, extensions: [PrecompilesExtension()])
      evms[fork] = evm
      let answers = try [Engine.reference, .threaded].map { engine in
        evm.engine = engine
        return try run(request, evm)
      }
      if answers[0] != answers[1] {
        FileHandle.standardError.write(Data("seed \(request.seed): the engines differ\n".utf8))
        exit(1)
      }
      print(String(decoding: try encoder.encode(answers[0]), as: UTF8.self))
    }
  }

  private static func run(_ request: EVMRequest, _ evm: EVM) throws -> EVMAnswer {
    var state = try request.state()
    let journaled = JournaledState(state)
    let result = try evm.call(try request.message(), in: try request.block(), on: journaled)
    state.apply(journaled.changes())
    return EVMAnswer(request, result, state)
  }
}
