import WeftJSON
import WeftMachine

/// Reads which instruction words belong to an instruction.
struct EncodingDecoder {
  let problems: ManifestProblems

  /// The major opcodes that RISC-V leaves to everybody. The first is Weft's own.
  private enum Major: String, CaseIterable {
    case custom0 = "custom-0"
    case custom1 = "custom-1"
    case custom2 = "custom-2"
    case custom3 = "custom-3"

    var opcode: UInt32 {
      switch self {
      case .custom0: 0x0b
      case .custom1: 0x2b
      case .custom2: 0x5b
      case .custom3: 0x7b
      }
    }
  }

  func encoding(_ value: JSONValue) -> (match: UInt32, mask: UInt32)? {
    value["match"] != nil || value["mask"] != nil ? masked(value) : fields(value)
  }

  /// R-type with funct7, else I-type.
  private func fields(_ value: JSONValue) -> (match: UInt32, mask: UInt32)? {
    guard let object = ManifestObject(value, .encodingFields, problems) else { return nil }
    let major: Major? = object["major"].flatMap { problems.choice($0, "major opcode") }
    if major == .custom0, let place = object["major"] { reportReserved(place) }
    let funct3 = object["funct3"].flatMap { problems.integer($0, in: 0...UInt32(7)) }
    let funct7 = object["funct7"].map { problems.integer($0, in: 0...UInt32(127)) }
    guard let major, let funct3 else { return nil }
    let match = major.opcode | funct3 &<< 12
    guard let funct7 else { return (match, 0x707f) }
    return funct7.map { (match | $0 &<< 25, 0xfe00_707f) }
  }

  private func masked(_ value: JSONValue) -> (match: UInt32, mask: UInt32)? {
    guard let object = ManifestObject(value, .encodingMask, problems) else { return nil }
    let match = object["match"].flatMap(problems.word32)
    let mask = object["mask"].flatMap(problems.word32)
    guard let match, let mask else { return nil }
    if match & ~mask != 0 {
      problems.report(value, "match \(hexadecimal(match)) has bits outside mask \(hexadecimal(mask))")
      return nil
    }
    if mask & 0x7f != 0x7f {
      problems.report(value, "mask \(hexadecimal(mask)) must cover the major opcode, bits 0 to 6")
      return nil
    }
    switch match & 0x7f {
    case 0x2b, 0x5b, 0x7b: return (match, mask)
    case 0x0b: reportReserved(value)
    default:
      problems.report(
        value,
        "standard opcodes belong to RISC-V; extensions use 0x2b, 0x5b or 0x7b (custom-1, custom-2, custom-3)")
    }
    return nil
  }

  private func reportReserved(_ value: JSONValue) {
    problems.report(value, "custom-0 is Weft's own; extensions use custom-1, custom-2 or custom-3")
  }
}
