import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Loads and stores")
struct LoadStoreTests {
  /// A load: its funct3, its size, and what it makes of the little-endian bytes it reads.
  struct Load: Sendable, CustomStringConvertible {
    var name: String
    var funct3: UInt32
    var size: UInt32
    var extend: @Sendable (UInt32) -> UInt32

    var description: String { name }

    func word(_ rd: UInt32, _ rs1: UInt32, _ offset: Int32) -> InstructionWord {
      .i(0x03, funct3, rd, rs1, offset)
    }

    static let all: [Load] = [
      Load(name: "lb", funct3: 0, size: 1) { UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: $0))) },
      Load(name: "lh", funct3: 1, size: 2) { UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: $0))) },
      Load(name: "lw", funct3: 2, size: 4) { $0 },
      Load(name: "lbu", funct3: 4, size: 1) { $0 & 0xff },
      Load(name: "lhu", funct3: 5, size: 2) { $0 & 0xffff },
    ]
  }

  static let last = UInt32(Layout.memorySize)
  /// sb, sh, sw: funct3 is log2 of the size.
  static let stores: [UInt32] = [0, 1, 2]

  @Test("Sign and zero extension", arguments: Load.all)
  func extension_(load: Load) throws {
    for value: UInt32 in [0x0000_0080, 0x0000_7f7f, 0x1234_8000, 0xffff_ffff, 0x8000_0000, 0x7fff_7f7f] {
      let code =
        li(1, Layout.data) + li(2, value) + li(3, 0xdead_beef) + [.sw(2, 1, 0), load.word(3, 1, 0), .ebreak]
      let state = try runEverywhere(code, on: [Execution.all[0], Execution.all[4], Execution.all[7]])
      #expect(state.registers[3] == load.extend(value), "\(load) of \(hexadecimal(value))")
    }
  }

  @Test("Every position inside a word", arguments: Load.all)
  func positions(load: Load) throws {
    let bytes: [UInt8] = [0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8]
    let offsets = stride(from: UInt32(0), to: 8, by: Int(load.size))
    let code = li(1, Layout.data + 4) + offsets.map { load.word(10 + $0, 1, Int32($0) - 4) } + [.ebreak]
    let state = try runEverywhere(code, data: bytes)
    for offset in offsets {
      let value = (0..<load.size).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[Int(offset + $1)]) }
      #expect(state.registers[10 + Int(offset)] == load.extend(value))
    }
  }

  @Test("A load into x0 drops the value, but checks the address", arguments: Load.all)
  func intoZero(load: Load) throws {
    let good = try runEverywhere(li(1, Layout.data) + [load.word(0, 1, 0), .ebreak], data: [1, 2, 3, 4])
    #expect(good.trap?.cause == .breakpoint)
    let bad = try runEverywhere(li(1, Self.last) + [load.word(0, 1, 0), .ebreak])
    #expect(bad.trap?.cause == .loadAccessFault)
    #expect(bad.instructions == 2)
  }

  @Test("The last bytes of memory, and one past them", arguments: Load.all)
  func loadBounds(load: Load) throws {
    let inside = try runEverywhere(li(1, Self.last) + [load.word(3, 1, -Int32(load.size)), .ebreak])
    #expect(inside.trap?.cause == .breakpoint)
    for start in [Self.last, 0xffff_fffc, 0x8000_0000] {
      let state = try runEverywhere(li(1, start) + li(3, 0xdead_beef) + [load.word(3, 1, 0), .ebreak])
      #expect(state.trap == Trap(.loadAccessFault, programCounter: 0x1010, value: UInt64(start)))
      #expect(state.registers[3] == 0xdead_beef)
      #expect(state.instructions == 4)
    }
  }

  @Test("A store that ends at the last byte works, one past it writes nothing", arguments: stores)
  func storeBounds(log2: UInt32) throws {
    let size: Int32 = 1 << log2
    let code = li(1, Self.last) + li(2, 0xa1b2_c3d4) + [.s(log2, 2, 1, -size), .ebreak]
    let inside = try runEverywhere(code)
    let kept = size == 4 ? UInt32.max : (1 << UInt32(size * 8)) - 1
    #expect(inside.word(Self.last - UInt32(size)) & kept == 0xa1b2_c3d4 & kept)
    for start in [Self.last, 0xffff_fffc, 0x8000_0000] {
      let state = try runEverywhere(li(1, start) + li(2, 0xa1b2_c3d4) + [.s(log2, 2, 1, 0), .ebreak])
      #expect(state.trap == Trap(.storeAccessFault, programCounter: 0x1010, value: UInt64(start)))
      #expect(state.word(Self.last - 4) == 0)
      #expect(state.word(0) == 0)
    }
  }

  @Test("Addresses wrap at 2^32: a negative offset from 0 is no address, a sum past the end is address 0")
  func wrapping() throws {
    let below = try runEverywhere([.lw(3, 0, -4), .ebreak])
    #expect(below.trap == Trap(.loadAccessFault, programCounter: 0x1000, value: 0xffff_fffc))
    let around = try runEverywhere(li(1, 0xffff_fffc) + [.sw(1, 1, 4), .lw(3, 1, 4), .ebreak])
    #expect(around.registers[3] == 0xffff_fffc)
    #expect(around.word(0) == 0xffff_fffc)
  }

  @Test("Across a host page")
  func pageBorder() throws {
    let code =
      li(1, Layout.data + 4096) + li(2, 0x1234_5678) + [
        .sw(2, 1, -4), .sw(2, 1, 0), .sh(2, 1, -2), .lw(3, 1, -4), .lw(4, 1, 0), .ebreak,
      ]
    let state = try runEverywhere(code)
    #expect(state.registers[3] == 0x5678_5678)
    #expect(state.registers[4] == 0x1234_5678)
  }

  @Test("SB and SH keep the neighbours")
  func neighbours() throws {
    let code =
      li(1, Layout.data) + li(2, 0xffff_ffaa) + [
        .sb(2, 1, 1), .sb(2, 1, 7), .sh(2, 1, 10), .sh(2, 1, 12), .ebreak,
      ]
    let state = try runEverywhere(code, data: [UInt8](repeating: 0x11, count: 16))
    let words = [0, 4, 8, 12].map { state.word(Layout.data + $0) }
    #expect(words == [0x1111_aa11, 0xaa11_1111, 0xffaa_1111, 0x1111_ffaa])
  }

  @Test(
    "Misaligned accesses trap before their bounds are looked at",
    arguments: [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3)] as [(UInt32, UInt32)])
  func misaligned(log2: UInt32, distance: UInt32) throws {
    for base in [Layout.data, Self.last, 0xffff_fff0] {
      let address = base &+ distance
      let load = try runEverywhere(li(1, address) + [.i(0x03, log2, 3, 1, 0), .ebreak])
      #expect(load.trap == Trap(.loadAddressMisaligned, programCounter: 0x1008, value: UInt64(address)))
      let store = try runEverywhere(li(1, address) + [.s(log2, 1, 1, 0), .ebreak])
      #expect(store.trap == Trap(.storeAddressMisaligned, programCounter: 0x1008, value: UInt64(address)))
      #expect(store.word(Layout.data) == 0)
      #expect(store.instructions == 2)
    }
  }

  @Test("LW at 0xfffffffd does not wrap to 0")
  func misalignedAtTheEnd() throws {
    let state = try runEverywhere([.lw(3, 0, -3), .ebreak])
    #expect(state.trap == Trap(.loadAddressMisaligned, programCounter: 0x1000, value: 0xffff_fffd))
    #expect(state.trap?.description == "misaligned load from 0xfffffffd at pc 0x00001000")
  }

  @Test("A load that traps with rd = rs1 keeps rs1; a store of its own base works")
  func sameRegister() throws {
    let trapped = try runEverywhere(li(5, 0x7fff_fff0) + [.lw(5, 5, 0), .ebreak])
    #expect(trapped.registers[5] == 0x7fff_fff0)
    let state = try runEverywhere(li(5, Layout.data) + [.sw(5, 5, 8), .lw(5, 5, 8), .lw(6, 5, 8), .ebreak])
    #expect(state.registers[5] == Layout.data)
    #expect(state.registers[6] == Layout.data)
  }

  @Test("A store into the text traps, reading it is allowed", arguments: stores)
  func text(log2: UInt32) throws {
    // Seven words at 0x1000: the first word, the last bytes, and the bytes on both sides.
    let code = { (address: UInt32) in
      li(1, address) + li(2, 0x13) + [.lw(3, 0, 0), .s(log2, 2, 1, 0), .ebreak]
    }
    let last = 0x101c - (1 << log2)
    for address in [0x1000, 0x1014, UInt32(last)] {
      let state = try runEverywhere(code(address & ~3))
      #expect(state.trap?.cause == .storeAccessFault, "\(hexadecimal(address))")
      #expect(state.trap?.programCounter == 0x1014)
    }
    for address in [0x0ffc, 0x101c] {
      let state = try runEverywhere(code(UInt32(address)))
      #expect(state.trap?.cause == .breakpoint, "\(hexadecimal(UInt32(address)))")
      #expect(state.word(UInt32(address)) == 0x13)
    }
    let read = try runEverywhere(li(1, 0x1000) + [.lw(3, 1, 8), .ebreak])
    #expect(read.registers[3] == InstructionWord.lw(3, 1, 8).bits)
  }

  @Test("Page 0 is plain memory")
  func pageZero() throws {
    let state = try runEverywhere([.addi(1, 0, 77), .sw(1, 0, 0), .lw(2, 0, 0), .ebreak])
    #expect(state.registers[2] == 77)
  }
}
