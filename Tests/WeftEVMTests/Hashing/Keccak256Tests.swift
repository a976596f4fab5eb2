import Testing

@testable import WeftEVM

@Suite struct Keccak256Tests {
  /// Hashes that the Ethereum specifications name, and pycryptodome's of `bytes(i * 7 & 255 for i in range(n))`.
  @Test func nothingAndTheEmptyEncodingsHaveTheConstantsOfTheSpecification() {
    #expect(Keccak256.hash([] as [UInt8]) == .emptyCode)
    #expect(Keccak256.hash([0x80]) == .emptyTrie)
    #expect(Keccak256.hash([0xc0]) == .emptyList)
    #expect(
      Keccak256.hash("abc".utf8).description
        == "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")
  }

  /// The first lanes are those of the Keccak team's test vector for a state of zeros. Where the processor has no vector
  /// instructions, both are the portable permutation.
  @Test func vectorAndPortablePermutationAreTheSame() {
    var lanes = [UInt64](repeating: 0, count: 25)
    var others = lanes
    for round in 0..<1000 {
      lanes.withUnsafeMutableBufferPointer { KeccakPermutation.permute($0.baseAddress!) }
      others.withUnsafeMutableBufferPointer { KeccakPermutation.permutePortably($0.baseAddress!) }
      if round == 0 { #expect(lanes[0] == 0xf125_8f79_40e1_dde7 && lanes[1] == 0x84d5_ccf9_33c0_478a) }
      #expect(lanes == others)
    }
  }

  @Test(arguments: [0, 1, 7, 8, 63, 64, 134, 135, 136, 137, 271, 272, 273, 1000])
  func streamingInAnyPiecesGivesTheOneShotHash(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let whole = bytes.withUnsafeBytes { Keccak256.hash($0) }
    for step in [1, 3, 8, 13, 136, 200] {
      var hasher = Keccak256()
      var index = 0
      while index < count {
        hasher.update(bytes[index..<min(count, index + step)])
        index += step
      }
      #expect(hasher.finalized() == whole)
      #expect(hasher.finalized() == whole, "asking does not change it")
    }
  }

  @Test func rememberedHashesAreThoseOfTheInput() {
    let memo = KeccakMemo()
    for round in 0..<2 {
      // More inputs than there is room for, which differ at the end, at the beginning or in one bit.
      for index in 0..<600 {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes[[31, 63, 0, 47][index % 4]] = UInt8(truncatingIfNeeded: index)
        bytes[30] = UInt8(index / 256)
        let expected = bytes.withUnsafeBytes { Keccak256.hash($0).word }
        #expect(bytes.withUnsafeBytes { memo.hash($0) } == expected, "round \(round), input \(index)")
      }
    }
  }
}
