import Glibc
import Testing

@testable import WeftEVM

/// The vectors that `Tests/Differential/word_vectors.py` made with Python's integers.
@Suite struct WordVectorTests {
  private typealias Operation = @Sendable ([UInt256]) -> UInt256

  private static let operations: [String: Operation] = [
    "add": { $0[0] &+ $0[1] },
    "sub": { $0[0] &- $0[1] },
    "mul": { $0[0] &* $0[1] },
    "div": { $0[0] / $0[1] },
    "mod": { $0[0] % $0[1] },
    "sdiv": { $0[0].signedQuotient(dividingBy: $0[1]) },
    "smod": { $0[0].signedRemainder(dividingBy: $0[1]) },
    "addmod": { $0[0].addingModulo($0[1], $0[2]) },
    "mulmod": { $0[0].multipliedModulo($0[1], $0[2]) },
    "exp": { $0[0].wrappingPower($0[1]) },
    "lt": { UInt256($0[0] < $0[1] ? 1 : 0 as UInt64) },
    "slt": { UInt256($0[0].isLessSigned(than: $0[1]) ? 1 : 0 as UInt64) },
    "shl": { $0[1].shiftedLeft(by: $0[0]) },
    "shr": { $0[1].shiftedRight(by: $0[0]) },
    "sar": { $0[1].arithmeticShiftedRight($0[0]) },
    "byte": { $0[1].byte($0[0]) },
    "signextend": { $0[1].signExtended($0[0]) },
    "clz": { UInt256(UInt64($0[0].leadingZeroBitCount)) },
  ]

  private static let vectors: [String: [[UInt256]]] = read()

  @Test(arguments: operations.keys.sorted())
  func resultsAreThoseOfPythonsIntegers(name: String) throws {
    let operation = try #require(Self.operations[name])
    let vectors = try #require(Self.vectors[name])
    #expect(vectors.count >= 170)
    for vector in vectors {
      let result = operation(vector.dropLast())
      if result != vector.last {
        Issue.record("\(name) \(vector.dropLast().map(\.hexadecimal)) gives \(result.hexadecimal)")
      }
    }
  }

  @Test func everyOperationOfTheFileIsTested() {
    #expect(Set(Self.vectors.keys) == Set(Self.operations.keys))
  }

  /// One cache for all vectors in turn: a prepared modulus must not serve another.
  @Test func aModulusCacheGivesTheSameForChangingModuli() throws {
    var cache = ModulusCache()
    for vector in try #require(Self.vectors["mulmod"]) {
      #expect(cache.multiply(vector[0], vector[1], modulus: vector[2]) == vector[3])
      #expect(cache.multiply(vector[1], vector[0], modulus: vector[2]) == vector[3])
      #expect(cache.add(vector[0], vector[1], modulus: 0) == 0)
    }
    for vector in try #require(Self.vectors["addmod"]) {
      #expect(cache.add(vector[0], vector[1], modulus: vector[2]) == vector[3])
      #expect(cache.multiply(vector[0], vector[1], modulus: 0) == 0)
    }
  }

  private static func read() -> [String: [[UInt256]]] {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    guard let file = fopen("/\(folder)/words.txt", "r") else { return [:] }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var vectors: [String: [[UInt256]]] = [:]
    while getline(&line, &capacity, file) > 0, let text = line {
      let words = String(cString: text).split(whereSeparator: \.isWhitespace)
      guard let name = words.first else { continue }
      vectors[String(name), default: []].append(words.dropFirst().compactMap { UInt256("0x" + $0) })
    }
    return vectors
  }
}
