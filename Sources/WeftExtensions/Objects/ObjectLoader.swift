import CWeftABI
import WeftMachine

/// Loads extensions from shared objects: every check before any call, and all problems at once.
///
/// In this order: the file is a regular ELF-64 shared object of this machine, and whole; it loads in a child process;
/// it loads here; it exports `weft_extension_entry`; the table that this gives is of this version of the ABI, complete
/// and consistent; its chips keep the rules. Clashes with other extensions are found when a machine registers it.
struct ObjectLoader {
  static let entrySymbol = "weft_extension_entry"

  var probe: ObjectProbe?

  func load(_ path: String) throws(ExtensionLoadError) -> NativeExtension {
    func refuse(_ problem: String) -> ExtensionLoadError {
      ExtensionLoadError(path: path, problems: [problem])
    }
    // With a slash, so that the dynamic linker does not search for it.
    let name = path.utf8.contains(0x2f) ? path : "./" + path
    let file: LibraryFile
    do throws(LibraryFile.Fault) { file = try LibraryFile(checking: name) } catch { throw refuse("\(error)") }
    if let problem = probe?.problem(file, symbol: Self.entrySymbol) { throw refuse(problem) }
    guard file.isUnchanged else { throw refuse("was changed while it was being loaded") }
    let library: SharedLibrary
    let entry: UnsafeMutableRawPointer
    do throws(SharedLibrary.Failure) {
      library = try SharedLibrary(opening: name, unloading: file.carriesSwift ? .never : .whenUnused)
      entry = try library.address(of: Self.entrySymbol)
    } catch { throw refuse(SharedLibrary.linkerText("\(error)", about: name)) }
    var host = weft_host()
    host.struct_size = UInt32(MemoryLayout<weft_host>.size)
    host.abi_version = UInt32(WEFT_ABI_VERSION)
    let table = HostVersion.withText { version in
      host.version = version
      let function = unsafeBitCast(
        entry, to: (@convention(c) (UnsafePointer<weft_host>) -> UnsafePointer<weft_extension>?).self)
      return function(&host)
    }
    guard let table else { throw refuse("\(Self.entrySymbol) gave NULL") }
    var (description, problems) = DescriptionReader.read(table)
    description?.interface.owner = library
    guard var description else { throw ExtensionLoadError(path: path, problems: problems) }
    problems = ChipCheck.problems(describing: &description)
    problems += RegistrationCheck.problems(of: NativeExtension(description, path: path))
    if !problems.isEmpty { throw ExtensionLoadError(path: path, problems: problems) }
    return NativeExtension(description, path: path)
  }
}
