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
    // The EVM: words, hashing, tries, state, opcodes, frames, transactions.
    .target(name: "WeftEVM", dependencies: ["WeftMachine", "WeftMemory", "CWeftABI"]),
    // The precompiled contracts and signatures that well-kept C libraries carry out, as an extension.
    .target(name: "WeftPrecompiles", dependencies: ["WeftEVM", "CSecp256k1", "COpenSSL", "CGMP"]),
    // JSON with positions, duplicate keys and bounded nesting: manifests, state tests.
    .target(name: "WeftJSON"),
    // Extensions brought in at run time: shared objects over the C ABI, manifests over libffi.
    .target(
      name: "WeftExtensions",
      dependencies: ["WeftMachine", "WeftMemory", "WeftJSON", "CWeftABI", "CFFI", "COpenSSL"]),
    // The formats of the official Ethereum tests and what runs them.
    .target(name: "WeftFixtures", dependencies: ["WeftEVM", "WeftPrecompiles", "WeftJSON"]),
    // The façade: one import for embedders.
    .target(
      name: "Weft",
      dependencies: [
        "WeftMemory", "WeftMachine", "WeftRV32", "WeftEVM", "WeftPrecompiles", "WeftExtensions",
      ]),
    // The command line, testable.
    // It uses the façade; the modules behind it are named because a change of their layout must rebuild it.
    .target(
      name: "WeftCommands",
      dependencies: [
        "Weft", "WeftMachine", "WeftMemory", "WeftRV32", "WeftEVM", "WeftPrecompiles", "WeftExtensions",
        "WeftFixtures", "WeftJSON",
      ]),
    .executableTarget(name: "WeftCLI", dependencies: ["WeftCommands"]),

    // Debian's libffi-dev: calls of C functions whose signature is known at run time only.
    .systemLibrary(name: "CFFI", pkgConfig: "libffi", providers: [.apt(["libffi-dev"])]),
    // Debian's libsecp256k1-dev: recovery of signers.
    .systemLibrary(
      name: "CSecp256k1", pkgConfig: "libsecp256k1", providers: [.apt(["libsecp256k1-dev"])]),
    // Debian's libssl-dev: SHA-256, RIPEMD-160, P-256.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // Debian's libgmp-dev: modular exponentiation of numbers of any length.
    .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),

    .testTarget(name: "WeftMemoryTests", dependencies: ["WeftMemory"]),
    .testTarget(name: "WeftMachineTests", dependencies: ["WeftMachine", "CWeftABI"]),
    .testTarget(
      name: "WeftRV32Tests", dependencies: ["WeftRV32"], exclude: ["Vectors/vectors.bin"]),
    .testTarget(name: "WeftJSONTests", dependencies: ["WeftJSON"]),
    .testTarget(
      name: "WeftEVMTests", dependencies: ["WeftEVM", "WeftMachine", "WeftMemory"],
      exclude: ["Words/words.txt"]),
    .testTarget(
      name: "WeftPrecompilesTests", dependencies: ["WeftPrecompiles", "WeftEVM", "WeftMachine"],
      exclude: ["Vectors/precompiles.txt"]),
    .testTarget(
      name: "WeftExtensionsTests",
      dependencies: ["WeftExtensions", "WeftRV32", "WeftMachine", "WeftMemory", "WeftJSON"]),
    .testTarget(
      name: "WeftFixturesTests",
      dependencies: ["WeftFixtures", "WeftEVM", "WeftPrecompiles", "WeftMachine", "WeftJSON"],
      exclude: ["Vectors/cancun-calls.jsonl"]),
    // Suites whose data is not in this package; they tell where it belongs.
    .testTarget(name: "ConformanceTests", dependencies: ["WeftFixtures", "WeftEVM"]),
    .testTarget(name: "WeftTests", dependencies: ["Weft", "WeftMachine", "WeftMemory", "WeftRV32"]),
    .testTarget(name: "WeftCommandsTests", dependencies: ["WeftCommands"]),
  ],
  swiftLanguageModes: [.v6]
)
