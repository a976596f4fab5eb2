import WeftJSON

/// A file of state tests.
public struct StateTestFile: Sendable {
  public let path: String
  public let suite: StateTestSuite
  /// The tests in the order of the file, not yet read.
  private let document: JSONDocument

  /// Parses a file. Its tests are read one by one.
  public init(path: String) throws(FixtureError) {
    try self.init(path: path, try FixtureFile.document(path))
  }

  init(path: String, _ document: JSONDocument) throws(FixtureError) {
    self.path = path
    suite = StateTestSuite(path: path)
    self.document = document
    guard document.root.isObject else {
      throw FixtureError(file: path, document.root.fault("an object of tests"))
    }
  }

  /// How many tests the file has.
  public var count: Int { document.root.count }

  /// Reads one test after the other.
  public func forEachTest(_ body: (StateTest) throws(FixtureError) -> Void) throws(FixtureError) {
    for (key, value) in document.root.members {
      let test: StateTest
      do throws(JSONError) {
        guard let name = key.string else { throw key.fault("the name of a test") }
        test = try StateTest(name: name, value)
      } catch {
        throw FixtureError(file: path, error)
      }
      try body(test)
    }
  }

  /// All tests.
  public func tests() throws(FixtureError) -> [StateTest] {
    var tests: [StateTest] = []
    try forEachTest { test throws(FixtureError) in tests.append(test) }
    return tests
  }
}
