import Glibc
import WeftMachine

/// An extension that a manifest describes: C functions as instructions, called through libffi or, where the signature
/// allows it, directly.
///
/// A manifest is native code: its functions run with the rights of the host, and a wrong signature corrupts memory
/// that no check can see. So the host has to ask for it.
///
/// ```swift
/// let digest = try ForeignExtension(manifest: "Plugins/Digest/extension.json", allowForeign: true)
/// var machine = try Machine(program, extensions: [digest])
/// ```
public struct ForeignExtension: VMExtension {
  public let manifest: ExtensionManifest
  private let instructions: [ForeignInstruction]

  public var name: String { manifest.name }
  public var version: String { manifest.version }

  /// Reads a manifest and opens its libraries.
  /// - Parameters:
  ///   - path: the manifest. Relative paths of libraries are relative to its folder.
  ///   - allowForeign: whether the host wants native code of others in its process.
  /// - Throws: every problem that was found. No library is opened before all checks have passed.
  public init(manifest path: String, allowForeign: Bool) throws(ExtensionLoadError) {
    try self.init(
      ExtensionManifest(contentsOf: path), path: path, allowForeign: allowForeign)
  }

  /// Opens the libraries of a manifest that was decoded before.
  public init(
    _ manifest: ExtensionManifest, path: String, allowForeign: Bool
  ) throws(ExtensionLoadError) {
    guard allowForeign else {
      throw ExtensionLoadError(
        path: path,
        problems: ["it calls C functions of other libraries, which only --allow-foreign permits"])
    }
    var loader = ForeignLoader(folder: Self.folder(of: path))
    instructions = loader.load(manifest)
    guard loader.problems.isEmpty else { throw ExtensionLoadError(path: path, problems: loader.problems) }
    self.manifest = manifest
  }

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    let table = ForeignStepTable(instructions)
    var interface = NativeInterface(name: name)
    interface.initialState = UnsafeMutableRawPointer(table.calls)
    interface.owner = table
    let instance = registry.registerInstance { [interface] in NativeInstance(interface) }
    for var instruction in instructions {
      instruction.instance = instance
      try registry.register(instruction)
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "./" }
    return String(path[...slash])
  }
}

/// Opens libraries and looks symbols up, and goes on after a problem.
private struct ForeignLoader {
  let folder: String
  var problems: [String] = []
  private var libraries: [ExtensionManifest.Library: SharedLibrary] = [:]

  init(folder: String) { self.folder = folder }

  mutating func load(_ manifest: ExtensionManifest) -> [ForeignInstruction] {
    var wanted: [ExtensionManifest.Library] = []
    for instruction in manifest.instructions where !wanted.contains(instruction.library) {
      wanted.append(instruction.library)
    }
    for library in wanted { check(library) }
    guard problems.isEmpty else { return [] }
    for library in wanted { open(library) }
    return manifest.instructions.compactMap { instruction in self.instruction(instruction) }
  }

  /// The name for the dynamic linker.
  private func name(of library: ExtensionManifest.Library) -> String {
    switch library {
    case .system(let name): name
    case .file(let path, _): path.hasPrefix("/") ? path : folder + path
    }
  }

  /// What can be said of a library without opening it.
  private mutating func check(_ library: ExtensionManifest.Library) {
    guard case .file(_, let expected) = library else { return }
    let path = name(of: library)
    do throws(LibraryFile.Fault) {
      let file = try LibraryFile(checking: path)
      if let expected, expected != file.sha256 {
        problems.append("library \(path) has SHA-256 \(file.sha256Text), the manifest asks for another")
      }
    } catch {
      problems.append("library \(path) \(error)")
    }
  }

  private mutating func open(_ library: ExtensionManifest.Library) {
    do throws(SharedLibrary.Failure) {
      libraries[library] = try SharedLibrary(opening: name(of: library))
    } catch {
      problems.append("library \(name(of: library)): \(error)")
    }
  }

  private mutating func instruction(_ instruction: ExtensionManifest.Instruction) -> ForeignInstruction? {
    guard let library = libraries[instruction.library] else { return nil }
    let function: UnsafeMutableRawPointer
    do throws(SharedLibrary.Failure) {
      function = try library.address(of: instruction.symbol)
    } catch {
      problems.append("instruction \(instruction.name): \(error)")
      return nil
    }
    do throws(CallSignature.Fault) {
      return ForeignInstruction(
        instruction, try ForeignCall(instruction, library: library, function: function))
    } catch {
      problems.append("instruction \(instruction.name): \(error)")
      return nil
    }
  }
}
