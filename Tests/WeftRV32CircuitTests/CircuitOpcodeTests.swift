import Testing
import WeftRV32Circuit

@Suite("Opcodes of the program table")
struct CircuitOpcodeTests {
  @Test("groups begin where the reference says")
  func groups() {
    #expect(CircuitOpcode.loadHalf.rawValue == 0x217)
    #expect(CircuitOpcode.mulhu.rawValue == 0x253)
    #expect(CircuitOpcode.remu.rawValue == 0x257)
  }
}
