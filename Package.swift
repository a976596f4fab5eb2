// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "weft",
  products: [
    .library(name: "Weft", targets: ["Weft"]),
    .executable(name: "weft", targets: ["WeftCLI"]),
  ],
  targets: [
    // The C types that every instruction handler shares: Swift handlers, C handlers, extensions.
    .target(name: "CWeftABI"),
    // Address spaces, images, the memory controller and its access log. Bytes only.
    .target(name: "WeftMemory"),
    // Instructions, the registry, limits, traps, the machine and its runs.
    .target(name: "WeftMachine", dependencies: ["WeftMemory", "CWeftABI"]),
    // The RV32IM instruction set: ELF loader, decoder, handlers, environment calls.
    .target(name: "WeftRV32", dependencies: ["WeftMachine", "CWeftABI"]),
    // The façade: one import for embedders.
    .target(name: "Weft", dependencies: ["WeftMemory", "WeftMachine", "WeftRV32"]),
    // The command line, testable.
    // It uses the façade; the modules behind it are named because a change of their layout must rebuild it.
    .target(name: "WeftCommands", dependencies: ["Weft", "WeftMachine", "WeftMemory", "WeftRV32"]),
    .executableTarget(name: "WeftCLI", dependencies: ["WeftCommands"]),

    .testTarget(name: "WeftMemoryTests", dependencies: ["WeftMemory"]),
    .testTarget(name: "WeftMachineTests", dependencies: ["WeftMachine", "CWeftABI"]),
    .testTarget(
      name: "WeftRV32Tests", dependencies: ["WeftRV32"], exclude: ["Vectors/vectors.bin"]),
    .testTarget(name: "WeftTests", dependencies: ["Weft", "WeftMachine", "WeftMemory", "WeftRV32"]),
    .testTarget(name: "WeftCommandsTests", dependencies: ["WeftCommands"]),
  ],
  swiftLanguageModes: [.v6]
)
