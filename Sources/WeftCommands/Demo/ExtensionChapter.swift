import BulkMemory
import Weft

/// One guest twice: with loops of its own, and with the instructions of an extension.
enum ExtensionChapter {
  private static let name = "bulkmemory"
  /// 500 rounds over 4 KiB. The result is that of the form without extension under another RISC-V implementation.
  private static let workload = GuestProgram.Workload(
    input: Array("500".utf8), output: Array("memory 67660ce3, order 4cef83a4, 0 differ\n".utf8), exitCode: 0)

  static func show(_ folder: ProgramsFolder, _ console: Console) throws(CommandError) {
    let style = console.style(for: console.output)
    let bulkMemory: any VMExtension
    do throws(ExtensionLoadError) {
      bulkMemory = try NativeExtension(linked: "bulk-memory", BulkMemory.bulkMemory.pointer)
    } catch { throw CommandError(.extension, "\(error)") }

    let software = try folder.guest(name, form: "software")
    let extended = try folder.guest(name)
    var runner = EngineRunner(engine: .standard, mode: .fast)
    let loops = try runner.run(software, workload)
    runner.extensions = [bulkMemory]
    let bulk = try runner.run(extended, workload)

    var table = TextTable(header: ["  memory is copied, filled and compared by", "instructions", "time"])
    for (name, sample) in [("loops of the guest", loops), ("bulk.copy, bulk.fill, bulk.compare", bulk)] {
      table.rows.append([
        "  " + name, NumberText.grouped(sample.instructions), NumberText.seconds(sample.outcome.seconds),
      ])
    }
    let identity = "\(bulkMemory.name) \(bulkMemory.version), an extension in Swift"
    try console.output.write(
      style.bold(name) + style.dim("  \(extended.path), \(identity)") + "\n" + table.text(style: style)
        + "  \(style.green("expected output of both"))\n\n")
  }
}
