/// Eight field elements: the output of the sponge and of the compression, a node of a Merkle tree.
@frozen
public struct Digest: Sendable, BitwiseCopyable {
  public var elements: InlineArray<8, BabyBear>

  @inlinable public static var count: Int { 8 }

  @inlinable
  public init(_ elements: InlineArray<8, BabyBear>) { self.elements = elements }

  /// Eight zeros.
  @inlinable
  public init() { elements = InlineArray(repeating: .zero) }

  /// Exactly eight elements; nil for any other number.
  public init?(_ elements: some Collection<BabyBear>) {
    guard elements.count == Self.count else { return nil }
    var iterator = elements.makeIterator()
    self.elements = InlineArray { _ in iterator.next() ?? .zero }
  }

  /// Reads eight elements from memory.
  @inlinable
  public init(loadingFrom pointer: UnsafePointer<BabyBear>) {
    elements = InlineArray { pointer[$0] }
  }

  @inlinable
  public subscript(index: Int) -> BabyBear {
    get { elements[index] }
    set { elements[index] = newValue }
  }

  /// The elements as an array.
  public var array: [BabyBear] { (0..<Self.count).map { elements[$0] } }
}

extension Digest: Hashable {
  @inlinable
  public static func == (left: Self, right: Self) -> Bool {
    for i in 0..<count where left.elements[i] != right.elements[i] { return false }
    return true
  }

  @inlinable
  public func hash(into hasher: inout Hasher) {
    for i in 0..<Self.count { hasher.combine(elements[i].montgomery) }
  }
}

extension Digest: CustomStringConvertible {
  /// The canonical numbers, as eight hexadecimal digits each.
  public var description: String {
    array.map { element in
      let digits = String(element.canonical, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined(separator: " ")
  }
}
