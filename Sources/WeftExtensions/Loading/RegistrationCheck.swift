import WeftMachine

/// Everything that a registry would refuse about one extension taken by itself, not just the first thing.
enum RegistrationCheck {
  static func problems(of extension: NativeExtension) -> [String] {
    let collector = Collector(`extension`)
    var registry = ExtensionRegistry()
    do throws(RegistrationError) {
      try registry.add(collector)
    } catch {
      // The collector itself never throws: this is about its name.
      return ["\(error)"]
    }
    return collector.problems
  }

  /// Registers part after part and notes what is refused.
  private final class Collector: VMExtension, @unchecked Sendable {  // used by one registry on one thread
    let whole: NativeExtension
    private(set) var problems: [String] = []

    init(_ whole: NativeExtension) { self.whole = whole }

    var name: String { whole.name }
    var version: String { whole.version }

    func register(in registry: inout ExtensionRegistry) {
      var part = whole.description
      part.instructions = []
      part.phantoms = []
      part.calls = []
      part.evm = EVMParts()
      let (instructions, phantoms, calls) =
        (whole.description.instructions, whole.description.phantoms, whole.description.calls)
      for space in part.spaces {
        var one = part
        one.spaces = [space]
        attempt(one, &registry)
      }
      part.spaces = []
      for instruction in instructions {
        var one = part
        one.instructions = [instruction]
        attempt(one, &registry)
      }
      for phantom in phantoms {
        var one = part
        one.phantoms = [phantom]
        attempt(one, &registry)
      }
      for call in calls {
        var one = part
        one.calls = [call]
        attempt(one, &registry)
      }
      // Whether there is something to replace turns out in an EVM.
      for evm in whole.description.evm.separated {
        do throws(RegistrationError) {
          for fork in evm.forks { try registry.register(fork) }
          try evm.register(in: &registry, part.interface)
        } catch { problems.append("\(error)") }
      }
    }

    private func attempt(_ part: ExtensionDescription, _ registry: inout ExtensionRegistry) {
      do throws(RegistrationError) {
        try NativeExtension(part, path: nil).register(in: &registry)
      } catch { problems.append("\(error)") }
    }
  }
}
