import Weft

/// `weft demo`: a tour of what Weft does. Every chapter checks what it shows.
enum DemoCommand {
  static let command: Command = Command(
    name: "demo",
    abstract: "Show what Weft does, in two screens",
    discussion: """
      Guests on every engine, an extension that adds instructions, contracts that call
      one another, and the traces of a run with their check. What is shown is checked
      against expected results first.
      """,
    options: [ProgramsFolder.option]
  ) { arguments, console throws(CommandError) in
    let folder = try ProgramsFolder(arguments)
    try GuestsChapter.show(folder, console)
    try ExtensionChapter.show(folder, console)
    try ContractsChapter.show(folder, console)
    try TracesChapter.show(folder, console)
    try console.output.write(
      console.style(for: console.output).dim(
        "Next: weft run PROGRAM, weft run PROGRAM --profile FILE, weft extension new NAME,\n"
          + "weft evm call TARGET, weft check PROGRAM, weft bench rv32, weft --help")
        + "\n")
    return .done
  }
}
