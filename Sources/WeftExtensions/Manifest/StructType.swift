/// A C struct as a manifest declares it, laid out by the rules of C. The guest's layout is the same: RV32 and 64-bit
/// hosts align all these kinds to their size (`size_t`, which they do not, is no field).
public struct StructType: Sendable, Hashable {
  public struct Field: Sendable, Hashable {
    public internal(set) var name: String
    public internal(set) var type: FieldType
    /// Elements of an array; 1 for a plain field.
    public internal(set) var count: Int
  }

  public indirect enum FieldType: Sendable, Hashable {
    case scalar(ScalarKind)
    case structure(StructType)

    var byteCount: Int {
      switch self {
      case .scalar(let kind): kind.byteCount
      case .structure(let type): type.byteCount
      }
    }

    var alignment: Int {
      switch self {
      case .scalar(let kind): kind.byteCount
      case .structure(let type): type.alignment
      }
    }
  }

  public internal(set) var fields: [Field]
}

extension StructType {
  public var alignment: Int { fields.map(\.type.alignment).max() ?? 1 }

  /// With the padding at the end.
  public var byteCount: Int {
    let end = fields.reduce(0) { Self.aligned($0, $1.type.alignment) &+ $1.type.byteCount &* $1.count }
    return Self.aligned(end, alignment)
  }

  /// How many scalars it has, arrays and inner structs unrolled.
  var scalarCount: Int {
    fields.reduce(0) { sum, field in
      if case .structure(let type) = field.type { return sum &+ type.scalarCount &* field.count }
      return sum &+ field.count
    }
  }

  /// Structs inside each other, this one counted.
  var nesting: Int {
    1 &+ (fields.map { if case .structure(let type) = $0.type { type.nesting } else { 0 } }.max() ?? 0)
  }

  /// All scalars with their offsets, arrays and inner structs unrolled.
  var scalars: [(offset: Int, kind: ScalarKind)] {
    var scalars: [(offset: Int, kind: ScalarKind)] = []
    var offset = 0
    for field in fields {
      offset = Self.aligned(offset, field.type.alignment)
      for _ in 0..<max(0, field.count) {
        switch field.type {
        case .scalar(let kind): scalars.append((offset, kind))
        case .structure(let type): scalars += type.scalars.map { (offset &+ $0.offset, $0.kind) }
        }
        offset &+= field.type.byteCount
      }
    }
    return scalars
  }

  private static func aligned(_ offset: Int, _ alignment: Int) -> Int {
    (offset &+ alignment &- 1) & ~(alignment &- 1)
  }
}
