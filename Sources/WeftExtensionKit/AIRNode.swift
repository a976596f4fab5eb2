import CWeftABI

/// An expression over the columns of a row: what constraints and look-ups are written with.
///
/// Literals are nodes too. Numbers are elements of BabyBear, so that a difference below zero is one as well.
public struct AIRNode: ExpressibleByIntegerLiteral {
  private enum Content {
    case node(UInt32, UnsafeMutablePointer<weft_air_builder>)
    /// Below the order of the field.
    case constant(UInt32)
  }

  private let content: Content

  /// The order of the field: 2^31 - 2^27 + 1.
  private static let order: Int64 = 0x7800_0001

  init(_ number: UInt32, _ builder: UnsafeMutablePointer<weft_air_builder>) {
    content = .node(number, builder)
  }

  public init(_ value: Int) {
    let remainder = Int64(value) % Self.order
    content = .constant(UInt32(remainder < 0 ? remainder + Self.order : remainder))
  }

  public init(integerLiteral value: Int) { self.init(value) }

  /// The number of the node, entering constants.
  func number(in builder: UnsafeMutablePointer<weft_air_builder>) -> UInt32 {
    switch content {
    case .node(let number, _): number
    case .constant(let value): builder.pointee.constant(builder, value)
    }
  }

  private typealias Operation =
    @convention(c) (UnsafeMutablePointer<weft_air_builder>?, UInt32, UInt32) -> UInt32

  private static func combine(
    _ left: AIRNode, _ right: AIRNode, _ operation: (weft_air_builder) -> Operation?,
    constants: (Int64, Int64) -> Int64
  ) -> AIRNode {
    switch (left.content, right.content) {
    case (.constant(let a), .constant(let b)):
      return AIRNode(Int(constants(Int64(a), Int64(b)) % order))
    case (.node(_, let builder), _), (_, .node(_, let builder)):
      let made = operation(builder.pointee)?(builder, left.number(in: builder), right.number(in: builder))
      return AIRNode(made ?? WEFT_NO_NODE, builder)
    }
  }

  public static func + (left: AIRNode, right: AIRNode) -> AIRNode {
    combine(left, right, { $0.add }, constants: +)
  }
  public static func - (left: AIRNode, right: AIRNode) -> AIRNode {
    combine(left, right, { $0.subtract }, constants: -)
  }
  public static func * (left: AIRNode, right: AIRNode) -> AIRNode {
    combine(left, right, { $0.multiply }, constants: *)
  }
  public static func += (left: inout AIRNode, right: AIRNode) { left = left + right }
}

extension Sequence<AIRNode> {
  /// The sum; 0 of none.
  public func sum() -> AIRNode { reduce(0) { $0 + $1 } }
}

extension BidirectionalCollection<AIRNode> {
  /// Σ base^i · self[i]: the number whose digits the nodes are, the lowest first.
  public func composed(base: Int = 256) -> AIRNode {
    reversed().reduce(0) { $0 * AIRNode(base) + $1 }
  }
}
