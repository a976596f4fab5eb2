// swift-tools-version: 6.3
import PackageDescription

// What an embedder writes: a package of its own that knows nothing of Weft but its documented product.
let package = Package(
  name: "embedding",
  dependencies: [.package(name: "weft", path: "../..")],
  targets: [
    // Runs an ELF file in ten lines.
    .executableTarget(name: "Embed", dependencies: [.product(name: "Weft", package: "weft")]),
    // An instruction of one's own, in Swift, and a guest that uses it.
    .target(name: "VectorSum", dependencies: [.product(name: "Weft", package: "weft")]),
    .testTarget(name: "VectorSumTests", dependencies: ["VectorSum"]),
  ],
  swiftLanguageModes: [.v6]
)
