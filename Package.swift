// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "weft",
  products: [
    .library(name: "Weft", targets: ["Weft"]),
    .executable(name: "weft", targets: ["WeftCLI"]),
    // For extensions in Swift, in this package or another.
    .library(name: "WeftExtensionKit", targets: ["WeftExtensionKit", "CWeftABI"]),
    // The EVM for hosts that speak the EVM-C ABI: libWeftEVMC.so, whose entry is evmc_create_weft.
    .library(name: "WeftEVMC", type: .dynamic, targets: ["WeftEVMC"]),
    // The sample extensions as shared objects: libWeftBits.so and so on.
    .library(name: "WeftBits", type: .dynamic, targets: ["BitsPlugin"]),
    .library(name: "WeftVectors", type: .dynamic, targets: ["VectorsPlugin"]),
    .library(name: "WeftBulkMemory", type: .dynamic, targets: ["BulkMemoryPlugin"]),
    .library(name: "WeftChecksums", type: .dynamic, targets: ["ChecksumsPlugin"]),
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
    .target(name: "WeftEVM", dependencies: ["WeftMachine", "WeftMemory", "CWeftABI", "CKeccak"]),
    // keccak-f by vector instructions, which take attributes that Swift does not know.
    .target(name: "CKeccak"),
    // SHA-256, by OpenSSL: what files are named and checked by.
    .target(name: "WeftDigests", dependencies: ["COpenSSL"]),
    // Pairing-friendly curves: BN254 and BLS12-381.
    .target(name: "WeftCurves"),
    // The precompiled contracts, and signatures, as an extension; what well-kept C libraries do is theirs.
    .target(
      name: "WeftPrecompiles",
      dependencies: ["WeftEVM", "WeftCurves", "WeftDigests", "CSecp256k1", "COpenSSL", "CGMP"]),
    // Contracts that RV32 guests make and call: the EVM as an extension of their machine.
    .target(
      name: "WeftContracts", dependencies: ["WeftEVM", "WeftPrecompiles", "WeftMachine", "WeftMemory"]),
    // The interpreter as a virtual machine of the EVM-C ABI, for other hosts.
    .target(name: "CEVMC"),
    .target(name: "WeftEVMC", dependencies: ["CEVMC", "WeftEVM", "WeftMachine"]),
    // JSON with positions, duplicate keys and bounded nesting: manifests, state tests.
    .target(name: "WeftJSON"),
    // Extensions brought in at run time: shared objects over the C ABI, manifests over libffi.
    .target(
      name: "WeftExtensions",
      dependencies: [
        "WeftRV32", "WeftEVM", "WeftMachine", "WeftMemory", "WeftJSON", "CWeftABI", "CFFI", "COpenSSL",
        "CProbe",
        // What a chip has to keep, and the attack on chips.
        "WeftRV32Circuit", "WeftCircuit",
      ],
      resources: [.embedInCode("Manifest/extension.schema.json")]),
    // The face of the extension ABI for authors who write Swift.
    .target(name: "WeftExtensionKit", dependencies: ["CWeftABI"]),
    // The sample extensions, each once to be linked in, and once with the entry of a shared object.
    .target(name: "Bits", dependencies: ["CWeftABI"], path: "Plugins/Bits", exclude: ["Plugin"]),
    .target(
      name: "BitsPlugin", dependencies: ["Bits", "CWeftABI"], path: "Plugins/Bits/Plugin",
      publicHeadersPath: "."),
    .target(name: "Vectors", dependencies: ["CWeftABI"], path: "Plugins/Vectors", exclude: ["Plugin"]),
    .target(
      name: "VectorsPlugin", dependencies: ["Vectors", "CWeftABI"], path: "Plugins/Vectors/Plugin",
      publicHeadersPath: "."),
    .target(name: "Checksums", dependencies: ["CWeftABI"], path: "Plugins/Checksums", exclude: ["Plugin"]),
    .target(
      name: "ChecksumsPlugin", dependencies: ["Checksums", "CWeftABI"], path: "Plugins/Checksums/Plugin",
      publicHeadersPath: "."),
    .target(
      name: "BulkMemory", dependencies: ["WeftExtensionKit", "CWeftABI"], path: "Plugins/BulkMemory",
      exclude: ["Plugin"]),
    .target(
      name: "BulkMemoryPlugin", dependencies: ["BulkMemory", "CWeftABI"], path: "Plugins/BulkMemory/Plugin"),
    // BabyBear, its extension of degree 4, Poseidon2.
    .target(name: "WeftField"),
    // Expressions, AIRs, buses, look-up tables, traces, chips, the checker and the attack on chips.
    .target(name: "WeftCircuit", dependencies: ["WeftField"]),
    // The memory argument: bridge, boundaries, access adapters, Merkle tree, Poseidon2.
    .target(
      name: "WeftMemoryCircuit", dependencies: ["WeftCircuit", "WeftField", "WeftMemory"]),
    // The chips of RV32IM and of the system, and how a recorded run becomes their traces.
    .target(
      name: "WeftRV32Circuit",
      dependencies: [
        "WeftMemoryCircuit", "WeftCircuit", "WeftField", "WeftRV32", "WeftMachine", "WeftMemory", "CWeftABI",
      ]),
    // The access chips of EVM runs, and how a recorded run becomes their traces.
    .target(
      name: "WeftEVMCircuit",
      dependencies: ["WeftMemoryCircuit", "WeftCircuit", "WeftField", "WeftMachine", "WeftMemory"]),
    // Directories of traces: written whole, resumed, read back as hostile input. Apart from the circuits because it deals
    // with files and their formats, which nothing that makes or checks traces needs.
    .target(name: "WeftExport", dependencies: ["WeftCircuit", "WeftField", "WeftJSON", "WeftDigests"]),
    // Tries shared objects out in a child process.
    .target(name: "CProbe"),
    // Instructions of an extension that do the work of built-in ones, for `weft bench extensions`.
    .target(name: "CBenchExtension", dependencies: ["CWeftABI"]),
    // The formats of the official Ethereum tests and what runs them.
    .target(
      name: "WeftFixtures", dependencies: ["WeftEVM", "WeftPrecompiles", "WeftDigests", "WeftJSON"]),
    // The façade: one import for embedders.
    .target(
      name: "Weft",
      dependencies: [
        "WeftMemory", "WeftMachine", "WeftRV32", "WeftEVM", "WeftPrecompiles", "WeftContracts",
        "WeftExtensions", "WeftField", "WeftCircuit", "WeftMemoryCircuit", "WeftRV32Circuit",
        "WeftEVMCircuit", "WeftExport", "WeftJSON",
      ]),
    // What `weft bench memory` measures beside `EVMMemory`.
    .target(name: "CMemoryBaseline"),
    // The command line, testable.
    // It uses the façade; the modules behind it are named because a change of their layout must rebuild it.
    .target(
      name: "WeftCommands",
      dependencies: [
        "Weft", "WeftMachine", "WeftMemory", "WeftRV32", "WeftEVM", "WeftPrecompiles", "WeftContracts",
        "WeftExtensions", "WeftField", "WeftCircuit", "WeftMemoryCircuit", "WeftRV32Circuit",
        "WeftEVMCircuit", "WeftExport", "WeftFixtures", "WeftJSON", "WeftDigests",
        "CBenchExtension", "CMemoryBaseline", "CFFI",
        // An extension for `weft demo`.
        "BulkMemory",
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
    .testTarget(name: "WeftCurvesTests", dependencies: ["WeftCurves"]),
    .testTarget(
      name: "WeftPrecompilesTests", dependencies: ["WeftPrecompiles", "WeftEVM", "WeftMachine"],
      exclude: ["Vectors/precompiles.txt"]),
    // A C extension for tests.
    .target(name: "WeftTestExtension", dependencies: ["CWeftABI"], path: "Tests/WeftTestExtension"),
    .testTarget(
      name: "WeftExtensionsTests",
      dependencies: [
        "WeftExtensions", "WeftRV32", "WeftMachine", "WeftMemory", "WeftJSON", "WeftTestExtension",
        "WeftExtensionKit", "Bits", "Vectors", "BulkMemory", "Checksums", "WeftEVM", "WeftPrecompiles",
        "WeftRV32Circuit", "WeftCircuit",
      ]),
    .testTarget(
      name: "WeftContractsTests",
      dependencies: ["WeftContracts", "WeftRV32", "WeftEVM", "WeftPrecompiles", "WeftMachine", "WeftMemory"]),
    .testTarget(
      name: "WeftFixturesTests",
      dependencies: [
        "WeftFixtures", "WeftEVM", "WeftPrecompiles", "WeftMachine", "WeftMemory", "WeftJSON",
        "WeftExtensions", "Checksums",
      ],
      exclude: ["Vectors"]),
    // Suites whose data is not in this package; they tell where it belongs.
    .testTarget(name: "ConformanceTests", dependencies: ["WeftFixtures", "WeftEVM"]),
    .testTarget(name: "WeftFieldTests", dependencies: ["WeftField"]),
    .testTarget(name: "WeftCircuitTests", dependencies: ["WeftCircuit", "WeftField"]),
    .testTarget(
      name: "WeftMemoryCircuitTests",
      dependencies: ["WeftMemoryCircuit", "WeftCircuit", "WeftField", "WeftMemory"]),
    .testTarget(
      name: "WeftRV32CircuitTests",
      dependencies: [
        "WeftRV32Circuit", "WeftMemoryCircuit", "WeftCircuit", "WeftField", "WeftRV32", "WeftMachine",
        "WeftMemory", "WeftExtensions", "Bits", "Vectors", "BulkMemory",
      ]),
    .testTarget(
      name: "WeftExportTests",
      dependencies: ["WeftExport", "WeftCircuit", "WeftField", "WeftJSON", "WeftDigests"]),
    .testTarget(
      name: "WeftEVMCircuitTests",
      dependencies: [
        "WeftEVMCircuit", "WeftRV32Circuit", "WeftMemoryCircuit", "WeftCircuit", "WeftField", "WeftContracts",
        "WeftRV32", "WeftEVM", "WeftPrecompiles", "WeftFixtures", "WeftMachine", "WeftMemory",
      ]),
    .testTarget(name: "WeftTests", dependencies: ["Weft", "WeftMachine", "WeftMemory", "WeftRV32"]),
    .testTarget(
      name: "WeftCommandsTests", dependencies: ["WeftCommands", "WeftCircuit", "WeftDigests", "Weft"]),
  ],
  swiftLanguageModes: [.v6]
)
