/// An unconstrained request of a guest: `weft.phantom` with a number that an extension registered.
///
/// It sees registers and memory and changes neither. It may write output, set hints, or change the extension's state;
/// in a proof it is an instruction without effect.
public struct PhantomInstruction: Sendable {
  /// Carries the request out, with the values of the two registers that the instruction names.
  public typealias Body = @Sendable (Guest, UInt32, UInt32) throws(Trap) -> Void

  /// The numbers that extensions may use.
  public static let extensionNumbers: ClosedRange<UInt32> = 0x100...0x7ff

  public var name: String
  public var number: UInt32
  /// The extension that registered it.
  public var owner: String
  public var body: Body
}
