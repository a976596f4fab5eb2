/// One value of a document. It knows where it stands and keeps the document alive.
public struct JSONValue: Sendable {
  public let document: JSONDocument
  /// Its first entry on the tape.
  @usableFromInline let index: Int

  @inlinable
  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case null, boolean, number, string, array, object
  }

  @inlinable var node: JSONNode { document.nodes[index] }
  @inlinable var firstByte: UInt8 { document.base[Int(node.start)] }

  public var kind: Kind {
    switch firstByte {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  @inlinable public var isNull: Bool { firstByte == UInt8(ascii: "n") }
  @inlinable public var isString: Bool { firstByte == UInt8(ascii: "\"") }
  @inlinable public var isArray: Bool { firstByte == UInt8(ascii: "[") }
  @inlinable public var isObject: Bool { firstByte == UInt8(ascii: "{") }
  @inlinable var isContainer: Bool { firstByte | 0x20 == UInt8(ascii: "{") }

  /// Offset of its first byte in the text.
  @inlinable public var offset: Int { Int(node.start) }

  /// Where it stands in the text, from its first byte to behind its last.
  public var byteRange: Range<Int> {
    let end =
      isContainer
      ? Int(document.nodes[index &+ 1].start)
      : offset &+ (isString ? StringContent(document.base, node).count &+ 2 : Int(node.extent))
    return Range(uncheckedBounds: (offset, end))
  }

  /// Line and column of its first byte.
  public var position: JSONPosition { document.position(of: offset) }

  /// The text of the value.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: document.bytes[byteRange]) }

  /// Elements of an array or members of an object; 0 for everything else.
  @inlinable public var count: Int { isContainer ? Int(document.nodes[index &+ 1].extent) : 0 }

  /// Index of the entry behind the value.
  @inlinable var end: Int { index &+ (isContainer ? Int(node.extent) : 1) }
}
