import Testing
import WeftEVM
import WeftMachine

@Suite("Random input")
struct RandomInputTests {
  /// Marsaglia's xorshift64, so that a failure can be had again.
  private struct Source: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  @Test(
    "Whatever the input, the output has the length it must have and a failure gives none",
    arguments: Array(1...17) + [0x100] as [UInt64])
  func lengths(address: UInt64) throws {
    let precompile = try #require(PrecompileCall.table?[address]?.precompile)
    var source = Source(state: 0x9e37_79b9_7f4a_7c15 &* (address + 1))
    for _ in 0..<3000 {
      var input = (0..<Int.random(in: 0...(10...17 ~= address ? 520 : 260), using: &source)).map { _ in
        UInt8.random(in: 0...255, using: &source)
      }
      // Lengths of a few bytes, and small rounds: else nothing but the price would be tested.
      for index in input.indices where Bool.random(using: &source) || address == 9 && index < 3 {
        if index < 96, index % 32 < 31 { input[index] = 0 }
      }
      let fork = Fork.allCases[Int.random(in: precompile.firstFork..<Fork.allCases.count, using: &source)]
      guard try PrecompileCall.gas(address, input, fork: fork) < 10_000_000 else { continue }
      let call = try PrecompileCall(address, input, fork: fork)
      let allowed: Set<Int?>
      switch address {
      case 1, 0x100: allowed = [nil, 32]
      case 2, 3: allowed = [32]
      case 4: allowed = [input.count]
      case 5: allowed = [call.output.map { min($0.count, 1 << 20) }]
      case 8, 15: allowed = [nil, 32]
      case 6, 7, 9, 10: allowed = [nil, 64]
      case 11, 12, 16: allowed = [nil, 128]
      default: allowed = [nil, 256]
      }
      #expect(allowed.contains(call.output?.count), "\(input)")
      if call.result == .failure { #expect(call.output == nil, "\(input)") }
      #expect(call.result != .unavailable, "\(input)")
    }
  }

  @Test("Contracts run on many threads at once")
  func threads() async throws {
    let vectors = PrecompileVector.all.filter { [1, 5, 6, 7, 11, 0x100].contains($0.address) }
    let mistakes = try await withThrowingTaskGroup(of: Int.self) { group in
      for start in 0..<4 {
        group.addTask {
          var mistakes = 0
          for index in vectors.indices {
            let vector = vectors[(index + start * 31) % vectors.count]
            let call = try PrecompileCall(vector.address, vector.input, fork: vector.fork)
            if call.output ?? [] != vector.output || call.result != vector.result { mistakes += 1 }
          }
          return mistakes
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(mistakes == 0)
  }
}
