import Weft

// Embed PROGRAM.elf: runs a guest within limits and shows what it gave.
let path = CommandLine.arguments.dropFirst().first ?? "programs/rv32/hello/hello.elf"
let program = try RV32Program(contentsOf: path)

var configuration = Machine.Configuration()
configuration.limits.instructions = 100_000_000
configuration.limits.wallClock = .seconds(10)

var machine = try Machine(program, configuration: configuration)
let outcome = try machine.run()
print(outcome.outputText, terminator: "")
print("\(outcome.exit) after \(outcome.instructions) instructions")
