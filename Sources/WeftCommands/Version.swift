import WeftMachine

/// What `weft --version` tells.
struct Version: Codable, Equatable {
  var name = "weft"
  var version = WeftVersion.current
  var build = Build.configuration
  var compiler = Build.compiler

  static let current = Version()
}

/// How this binary was made.
enum Build {
  static var configuration: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift before 6.3"
    #endif
  }
}
