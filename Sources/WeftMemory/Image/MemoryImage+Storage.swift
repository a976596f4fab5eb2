extension MemoryImage {
  /// The largest file `init(contentsOf:)` accepts unless told otherwise: 8 GiB.
  public static let defaultFileLimit = 8 << 30

  /// Reads an image file.
  /// - Parameter limit: most bytes to accept.
  public init(contentsOf path: String, limit: Int = defaultFileLimit) throws(ImageFileError) {
    try self.init(fileBytes: try DurableFile.read(path, limit: limit))
  }

  /// Writes the image so that the path holds either the old file or the whole new one, whatever happens.
  public func save(to path: String) throws(ImageFileError) {
    try DurableFile.write(fileBytes, to: path)
  }
}
