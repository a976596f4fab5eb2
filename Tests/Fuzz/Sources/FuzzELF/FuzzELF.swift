import FuzzDriver
import Glibc
import Weft

/// Any bytes either load, and then answer all questions, or throw an error with a text.
@main
struct FuzzELF {
  static func main() {
    exit(
      fuzz { start, count in
        let bytes = Array(UnsafeBufferPointer(start: start, count: count))
        for environment in GuestEnvironment.allCases {
          load(bytes, environment)
        }
        return 0
      })
  }
}

private func load(_ bytes: [UInt8], _ environment: GuestEnvironment) {
  do throws(ELFError) {
    let file = try ELFFile(bytes, environment: environment, memoryLimit: 16 << 20)
    for segment in file.segments { visit(segment, of: file) }
    keep(Int(file.symbols.address(of: "main") ?? 0))
  } catch {
    keep(error.description.utf8.count)
  }
}

private func visit(_ segment: ELFFile.Segment, of file: ELFFile) {
  keep(segment.fileBytes.reduce(0) { $0 &+ Int($1) })
  for address in [segment.address, segment.address &+ segment.memorySize / 2] {
    keep(file.symbols.location(of: address)?.function.utf8.count ?? 0)
  }
}

/// Keeps the optimiser from dropping work whose result nobody needs.
@inline(never) private func keep(_ value: Int) {
  withExtendedLifetime(value) {}
}
