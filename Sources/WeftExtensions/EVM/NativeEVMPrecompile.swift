import CWeftABI
import WeftMachine

/// A precompiled contract that C code carries out.
struct NativeEVMPrecompile: Precompile {
  private let description: EVMParts.Precompile
  /// Keeps the code loaded.
  private let owner: (any AnyObject & Sendable)?

  /// Most bytes that a call returns.
  static let outputLimit = 16 << 20

  init(_ description: EVMParts.Precompile, owner: (any AnyObject & Sendable)?) {
    self.description = description
    self.owner = owner
  }

  var name: String { description.name }
  var address: UInt64 { description.address }
  var firstFork: Int { description.firstFork }

  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 {
    Self.withBytes(input) { description.gas($0, input.count, UInt32(truncatingIfNeeded: fork)) }
  }

  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult {
    let sink = NativeWriter(limit: Self.outputLimit)
    let status = Self.withBytes(input) {
      description.run($0, input.count, UInt32(truncatingIfNeeded: fork), sink.pointer)
    }
    guard status == weft_status(WEFT_OK), let bytes = sink.bytes else { return .failure }
    bytes.withUnsafeBytes(output)
    return .success
  }

  /// The input's address, of no bytes as well.
  private static func withBytes<R>(
    _ input: UnsafeRawBufferPointer, _ body: (UnsafePointer<UInt8>) -> R
  ) -> R {
    body(input.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) } ?? nothing)
  }

  nonisolated(unsafe) private static let nothing: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    byte.initialize(to: 0)
    return UnsafePointer(byte)
  }()
}
