extension ExtensionManifest {
  /// One argument of a C function.
  public enum Argument: Sendable, Hashable {
    /// A scalar in one register, or in two for 64-bit kinds: the named one and the next, low word first. A pair that
    /// begins with x0 is zero; a word whose pair would begin with x31 is no instruction.
    case value(OperandSource, ScalarKind)
    /// The sign-extended 12-bit immediate of an I-type word.
    case immediate(ScalarKind)
    /// The bits of a number that the manifest gives.
    case constant(UInt64, ScalarKind)
    /// A pointer to guest memory.
    case range(GuestRange)
    /// A struct by value, read from guest memory.
    case structure(StructType, base: OperandSource)
    /// A pointer to a `weft_foreign_context`.
    case context
    /// A null pointer.
    case null
  }

  /// What a C function gives back, and where it goes.
  public enum Result: Sendable, Hashable {
    /// The function gives nothing, or nothing of interest.
    case none
    /// A scalar; into a register, or looked at as a status, or both.
    case scalar(ScalarKind, register: OperandSource?, status: StatusRule?)
    /// A struct by value, written to guest memory.
    case structure(StructType, base: OperandSource)
  }

  /// Which results say that a function has succeeded. All others make the instruction trap, with nothing changed.
  public enum StatusRule: String, Sendable, Hashable, CaseIterable {
    case zero, nonzero, nonnegative
  }
}

/// Guest memory that a C function gets a pointer to.
public struct GuestRange: Sendable, Hashable {
  public enum Direction: String, Sendable, Hashable, CaseIterable {
    /// Read: in recorded runs before the call.
    case `in`
    /// Written: in recorded runs after the call. The function finds what is there; bytes that it leaves alone stay.
    case out
    case `inout`

    var isRead: Bool { self != .out }
    var isWritten: Bool { self != .in }
  }

  public enum Length: Sendable, Hashable {
    case constant(UInt32)
    case register(OperandSource)
    /// The value of another argument, an integer.
    case argument(Int)
  }

  public internal(set) var direction: Direction
  /// The register with the address.
  public internal(set) var base: OperandSource
  /// How many elements.
  public internal(set) var length: Length
  /// Bytes of an element.
  public internal(set) var unit: UInt32
  /// Most bytes of the range. More, or a negative length, is a trap.
  public internal(set) var maximum: UInt64
  /// The address must be a multiple of this, a power of two.
  public internal(set) var alignment: UInt32
}
