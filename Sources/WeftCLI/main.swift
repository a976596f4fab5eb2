import Glibc
import WeftCommands

// A reader that goes away is an error of the write, not the end of the process.
signal(SIGPIPE, SIG_IGN)
let interrupts = Interrupts()
interrupts.watch()
let arguments = Array(CommandLine.arguments.dropFirst())
exit(WeftCommand.run(arguments: arguments, console: .system(interrupts: interrupts)).rawValue)
