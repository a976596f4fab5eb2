/// What transactions have changed in a state.
public struct StateChanges: Sendable, Hashable {
  public struct AccountChange: Sendable, Hashable {
    /// The account as it is now; `nil` where it is gone.
    public var account: Account?
    /// Everything that the database has in its storage is gone; `storage` came afterwards.
    public var storageWasCleared: Bool
    /// Slots that were written, with their values now.
    public var storage: [UInt256: UInt256]
  }

  public var accounts: [Address: AccountChange] = [:]
  /// Codes that the database may not have.
  public var codes: [Hash256: [UInt8]] = [:]
}
