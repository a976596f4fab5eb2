// swift-tools-version: 6.3
import PackageDescription

// Runs programs for rv32_differential.py and evm_differential.py; a package of its own, so that the library ships
// without it.
let package = Package(
  name: "weft-differential",
  dependencies: [.package(name: "weft", path: "../../..")],
  targets: [
    .executableTarget(name: "Runner", dependencies: [.product(name: "Weft", package: "weft")]),
    .executableTarget(name: "EVMRunner", dependencies: [.product(name: "Weft", package: "weft")]),
  ],
  swiftLanguageModes: [.v6]
)
