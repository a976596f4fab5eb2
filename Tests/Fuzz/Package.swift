// swift-tools-version: 6.3
import PackageDescription

// Fuzz targets, a package of their own so that the sanitizer flags stay on run.sh's command line.
let package = Package(
  name: "weft-fuzz",
  dependencies: [.package(name: "weft", path: "../..")],
  targets: [
    // Entry into libFuzzer.
    .target(name: "FuzzDriver"),
    // The ELF loader on arbitrary bytes.
    .executableTarget(
      name: "FuzzELF", dependencies: ["FuzzDriver", .product(name: "Weft", package: "weft")]),
    // Code and input on both engines.
    .executableTarget(
      name: "FuzzRV32", dependencies: ["FuzzDriver", .product(name: "Weft", package: "weft")]),
    // EVM code and call data, under every fork, on both engines.
    .executableTarget(
      name: "FuzzEVM", dependencies: ["FuzzDriver", .product(name: "Weft", package: "weft")]),
  ],
  swiftLanguageModes: [.v6]
)
