import Testing
import WeftPrecompiles

@Suite struct LibraryVersionsTests {
  @Test func openSSLStatesItsVersion() {
    #expect(LibraryVersions.openSSL.hasPrefix("OpenSSL 3."))
  }
}
