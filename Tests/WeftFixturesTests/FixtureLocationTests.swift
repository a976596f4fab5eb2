import Glibc
import Testing
import WeftFixtures

@Suite struct FixtureLocationTests {
  @Test func theFolderComesFromTheEnvironment() {
    #expect((FixtureLocation.environmentFolder == nil) == (getenv("WEFT_FIXTURES") == nil))
  }
}
