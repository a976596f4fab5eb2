import CProbe
import Glibc

/// A shared object in this process.
///
/// Opening one runs its constructors, with the rights of the host: check the file first (`LibraryFile`), and probe a
/// file that nobody vouches for in a process of its own.
public final class SharedLibrary: @unchecked Sendable {
  /// What happens when nobody needs the object any more.
  public enum Unloading: Sendable, Hashable {
    /// It stays: it may have started threads or left pointers to itself with others.
    case never
    /// It is closed, unless it carries Swift code, whose metadata others keep pointers to. An object that leaves
    /// threads behind is linked with `-z nodelete`: then it stays all the same.
    case whenUnused
  }

  /// Why an object could not be opened, or has no such symbol, in the words of the dynamic linker.
  public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String
  }

  /// The name it was opened by.
  public let name: String
  // The handle never changes, and dlsym may be called from any thread.
  private let handle: UnsafeMutableRawPointer
  private let unloads: Bool

  /// Opens an object with all its symbols resolved, none of them visible to others.
  /// - Parameter name: a path with a slash in it, or a bare name, which the system's loader looks up.
  public init(opening name: String, unloading: Unloading = .never) throws(Failure) {
    guard !name.utf8.contains(0) else { throw Failure(description: "a name with a NUL byte") }
    // No child process is made meanwhile: it would inherit a dynamic linker in the middle of its work.
    weft_enter_linker()
    defer { weft_leave_linker() }
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw Failure(description: Self.lastError(about: name) ?? "cannot be opened")
    }
    self.name = name
    self.handle = handle
    // Looks through the object and what it depends on.
    unloads = unloading == .whenUnused && dlsym(handle, "swift_getTypeByMangledNameInContext") == nil
  }

  deinit {
    guard unloads else { return }
    weft_enter_linker()
    dlclose(handle)
    weft_leave_linker()
  }

  /// The address of a symbol.
  public func address(of symbol: String) throws(Failure) -> UnsafeMutableRawPointer {
    guard !symbol.utf8.contains(0) else { throw Failure(description: "a symbol with a NUL byte") }
    _ = dlerror()
    guard let address = dlsym(handle, symbol) else {
      throw Failure(description: Self.lastError() ?? "\(name): symbol \(symbol) has no address")
    }
    return address
  }

  private static func lastError(about name: String? = nil) -> String? {
    guard let text = dlerror() else { return nil }
    return linkerText(String(cString: text), about: name)
  }

  /// What the dynamic linker says, on one line and without the name of the object it is about.
  static func linkerText(_ text: String, about name: String?) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    guard let name else { return line }
    return line.hasPrefix("\(name): ") ? String(line.dropFirst(name.count + 2)) : line
  }
}
