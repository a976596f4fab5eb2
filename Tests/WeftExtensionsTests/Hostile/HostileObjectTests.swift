import Testing

@testable import WeftExtensions

@Suite("Hostile objects")
struct HostileObjectTests {
  @Test(
    "The loader survives it and says what is wrong",
    arguments: HostileObject.files + HostileObject.builds + HostileObject.constructors
      + HostileObject.entries + HostileObject.tables + HostileObject.evmTables)
  func surviving(_ object: HostileObject) throws {
    let path = try object.make()
    let problems = ObjectLoader.test(milliseconds: object.milliseconds).problems(path)
    #expect(object.accepts(problems), "\(problems)")
    #expect(problems.allSatisfy { !$0.contains { $0.isNewline } }, "\(problems)")
  }

  @Test("Those whose error needs no trial are refused without one")
  func withoutProbe() throws {
    for object in HostileObject.files.prefix(20) + HostileObject.tables + HostileObject.evmTables {
      let problems = ObjectLoader(probe: nil).problems(try object.make())
      #expect(object.accepts(problems), "\(object.name): \(problems)")
    }
  }
}
