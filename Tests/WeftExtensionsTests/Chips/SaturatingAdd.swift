import CWeftABI
import WeftExtensionKit

/// `saturating.add rd, rs1, rs2`: the sum, or the greatest number where it has no room.
public let saturating = ExtensionTable(
  "saturating", version: "1.0.0", license: "Apache-2.0",
  instructions: [
    .step(
      "saturating.add", .r(.custom1, funct3: 7, funct7: 0), [.readsRS1, .readsRS2, .writesRD], ticks: 3,
      air: saturatingAdd
    ) {
      Step.perform($0, $1) { step in
        let (sum, overflow) = step.rs1.addingReportingOverflow(step.rs2)
        step.rd = overflow ? .max : sum
      }
    }
  ])

/// Adds byte by byte; the last carry tells whether the sum has no room.
private let saturatingAdd = ExtensionAIR { air in
  let sum = air.columns("sum", 4)
  let carry = air.bits("carry", 4)
  for byte in 0..<4 {
    let added = air.rs1[byte] + air.rs2[byte] + (byte > 0 ? carry[byte - 1] : 0)
    air.assertEqual(added, sum[byte] + 256 * carry[byte], "byte \(byte) of the sum")
  }
  air.bytes(sum[0], sum[1], where: air.isValid, "the sum is bytes")
  air.bytes(sum[2], sum[3], where: air.isValid, "the sum is bytes")
  air.setRD(sum.map { $0 + carry[3] * (255 - $0) })
} fill: { execution, _, rows in
  let (a, b) = (UInt64(execution.rs1), UInt64(execution.rs2))
  rows.append(bytesOf: UInt32(truncatingIfNeeded: a + b))
  for bits in [8, 16, 24, 32] as [UInt64] {
    let below: UInt64 = 1 << bits - 1
    rows.append((a & below + b & below) >> bits == 1)
  }
}
