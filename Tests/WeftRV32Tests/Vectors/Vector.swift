import Glibc
import WeftMachine

@testable import WeftRV32

/// A random program and the state in which Unicorn leaves it, written by Tests/Differential/rv32_differential.py.
///
/// The file holds `WVEC`, the number of vectors, the bytes of data (512), then for each vector: seed, number of
/// words, words (loaded at 0x1000), data (loaded at 0x2000; its first 128 bytes are the initial registers, which the
/// program loads itself), one more than the exception code of its trap, pc, retired instructions, 32 registers, hash
/// of the data. All are little-endian 32-bit words.
struct Vector: Sendable {
  static let dataAddress: UInt32 = 0x2000
  static let memorySize: UInt64 = 0x4000

  var seed: UInt32
  var code: [InstructionWord]
  var data: [UInt8]
  var exceptionCode: UInt32
  var programCounter: UInt32
  var instructions: UInt32
  var registers: [UInt32]
  var dataHash: UInt32

  /// All vectors of the committed file.
  static func load() throws -> [Vector] {
    var words = try readWords(beside: "vectors.bin")[...]
    func next() -> UInt32 { words.popFirst() ?? 0 }
    guard next() == 0x4345_5657 else { throw VectorError.badMagic }
    let (count, dataSize) = (next(), next())
    return (0..<count).map { _ in
      let (seed, length) = (next(), next())
      let code = (0..<length).map { _ in InstructionWord(next()) }
      let data = (0..<dataSize / 4).flatMap { _ in withUnsafeBytes(of: next().littleEndian) { Array($0) } }
      let (stop, programCounter, instructions) = (next(), next(), next())
      let registers = (0..<32).map { _ in next() }
      return Vector(
        seed: seed, code: code, data: data, exceptionCode: stop &- 1, programCounter: programCounter,
        instructions: instructions, registers: registers, dataHash: next())
    }
  }

  enum VectorError: Error {
    case unreadable(String)
    case badMagic
  }

  private static func readWords(beside name: String) throws -> [UInt32] {
    let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    guard let file = fopen("\(path)/\(name)", "rb") else { throw VectorError.unreadable(path) }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    var words = [UInt32](repeating: 0, count: ftell(file) / 4)
    rewind(file)
    guard fread(&words, 4, words.count, file) == words.count else { throw VectorError.unreadable(path) }
    return words.map { UInt32(littleEndian: $0) }
  }

  /// FNV-1a over words.
  static func hash(_ words: some Sequence<UInt32>) -> UInt32 {
    words.reduce(0x811c_9dc5) { ($0 ^ $1) &* 0x0100_0193 }
  }
}
