#!/usr/bin/env bash
# Proves that Weft can be a versioned dependency: SwiftPM refuses such packages when their manifests use
# `unsafeFlags`. Tags a clone of this repository and builds a package that depends on it by version.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git clone --quiet "$root" "$work/weft"
git -C "$work/weft" -c advice.detachedHead=false tag --force 0.1.0

mkdir -p "$work/dependent/Sources"
cp -R "$root/Tests/Embedding/Sources/Embed" "$work/dependent/Sources/Embed"
cat > "$work/dependent/Package.swift" << END
// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "dependent",
  dependencies: [.package(url: "file://$work/weft", from: "0.1.0")],
  targets: [.executableTarget(name: "Embed", dependencies: [.product(name: "Weft", package: "weft")])],
  swiftLanguageModes: [.v6]
)
END
# Nobody will ask for this address again.
swift build --disable-dependency-cache --package-path "$work/dependent" --product Embed
"$work/dependent/.build/debug/Embed" "$root/programs/rv32/hello/hello.elf"
