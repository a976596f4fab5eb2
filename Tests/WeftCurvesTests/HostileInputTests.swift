import Testing

@testable import WeftCurves

@Suite("Hostile input")
struct HostileInputTests {
  /// An operation on bytes, with the sizes of its input and its output.
  struct Operation: Sendable, CustomStringConvertible {
    let description: String
    /// The size of a unit of the input, and whether more units than one are allowed.
    let unit: Int
    let repeats: Bool
    let output: Int
    let run: @Sendable (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Bool

    static let all = [
      Operation(description: "BN254 add", unit: 128, repeats: false, output: 64) {
        BN254.addG1($0, into: $1)
      },
      Operation(description: "BN254 mul", unit: 96, repeats: false, output: 64) {
        BN254.multiplyG1($0, into: $1)
      },
      Operation(description: "BN254 pairing", unit: 192, repeats: true, output: 0) { input, _ in
        BN254.pairingProductIsOne(input) != nil
      },
      Operation(description: "G1 add", unit: 256, repeats: false, output: 128) {
        BLS12_381.addG1($0, into: $1)
      },
      Operation(description: "G2 add", unit: 512, repeats: false, output: 256) {
        BLS12_381.addG2($0, into: $1)
      },
      Operation(description: "G1 sum", unit: 160, repeats: true, output: 128) {
        BLS12_381.sumOfProductsG1($0, into: $1)
      },
      Operation(description: "G2 sum", unit: 288, repeats: true, output: 256) {
        BLS12_381.sumOfProductsG2($0, into: $1)
      },
      Operation(description: "BLS12-381 pairing", unit: 384, repeats: true, output: 0) { input, _ in
        BLS12_381.pairingProductIsOne(input) != nil
      },
      Operation(description: "map to G1", unit: 64, repeats: false, output: 128) {
        BLS12_381.mapToG1($0, into: $1)
      },
      Operation(description: "map to G2", unit: 128, repeats: false, output: 256) {
        BLS12_381.mapToG2($0, into: $1)
      },
      Operation(description: "KZG", unit: 160, repeats: false, output: 0) { input, _ in KZG.verify(input) },
    ]

    func callAsFunction(_ input: [UInt8], room: Int? = nil) -> Bool {
      var output = [UInt8](repeating: 0, count: room ?? self.output)
      return input.withUnsafeBytes { input in output.withUnsafeMutableBytes { run(input, $0) } }
    }
  }

  @Test("Bytes of every length", arguments: Operation.all)
  func lengths(operation: Operation) {
    var source = RandomSource(seed: 71)
    for length in 0...600 {
      #if DEBUG
        // Around the lengths that are taken, and some others.
        let rest = (length + 1) % operation.unit
        guard rest < 3 || length % 31 == 0 else { continue }
      #endif
      // Zeros are points at infinity: what is refused is refused for its length.
      let zeros = operation([UInt8](repeating: 0, count: length))
      let fits = operation.repeats ? length % operation.unit == 0 : length == operation.unit
      if operation.description != "KZG", length > 0 { #expect(zeros == fits, "\(length)") }
      #expect(!operation(source.bytes(length)) || length == 0, "\(length)")
      #expect(!operation([UInt8](repeating: 0xff, count: length)) || length == 0, "\(length)")
    }
  }

  @Test("No room for the output", arguments: Operation.all.filter { $0.output > 0 })
  func room(operation: Operation) {
    let zeros = [UInt8](repeating: 0, count: operation.unit)
    #expect(operation(zeros))
    for room in [0, operation.output - 1, operation.output + 1] { #expect(!operation(zeros, room: room)) }
  }

  @Test("Numbers that are canonical, and points that are nearly right", arguments: Operation.all)
  func mutations(operation: Operation) {
    var source = RandomSource(seed: 73)
    let (p, q) = (BLS12_381.g1, BLS12_381.g2)
    let scalar = [UInt8](repeating: 0xa5, count: 32)
    let good: [UInt8] =
      switch operation.description {
      case "BN254 add": encoded(BN254.g1) + encoded(BN254.g1)
      case "BN254 mul": encoded(BN254.g1) + scalar
      case "BN254 pairing": encoded(BN254.g1) + encoded(BN254.g2)
      case "G1 add": encoded(p) + encoded(p)
      case "G2 add": encoded(q) + encoded(q)
      case "G1 sum": encoded(p) + scalar
      case "G2 sum": encoded(q) + scalar
      case "BLS12-381 pairing": encoded(p) + encoded(q)
      default: [UInt8](repeating: 0, count: operation.unit)
      }
    #expect(good.count == operation.unit)
    if operation.description != "KZG" { #expect(operation(good)) }
    for _ in 0..<rounds(200) {
      var input = good
      for _ in 0..<Int.random(in: 1...3, using: &source) {
        let index = Int.random(in: 0..<input.count, using: &source)
        switch Int.random(in: 0..<3, using: &source) {
        case 0: input[index] ^= 1 << UInt8.random(in: 0..<8, using: &source)
        case 1: input[index] = [0, 0xff, 0x80].randomElement(using: &source) ?? 0
        default: input.swapAt(index, Int.random(in: 0..<input.count, using: &source))
        }
      }
      // Without output there is no promise but an end.
      _ = operation(input)
    }
  }
}
