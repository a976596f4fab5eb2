import Testing

@testable import WeftRV32

@Suite("Hostile ELF files")
struct HostileELFTests {
  @Test("The catalogue is whole: 57 files, 7 of them load")
  func count() {
    #expect(HostileELF.catalogue.count == 57)
    #expect(Set(HostileELF.catalogue.map(\.name)).count == 57)
    #expect(HostileELF.catalogue.count { $0.message == nil } == 7)
  }

  @Test("Each file loads or is refused with its message", arguments: HostileELF.catalogue)
  func outcome(of file: HostileELF) {
    var message: String?
    do throws(ELFError) {
      let loaded = try ELFFile(file.bytes, environment: .user, memoryLimit: HostileELF.memoryLimit)
      #expect(loaded.entry == 0x10000)
      #expect(loaded.segments.count == 1)
    } catch {
      message = error.description
    }
    #expect(message == file.message)
  }

  @Test("Wild section headers are a warning")
  func sectionHeadersOutsideTheFile() throws {
    let file = try #require(HostileELF.catalogue.first { $0.name == "sh-huge" })
    let loaded = try ELFFile(file.bytes, environment: .user, memoryLimit: HostileELF.memoryLimit)
    #expect(loaded.warnings == ["section headers end past the file (e_shoff, offset 0x20)"])
  }
}
