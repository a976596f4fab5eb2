/// Where accounts come from: the embedder's own database, or `InMemoryState`.
///
/// It is asked once for each account, slot and code; what transactions change stays in `JournaledState` until
/// somebody asks for it. The database must not change while a `JournaledState` is built on it.
public protocol StateDatabase {
  /// The account at an address; `nil` where there is none.
  func account(at address: Address) throws(DatabaseError) -> Account?

  /// The value of a slot; 0 where nothing is stored.
  func storage(at address: Address, slot: UInt256) throws(DatabaseError) -> UInt256

  /// The code of the account at an address, whose hash is `hash`. Not asked for the empty code.
  func code(at address: Address, hash: Hash256) throws(DatabaseError) -> [UInt8]
}

/// A database could not answer. The execution that asked ends without a result.
public struct DatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
  public var message: String

  public init(_ message: String) { self.message = message }

  public var description: String { "the state database failed: \(message)" }
}
