import FoundationEssentials
import WeftEVM
import WeftRV32

/// `programs/rv32/contracts`: the program, and what it is expected to say.
struct SampleGuest {
  let program: RV32Program
  let output: String
  let publicValues: [UInt8]
  private let bytes: [UInt8]

  private struct Expected: Decodable {
    var output: String
    var publicValues: String
  }

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "programs/rv32/contracts")
    bytes = Array(try Data(contentsOf: folder.appending(path: "contracts.elf")))
    program = try RV32Program(elf: bytes)
    let file = try Data(contentsOf: folder.appending(path: "expected.json"))
    let expected = try JSONDecoder().decode(Expected.self, from: file)
    output = expected.output
    publicValues = HexadecimalBytes.bytes(expected.publicValues) ?? []
  }

  /// Init code as it stands in the guest's memory.
  func initCode(of symbol: String, count: Int) throws -> [UInt8] {
    guard let address = program.symbols.address(of: symbol),
      let segment = program.file.segments.first(where: { $0.address <= address && UInt64(address) < $0.end })
    else { return [] }
    return Array(segment.fileBytes.dropFirst(Int(address - segment.address)).prefix(count))
  }
}
