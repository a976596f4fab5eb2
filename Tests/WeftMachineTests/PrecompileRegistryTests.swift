import Testing

@testable import WeftMachine

/// A contract that returns its input reversed, at one gas per byte.
struct ReversingPrecompile: Precompile {
  var name = "reverse"
  var address: UInt64 = 0x200
  var firstFork = 3

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { UInt64(input.count) }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    Array(input.reversed()).withUnsafeBytes { output($0) }
    return .success
  }
}

/// An extension that registers and replaces contracts.
struct PrecompileStubExtension: VMExtension {
  var name: String
  let version = "1.0.0"
  var registered: [ReversingPrecompile] = []
  var replacing: [ReversingPrecompile] = []

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    for precompile in registered { try registry.register(precompile) }
    for precompile in replacing { try registry.replace(with: precompile) }
  }
}

@Suite("Precompile registry")
struct PrecompileRegistryTests {
  private static let first = PrecompileStubExtension(name: "first", registered: [ReversingPrecompile()])

  /// What the registry says to the last of several extensions.
  private func refusal(_ extensions: PrecompileStubExtension...) -> String {
    var registry = ExtensionRegistry()
    var before = registry.precompiles.mapValues(\.owner)
    do throws(RegistrationError) {
      for part in extensions {
        before = registry.precompiles.mapValues(\.owner)
        try registry.add(part)
      }
      return "accepted"
    } catch {
      #expect(registry.precompiles.mapValues(\.owner) == before)
      return error.description
    }
  }

  @Test("A second contract at an address is refused with both owners")
  func clash() {
    let second = PrecompileStubExtension(name: "second", registered: [ReversingPrecompile(name: "mirror")])
    #expect(
      refusal(Self.first, second)
        == "precompile 'mirror' of extension 'second' (address 0x200) clashes with 'reverse' of 'first'")
  }

  @Test("Two contracts of one name are refused")
  func names() {
    let second = PrecompileStubExtension(name: "second", registered: [ReversingPrecompile(address: 0x201)])
    #expect(
      refusal(Self.first, second)
        == "precompile 'reverse' of extension 'second' has the name of one of 'first'")
  }

  @Test("A replacement takes the place, once")
  func replacement() throws {
    let second = PrecompileStubExtension(name: "second", replacing: [ReversingPrecompile(name: "mirror")])
    let third = PrecompileStubExtension(name: "third", replacing: [ReversingPrecompile(name: "turn")])
    #expect(refusal(Self.first, second) == "accepted")
    #expect(
      refusal(Self.first, second, third)
        == "precompile 'turn' of extension 'third' (address 0x200) clashes with 'mirror' of 'second'")
    var registry = ExtensionRegistry()
    try registry.add(Self.first)
    try registry.add(second)
    let entry = registry.freeze().precompiles[0x200]
    #expect(entry?.precompile.name == "mirror")
    #expect(entry?.owner == "second")
    #expect(entry?.replaced == "first")
  }

  @Test("A replacement may keep the name of what it replaces, and needs something to replace")
  func replacementRules() {
    #expect(
      refusal(Self.first, PrecompileStubExtension(name: "second", replacing: [ReversingPrecompile()]))
        == "accepted")
    #expect(
      refusal(PrecompileStubExtension(name: "second", replacing: [ReversingPrecompile()]))
        == "precompile 'reverse' of extension 'second' cannot replace anything: nothing is registered at 0x200"
    )
    let both = PrecompileStubExtension(
      name: "first", registered: [ReversingPrecompile()], replacing: [ReversingPrecompile()])
    #expect(
      refusal(both)
        == "precompile 'reverse' of extension 'first' (address 0x200) clashes with 'reverse' of 'first'")
  }

  @Test("The frozen table runs a contract")
  func table() throws {
    var registry = ExtensionRegistry()
    try registry.add(Self.first)
    let table = registry.freeze()
    let precompile = try #require(table.precompiles[0x200]?.precompile)
    var output: [UInt8] = []
    let input: [UInt8] = [1, 2, 3]
    let (gas, result) = input.withUnsafeBytes { bytes in
      (
        precompile.gas(input: bytes, fork: 3),
        precompile.run(input: bytes, fork: 3) { output = Array($0) }
      )
    }
    #expect(gas == 3)
    #expect(result == .success)
    #expect(output == [3, 2, 1])
    #expect(table.precompiles[1] == nil)
  }
}
