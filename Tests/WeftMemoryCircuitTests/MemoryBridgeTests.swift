import Testing
import WeftCircuit
import WeftField
import WeftMemoryCircuit

@Suite("Memory bridge")
struct MemoryBridgeTests {
  @Test("an access has the digits of its age")
  func age() {
    let auxiliary = MemoryAccessAuxiliary(previous: 5, now: 5 + 1 + 3 * (1 << 17) + 7)
    #expect(auxiliary.age.low == 7)
    #expect(auxiliary.age.high == 3)
  }
}
