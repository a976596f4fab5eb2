import Testing
import WeftEVM
import WeftMachine

@Suite("Precompiles over pairing-friendly curves")
struct PairingPrecompileTests {
  private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  @Test("Prices of BN254 fall in Istanbul (EIP-1108)")
  func istanbul() throws {
    let prices: [(address: UInt64, before: UInt64, after: UInt64)] = [
      (6, 500, 150), (7, 40_000, 6000), (8, 100_000 + 2 * 80_000, 45_000 + 2 * 34_000),
    ]
    for (address, before, after) in prices {
      for fork in Fork.allCases where fork >= .byzantium {
        #expect(
          try PrecompileCall.gas(address, zeros(384), fork: fork) == (fork < .istanbul ? before : after))
      }
    }
  }

  @Test("A pairing's price counts whole pairs only")
  func wholePairs() throws {
    for (address, size, base, each) in [(8, 192, 45_000, 34_000), (15, 384, 37_700, 32_600)]
      as [(
        UInt64, Int, UInt64, UInt64
      )]
    {
      for (length, pairs) in [(0, 0), (size - 1, 0), (size, 1), (size + 1, 1), (3 * size - 1, 2)]
        as [(Int, UInt64)]
      {
        #expect(try PrecompileCall.gas(address, zeros(length)) == base + each * pairs)
      }
    }
  }

  @Test("The discount of sums falls to its last value and stays there")
  func discounts() throws {
    let prices: [(address: UInt64, size: Int, base: UInt64, known: [Int: UInt64])] = [
      (12, 160, 12_000, [1: 1000, 2: 949, 3: 848, 64: 576, 127: 520, 128: 519, 129: 519, 1000: 519]),
      (14, 288, 22_500, [1: 1000, 2: 1000, 3: 923, 64: 582, 127: 524, 128: 524, 129: 524, 1000: 524]),
    ]
    for (address, size, base, known) in prices {
      for (count, discount) in known {
        let expected = UInt64(count) * base * discount / 1000
        #expect(try PrecompileCall.gas(address, zeros(count * size)) == expected, "\(count)")
        #expect(try PrecompileCall.gas(address, zeros(count * size + size - 1)) == expected, "\(count)")
      }
      #expect(try PrecompileCall.gas(address, []) == 0)
      #expect(try PrecompileCall.gas(address, zeros(size - 1)) == 0)
      #expect(try PrecompileCall(address, []).result == .failure)
      #expect(try PrecompileCall(address, zeros(size * 200)).output == zeros(address == 12 ? 128 : 256))
    }
  }

  @Test("BN254 fills missing bytes with zeros, BLS12-381 wants its size")
  func sizes() throws {
    for length in [0, 1, 63, 64, 127, 128, 129, 500] {
      #expect(try PrecompileCall(6, zeros(length)).output == zeros(64))
      #expect(try PrecompileCall(7, zeros(length)).output == zeros(64))
    }
    for (address, size) in [(11, 256), (13, 512), (16, 64), (17, 128)] as [(UInt64, Int)] {
      for length in [0, 1, size - 1, size + 1, 2 * size] {
        let call = try PrecompileCall(address, zeros(length))
        #expect(call.result == .failure)
        #expect(call.output == nil)
      }
      #expect(try PrecompileCall(address, zeros(size)).result == .success)
    }
    #expect(try PrecompileCall(8, []).output == word(1))
    #expect(try PrecompileCall(15, []).result == .failure)
    #expect(try PrecompileCall(8, zeros(192 * 40)).output == word(1))
    #expect(try PrecompileCall(15, zeros(384 * 40)).output == word(1))
    for length in [0, 191, 192, 193, 384] {
      #expect(try PrecompileCall(10, zeros(length)).result == .failure)
    }
  }
}
