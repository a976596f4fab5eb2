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
    for vector in chosen(vectors, address) {
      let call = try PrecompileCall(address, vector.input, fork: vector.fork)
      #expect(call.result == vector.result, "\(vector)")
      // What a call that fails costs is all of its gas, whatever was charged before.
      if vector.result == .success { #expect(call.gas == vector.gas, "\(vector)") }
      #expect(call.output ?? [] == vector.output, "\(vector)")
    }
  }

  private func chosen(_ vectors: [PrecompileVector], _ address: UInt64) -> [PrecompileVector] {
    #if DEBUG
      // Not optimised, pairings and sums take long: of theirs every third, and no large ones.
      guard (6...17).contains(address), address != 9 else { return vectors }
      let limit = [8, 15].contains(address) ? 384 : 1000
      return vectors.indices.filter { $0 % 3 == 0 }.map { vectors[$0] }.filter { $0.input.count <= limit }
    #else
      return vectors
    #endif
  }
}
