import Testing
import WeftEVM
import WeftMachine
import WeftPrecompiles

@Suite("Precompiled contracts")
struct PrecompileTests {
  @Test("Each stands at its address from its fork on")
  func addresses() throws {
    let table = try #require(PrecompileCall.table)
    let found = table.values.sorted { $0.precompile.address < $1.precompile.address }.map {
      "\(hexadecimal($0.precompile.address, digits: 2)) \($0.precompile.name) "
        + (Fork(rawValue: $0.precompile.firstFork)?.testName ?? "?")
    }
    #expect(
      found == [
        "0x01 ecrecover Frontier", "0x02 sha256 Frontier", "0x03 ripemd160 Frontier",
        "0x04 identity Frontier", "0x05 modexp Byzantium", "0x06 bn254-add Byzantium",
        "0x07 bn254-mul Byzantium", "0x08 bn254-pairing Byzantium", "0x09 blake2f Istanbul",
        "0x0a kzg-point-evaluation Cancun", "0x0b bls12-g1-add Prague", "0x0c bls12-g1-msm Prague",
        "0x0d bls12-g2-add Prague", "0x0e bls12-g2-msm Prague", "0x0f bls12-pairing Prague",
        "0x10 bls12-map-fp-to-g1 Prague", "0x11 bls12-map-fp2-to-g2 Prague", "0x100 p256-verify Osaka",
      ])
  }

  @Test("A megabyte of input", arguments: Array(1...17) + [0x100] as [UInt64])
  func megabyte(address: UInt64) throws {
    let call = try PrecompileCall(address, [UInt8](repeating: 0, count: 1 << 20))
    // No whole number of units, or one size only; sums and products with padding take what they need.
    #expect(call.result == (address >= 8 && address < 0x100 ? .failure : .success))
    let words = UInt64(1 << 15)
    let prices: [UInt64: UInt64] = [
      1: 3000, 2: 60 + 12 * words, 3: 600 + 120 * words, 4: 15 + 3 * words, 5: 500, 6: 150, 7: 6000,
      8: 45_000 + 34_000 * 5461, 9: 0, 10: 50_000, 11: 375, 12: 6553 * 12_000 * 519 / 1000, 13: 600,
      14: 3640 * 22_500 * 524 / 1000, 15: 37_700 + 32_600 * 2730, 16: 5500, 17: 23_800, 0x100: 6900,
    ]
    #expect(call.gas == prices[address])
    let sizes: [UInt64: Int] = [2: 32, 3: 32, 4: 1 << 20, 6: 64, 7: 64]
    #expect(call.output?.count == sizes[address])
  }

  @Test("Identity gives back the input itself: the host copies")
  func identity() throws {
    let precompile = try #require(PrecompileCall.table?[4]?.precompile)
    let input: [UInt8] = [1, 2, 3]
    input.withUnsafeBytes { bytes in
      _ = precompile.run(input: bytes, fork: 0) { #expect($0.baseAddress == bytes.baseAddress) }
    }
  }

  @Test("BLAKE2F's price is the rounds, to the last one")
  func blakeRounds() throws {
    var input = [UInt8](repeating: 0xff, count: 213)
    input[212] = 1
    #expect(try PrecompileCall.gas(9, input) == 0xffff_ffff)
    #expect(try PrecompileCall.gas(9, Array(input.dropLast())) == 0)
  }
}

@Suite("MODEXP lengths")
struct ModExpLengthTests {
  private static let full = [UInt8](repeating: 0xff, count: 32)

  @Test("Prices beyond 64 bits saturate", arguments: [Fork.byzantium, .istanbul, .berlin, .cancun, .osaka])
  func saturation(fork: Fork) throws {
    for input in [
      Self.full + Self.full + Self.full, Self.full + word(1) + word(1), word(1) + word(1) + Self.full,
      word(1) + Self.full + word(1), word(.max) + word(0) + word(0), word(1 << 40) + word(1 << 40) + word(0),
    ] {
      #expect(try PrecompileCall.gas(5, input, fork: fork) == .max)
    }
  }

  @Test("Exact prices of long operands")
  func longOperands() throws {
    // 2^32 bytes, exponent of one byte: w = 2^29, w² / 3 and 2·w².
    let input = word(1 << 32) + word(1) + word(1)
    #expect(try PrecompileCall.gas(5, input, fork: .berlin) == (1 << 58) / 3)
    #expect(try PrecompileCall.gas(5, input, fork: .osaka) == 1 << 59)
    let square: UInt64 = 1 << 60
    #expect(try PrecompileCall.gas(5, input, fork: .byzantium) == (square + (480 << 32) - 199_680) / 20)
  }

  @Test("Nothing to compute costs nothing in Byzantium, the minimum later, and the exponent again in Osaka")
  func noOperands() throws {
    let input = word(0) + Self.full + word(0)
    #expect(try PrecompileCall.gas(5, input, fork: .byzantium) == 0)
    #expect(try PrecompileCall.gas(5, input, fork: .berlin) == 200)
    #expect(try PrecompileCall.gas(5, word(0) + word(1024) + word(0)) == 16 * 16 * 992)
    let call = try PrecompileCall(5, input, fork: .berlin)
    #expect(call.result == .success)
    #expect(call.output == nil)
    #expect(try PrecompileCall(5, word(0) + word(1024) + word(0)).result == .success)
    #expect(try PrecompileCall(5, word(0) + word(1025) + word(0)).result == .failure)
  }

  @Test("Operands that no price of a block pays for are refused before memory is taken")
  func hostileLengths() throws {
    #expect(try PrecompileCall(5, word(1) + word(1) + word(1 << 40), fork: .berlin).result == .unavailable)
    #expect(try PrecompileCall(5, word(.max) + word(1) + word(1), fork: .berlin).result == .unavailable)
  }

  @Test("An exponent far longer than the input is zeros at its end")
  func longExponent() throws {
    // 2^(256^300000) mod 251, as 2^(256^300000 mod 250).
    let length = 300_001
    let input =
      word(1) + word(UInt64(length)) + word(1) + [2, 1] + [UInt8](repeating: 0, count: length - 1) + [251]
    var exponent = 1
    for _ in 0..<(length - 1) { exponent = exponent * 256 % 250 }
    var expected = 1
    for _ in 0..<exponent { expected = expected * 2 % 251 }
    #expect(try PrecompileCall(5, input, fork: .berlin).output == [UInt8(expected)])
  }
}
