import WeftMemory

/// Where a recorded run keeps what the EVM works with. (reference/circuits.md §14)
///
/// | what | space | pointer |
/// |---|---|---|
/// | stack word `i` of the frame at depth `d` | `evmStack` | 32·(1024·d + i) |
/// | memory of a context | 2^16 + its serial | the offset |
/// | call data, return data | `evmData` | one area behind the other, each from a multiple of 32 on |
/// | environment words | `evmContext` | 32·number |
/// | words of the frame at depth `d` | `evmContext` | 32·(64 + 8·d + number) |
/// | storage and transient storage | `evmContext` | 2^25 + 32·index, in the order of first use |
///
/// A frame's place on the stack is free again when it ends, as no frame reads a place before it writes it; memory must
/// read zeros, so that a context is never used twice. Storage has no space of its own: its slots are words of the
/// context like others, and a number for each (account, key) that a run uses keeps them dense, which no pointer made of
/// 52 bytes could be. What the database says of a slot is part of the start image, so that the image states what the run
/// presumes of the state.
///
/// Words are 32 bytes, the least significant first; memory and data are bytes as they are.
package enum RecordedLayout {
  /// Bytes of call data and return data that one outermost call may have.
  static var dataLimit: Int { 1 << 28 }
  static var firstStorage: UInt32 { 1 << 25 }
  /// Storage slots that a run may use.
  static var storageLimit: Int { 1 << 20 }

  /// Words that all frames of an execution see.
  enum EnvironmentWord: UInt32, CaseIterable {
    case origin, gasPrice, coinbase, timestamp, number, random, gasLimit, chainID, baseFee, blobBaseFee
  }

  /// Words of a frame.
  enum FrameWord: UInt32 {
    case address, caller, value
    /// Where the call data lies, its length, and how the frame was entered.
    case input
    /// While a frame is suspended: program counter, gas, height of the stack, and the output area of its call.
    case suspended
  }

  static func stack(depth: Int, place: Int) -> MemoryAddress {
    MemoryAddress(.evmStack, UInt32(truncatingIfNeeded: 32 &* (1024 &* depth &+ place)))
  }

  static func environment(_ word: EnvironmentWord) -> MemoryAddress {
    MemoryAddress(.evmContext, 32 &* word.rawValue)
  }

  static func frame(depth: Int, _ word: FrameWord) -> MemoryAddress {
    MemoryAddress(.evmContext, 32 &* (64 &+ 8 &* UInt32(truncatingIfNeeded: depth) &+ word.rawValue))
  }

  static func storage(_ index: Int) -> MemoryAddress {
    MemoryAddress(.evmContext, firstStorage &+ 32 &* UInt32(truncatingIfNeeded: index))
  }

  /// The spaces of the EVM: in fast runs the executor's stack and memory, in others those of the record.
  package static func spaces(memoryLimit: UInt64, mode: RunMode) -> [AddressSpace] {
    if mode == .fast {
      return [
        AddressSpace(
          .evmStack, name: "evmStack", blockSize: 32, cellCount: UInt64(EngineState.stackBytes)),
        AddressSpace(.evmMemory, name: "evmMemory", blockSize: 32, cellCount: memoryLimit),
      ]
    }
    return [
      AddressSpace(.evmStack, name: "evmStack", blockSize: 32, cellCount: 1 << 26),
      AddressSpace(.evmData, name: "evmData", blockSize: 32, cellCount: UInt64(dataLimit)),
      AddressSpace(.evmContext, name: "evmContext", blockSize: 32, cellCount: 1 << 26),
    ]
  }
}
