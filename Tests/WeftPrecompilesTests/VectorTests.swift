import Testing
import WeftMachine

@Suite("Vectors of the executable specification")
struct VectorTests {
  @Test("The file is whole")
  func count() {
    #expect(PrecompileVector.all.count == 1051)
  }

  @Test("Gas, result and output are equal", arguments: Array(1...17) + [0x100] as [UInt64])
  func vectors(address: UInt64) throws {
    let vectors = PrecompileVector.at(address)
    #expect(vectors.count >= 13)
    for vector in vectors {
      #if DEBUG
        // Not optimised, pairings and long sums take seconds.
        if vector.input.count > ([8, 15].contains(address) ? 384 : 2000), address > 5 { continue }
      #endif
      let call = try PrecompileCall(address, vector.input, fork: vector.fork)
      #expect(call.result == vector.result, "\(vector)")
      // What a call that fails costs is all of its gas, whatever was charged before.
      if vector.result == .success { #expect(call.gas == vector.gas, "\(vector)") }
      #expect(call.output ?? [] == vector.output, "\(vector)")
    }
  }
}
