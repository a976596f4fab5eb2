/// The body of a fuzz target: runs one input. Its result is libFuzzer's "keep this input" (0) or not (-1).
public typealias FuzzBody = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

/// libFuzzer's main loop as a function. SwiftPM renames `main` of executables, which clashes with the one that
/// libFuzzer would bring along.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: FuzzBody
) -> CInt

/// Fuzzes `body` as the process's arguments say, see https://llvm.org/docs/LibFuzzer.html#options.
public func fuzz(_ body: FuzzBody) -> CInt {
  var argumentCount = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  return runDriver(&argumentCount, &arguments, body)
}
