/// `weft extension`: looks at extensions, checks them, begins new ones.
enum ExtensionCommand {
  static let command: Command = Command(
    name: "extension",
    abstract: "List, check and begin extensions",
    subcommands: [ExtensionListCommand.command, ExtensionCheckCommand.command, ExtensionNewCommand.command])
}
