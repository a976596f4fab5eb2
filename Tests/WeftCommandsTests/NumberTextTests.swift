import Testing

@testable import WeftCommands

@Suite("Number texts")
struct NumberTextTests {
  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (.max, "18,446,744,073,709,551,615"),
    ] as [(UInt64, String)])
  func grouped(value: UInt64, text: String) { #expect(NumberText.grouped(value) == text) }

  @Test(
    arguments: [
      (0, 2, "0.00"), (1.005, 1, "1.0"), (0.996, 2, "1.00"), (1234.5678, 2, "1,234.57"), (-0.5, 1, "-0.5"),
      (-0.001, 1, "0.0"), (12.5, 0, "13"), (.infinity, 2, "–"), (.nan, 2, "–"), (1e300, 2, "–"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, digits: Int, text: String) {
    #expect(NumberText.fixed(value, digits: digits) == text)
  }

  @Test func units() {
    #expect(NumberText.seconds(2.5) == "2.50 s")
    #expect(NumberText.seconds(0.0025) == "2.50 ms")
    #expect(NumberText.seconds(0.0000025) == "2.5 µs")
    #expect(NumberText.bytes(1023) == "1023 bytes")
    #expect(NumberText.bytes(1536) == "1.5 KiB")
    #expect(NumberText.bytes(3 << 30) == "3.0 GiB")
    #expect(NumberText.mips(1.234) == "1.23")
    #expect(NumberText.mips(12.34) == "12.3")
    #expect(NumberText.mips(1234) == "1,234")
  }
}
