import Glibc

/// Where the official Ethereum tests are: never in this package.
public enum FixtureLocation {
  /// The folder that `WEFT_FIXTURES` names, if it is set.
  public static var environmentFolder: String? { getenv("WEFT_FIXTURES").map { String(cString: $0) } }
}
