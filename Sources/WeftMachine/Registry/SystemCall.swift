/// A call that RV32 guests make by `ecall`, with its number in a7.
public struct SystemCall: Sendable {
  /// Looks at the arguments and decides on the results.
  ///
  /// It either throws and has changed nothing, or gives a result; what it does to memory stands in the result.
  public typealias Body = @Sendable (Guest, Arguments) throws(Trap) -> Result

  /// The registers a0 to a5.
  public struct Arguments: Sendable, Hashable {
    public var a0, a1, a2, a3, a4, a5: UInt32

    public init(a0: UInt32, a1: UInt32, a2: UInt32, a3: UInt32, a4: UInt32, a5: UInt32) {
      (self.a0, self.a1, self.a2) = (a0, a1, a2)
      (self.a3, self.a4, self.a5) = (a3, a4, a5)
    }
  }

  /// What a call leaves in registers, and what it goes on to do.
  public struct Result {
    /// New value of a0; `nil` leaves it as it is.
    public var value: UInt32?
    /// New value of a1; `nil` leaves it as it is.
    public var second: UInt32?
    /// Accesses to memory or public values, made after the registers are written. It must not fail: the body has
    /// checked addresses and made sure of room (`Guest.reserve`).
    public var effect: ((Guest) throws(Trap) -> Void)?

    public init(
      _ value: UInt32? = nil, second: UInt32? = nil, effect: ((Guest) throws(Trap) -> Void)? = nil
    ) {
      self.value = value
      self.second = second
      self.effect = effect
    }
  }

  public var name: String
  public var number: UInt32
  /// The extension that registered it.
  public var owner: String
  public var body: Body
}
