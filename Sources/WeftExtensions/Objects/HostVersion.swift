import WeftMachine

/// What an extension's entry function is told about its host.
enum HostVersion {
  static func withText<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    WeftVersion.current.withCString(body)
  }
}
