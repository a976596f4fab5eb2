import FoundationEssentials
import Testing
import WeftEVM
import WeftMachine

/// One case that the executable specification has judged; `Tests/Differential/precompile_vectors.py` writes them.
struct PrecompileVector: Sendable {
  let address: UInt64
  let fork: Fork
  let gas: UInt64
  let result: PrecompileResult
  let input: [UInt8]
  let output: [UInt8]

  static let all: [PrecompileVector] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Vectors/precompiles.txt")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { PrecompileVector($0) }
  }()

  static func at(_ address: UInt64) -> [PrecompileVector] { all.filter { $0.address == address } }

  private init?(_ line: Substring) {
    let fields = line.split(separator: " ")
    guard fields.count == 6, let address = UInt64(fields[0].dropFirst(2), radix: 16),
      let fork = Fork(name: String(fields[1])), let gas = UInt64(fields[2]),
      let input = Self.bytes(fields[4]), let output = Self.bytes(fields[5])
    else { return nil }
    self.address = address
    self.fork = fork
    self.gas = gas
    result = fields[3] == "ok" ? .success : .failure
    self.input = input
    self.output = output
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    if text == "-" { return [] }
    let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
    let values = digits.compactMap { $0 }
    return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}
