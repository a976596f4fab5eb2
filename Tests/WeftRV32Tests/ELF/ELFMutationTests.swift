import Testing

@testable import WeftRV32

@Suite("Mutated ELF files")
struct ELFMutationTests {
  @Test("20,000 mutants load with sound segments or throw; none traps")
  func mutants() {
    let seeds = Self.seeds
    var random = SplitMix64(state: 0x5eed)
    var loaded = 0
    for number in 0..<20_000 {
      let bytes = Self.mutant(of: seeds[number % seeds.count], &random)
      let environment: GuestEnvironment = number % 5 == 0 ? .machine : .user
      do throws(ELFError) {
        let file = try ELFFile(bytes, environment: environment, memoryLimit: HostileELF.memoryLimit)
        expectSound(file, environment: environment)
        loaded += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    // A generator that only makes garbage, or only copies, would test nothing.
    #expect((1_000...19_000).contains(loaded))
  }

  private func expectSound(_ file: ELFFile, environment: GuestEnvironment) {
    let base = UInt64(environment.memoryBase)
    for segment in file.segments {
      #expect(segment.memorySize > 0 && segment.fileBytes.count <= Int(segment.memorySize))
      #expect(UInt64(segment.address) >= base && segment.end <= base + HostileELF.memoryLimit)
    }
    #expect(file.entry % 4 == 0)
    #expect(file.segments.contains { $0.permissions.contains(.execute) && $0.address <= file.entry })
    if let location = file.symbols.location(of: file.entry) {
      #expect(location.offset <= file.entry)
    }
    _ = file.symbols.address(of: "main")
  }

  private static let seeds: [[UInt8]] = [
    makeELF(),
    makeELF { builder in
      builder.segments.append(.init(offset: 0, address: 0x20000, fileSize: 0, memorySize: 64, flags: 6))
      builder.symbols = [
        .init(name: "_start", value: 0x10000, type: ELFBuilder.Symbol.label),
        .init(name: "main", value: 0x10004, size: 8),
        .init(name: "counter", value: 0x20000, size: 4, type: ELFBuilder.Symbol.object),
      ]
    },
    makeELF { builder in
      builder.entry = 0x8000_0000
      builder.segments = [.init(address: 0x8000_0000, memorySize: 4096, flags: 0)]
      builder.symbols = [.init(name: "tohost", value: 0x8000_0100, type: ELFBuilder.Symbol.label)]
    },
  ]

  private static func mutant(of seed: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let position = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes.removeSubrange(position...)
      case 1: bytes.append(contentsOf: bytes[position...])
      case 2, 3: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 4: bytes[position] = UInt8.random(in: 0...255, using: &random)
      default:
        let corners: [UInt32] = [0, 1, 4, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff]
        let word = corners[Int.random(in: corners.indices, using: &random)]
        for index in 0..<4 where (position & ~3) + index < bytes.count {
          bytes[(position & ~3) + index] = UInt8(truncatingIfNeeded: word >> (8 * index))
        }
      }
    }
    return bytes
  }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
