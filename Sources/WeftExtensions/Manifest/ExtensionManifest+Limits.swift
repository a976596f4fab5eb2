extension ExtensionManifest {
  /// The bounds of a manifest.
  public enum Limits {
    public static let bytes = 1 << 20
    public static let nesting = 32
    public static let instructions = 256
    public static let arguments = 16
    /// Bytes of names, mnemonics, versions and licenses.
    public static let nameBytes = 64
    public static let symbolBytes = 256
    public static let pathBytes = 4096
    public static let descriptionBytes = 4096
    public static let structs = 256
    /// Scalars of a struct, those of structs inside it and each element of an array counted.
    public static let structScalars = 64
    /// Structs inside each other, the outermost counted.
    public static let structNesting = 4
    /// Bytes of one guest range.
    public static let rangeBytes = 1 << 28
    /// Bytes that one counted element of a range may have.
    public static let unitBytes = 4096
    /// Problems that are reported; the rest is counted.
    public static let problems = 100
  }
}
