import CWeftABI
import WeftExtensionKit

/// Guest memory in bulk: copy, fill and compare, and a scratchpad to stage data in.
///
/// In all of them a count of 0 touches nothing, whatever the addresses, and a range is checked whole before anything
/// changes. A count is at most ``bulkMemoryLimit``, so that no single instruction takes long. All are provable.
///
/// | instruction | effect |
/// |---|---|
/// | `bulk.copy rd, rs1, rs2` | memory at rd = rs2 bytes at rs1, as `memmove` |
/// | `bulk.fill rd, rs1, rs2` | rs2 bytes at rd = the low byte of rs1 |
/// | `bulk.compare rd, rs1, rs2` | rd = -1, 0 or 1: the rd bytes at rs1 against those at rs2, as `memcmp` |
/// | `bulk.load rd, rs1, rs2` | scratchpad at rd = rs2 bytes of memory at rs1 |
/// | `bulk.store rd, rs1, rs2` | memory at rd = rs2 bytes of the scratchpad at rs1 |
public let bulkMemory = ExtensionTable(
  "bulk-memory", version: "1.0.0", license: "Apache-2.0",
  instructions: [
    .step(
      "bulk.copy", .r(.custom3, funct3: 0, funct7: 0), [.readsRS1, .readsRS2, .readsRD],
      air: moveAIR(from: .memory, to: .memory)
    ) {
      Step.perform($0, $1) { step throws(StepFailure) in
        if try step.isEmpty(count: step.rs2) { return }
        try step.copy(to: step.rd, from: step.rs1, count: step.rs2)
      }
    },
    .step(
      "bulk.fill", .r(.custom3, funct3: 0, funct7: 1), [.readsRS1, .readsRS2, .readsRD], air: fillAIR
    ) {
      Step.perform($0, $1) { step throws(StepFailure) in
        if try step.isEmpty(count: step.rs2) { return }
        try step.fill(step.rd, with: UInt8(truncatingIfNeeded: step.rs1), count: step.rs2)
      }
    },
    .step(
      "bulk.compare", .r(.custom3, funct3: 0, funct7: 2), [.readsRS1, .readsRS2, .readsRD, .writesRD],
      air: compareAIR
    ) {
      Step.perform($0, $1) { step throws(StepFailure) in
        let count = step.rd
        if try step.isEmpty(count: count) {
          step.rd = 0
        } else {
          step.rd = UInt32(bitPattern: try step.order(of: step.rs1, and: step.rs2, count: count))
        }
      }
    },
    .step(
      "bulk.load", .r(.custom3, funct3: 1, funct7: 0), [.readsRS1, .readsRS2, .readsRD],
      air: moveAIR(from: .memory, to: .own(0))
    ) {
      Step.perform($0, $1) { step throws(StepFailure) in
        if try step.isEmpty(count: step.rs2, scratchpadOffset: step.rd) { return }
        try step.withBytes(at: step.rs1, count: step.rs2) { bytes throws(StepFailure) in
          try step.store(bytes, space: 0, at: step.rd)
        }
      }
    },
    .step(
      "bulk.store", .r(.custom3, funct3: 1, funct7: 1), [.readsRS1, .readsRS2, .readsRD],
      air: moveAIR(from: .own(0), to: .memory)
    ) {
      Step.perform($0, $1) { step throws(StepFailure) in
        if try step.isEmpty(count: step.rs2, scratchpadOffset: step.rs1) { return }
        try step.withScratchpad(at: step.rs1, count: step.rs2) { bytes throws(StepFailure) in
          try step.store(bytes, at: step.rd)
        }
      }
    },
  ],
  spaces: [ExtensionSpace("bulk-scratchpad", blockSize: 4, cellCount: UInt64(bulkScratchpadSize))])

/// Most bytes that one instruction handles.
public let bulkMemoryLimit: UInt32 = 16 << 20
/// Bytes of the scratchpad.
public let bulkScratchpadSize: UInt32 = 64 << 10
