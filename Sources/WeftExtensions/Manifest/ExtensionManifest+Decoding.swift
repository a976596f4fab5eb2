import WeftJSON

extension ExtensionManifest {
  /// Decodes a manifest.
  /// - Parameter path: how the text is called in errors.
  /// - Throws: everything that is wrong with it.
  public init(decoding bytes: [UInt8], path: String) throws(ExtensionLoadError) {
    let document: JSONDocument
    do throws(JSONError) {
      document = try JSONDocument(
        bytes, options: JSONOptions(depthLimit: Limits.nesting, byteLimit: Limits.bytes))
    } catch {
      throw ExtensionLoadError(path: path, problems: [error.description])
    }
    let decoder = ManifestDecoder()
    guard let manifest = decoder.manifest(document) else {
      throw ExtensionLoadError(path: path, problems: decoder.problems.lines)
    }
    self = manifest
  }

  /// Reads a manifest from a file.
  public init(contentsOf path: String) throws(ExtensionLoadError) {
    let bytes: [UInt8]
    do throws(RegularFile.Fault) {
      bytes = try RegularFile(path).contents(limit: Limits.bytes)
    } catch {
      throw ExtensionLoadError(path: path, problems: [error.description])
    }
    try self.init(decoding: bytes, path: path)
  }
}
