/// How instructions are dispatched. Every engine gives the same result to the bit.
public enum Engine: String, Sendable, Hashable, CaseIterable {
  /// A loop with a switch; the yardstick of the tests.
  case reference
  /// Handlers that jump from one to the next.
  case threaded

  /// `threaded`, but `reference` in builds without optimisation.
  public static var standard: Engine {
    #if DEBUG
      .reference
    #else
      .threaded
    #endif
  }
}
