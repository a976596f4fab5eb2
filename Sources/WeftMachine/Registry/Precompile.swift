/// A precompiled contract of the EVM: code of the host that stands at a fixed address.
///
/// It sees bytes and nothing else: no state, no memory, no gas counter. The engine asks for its price, charges it,
/// and only then lets it run, so a length that a guest chose costs the host nothing before the guest has paid.
///
/// Forks are numbers in the order of their history, the raw values of the EVM's fork type.
public protocol Precompile: Sendable {
  /// The name in traces and messages, in lower case.
  var name: String { get }

  /// The low 64 bits of its address; the upper 96 are zero.
  var address: UInt64 { get }

  /// The first fork that has the contract.
  var firstFork: Int { get }

  /// What a call with this input costs, `UInt64.max` where that is more than 64 bits hold.
  ///
  /// It looks at no more of the input than the price depends on, and allocates nothing.
  func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64

  /// Carries out a call whose price is paid.
  ///
  /// - Parameters:
  ///   - input: the call's data. It is not valid after the call.
  ///   - fork: at least `firstFork`.
  ///   - output: takes the bytes that the call returns, at most once and only where the call succeeds. The bytes
  ///     need not outlive it and may lie within `input`.
  func run(
    input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
  ) -> PrecompileResult
}

/// How a precompiled contract ended.
public enum PrecompileResult: Sendable, Hashable {
  /// The call succeeds; it returns what went to `output`, or nothing.
  case success
  /// The call halts: all its gas is gone, and it returns nothing.
  case failure
  /// The host cannot carry out this call: it has no memory for it, or the contract is not there. Any answer would be a
  /// wrong one, so the whole execution ends with an error that names the contract.
  case unavailable
}

extension ExtensionRegistry {
  /// One registered precompiled contract.
  public struct PrecompileEntry: Sendable {
    public var precompile: any Precompile
    /// Name of the extension that registered it.
    public var owner: String
    /// Name of the extension whose contract it replaced, if it did.
    public var replaced: String?
  }

  /// Registers a precompiled contract at an address that is free.
  public mutating func register(_ precompile: some Precompile) throws(RegistrationError) {
    try checkName(of: precompile)
    if let first = precompiles[precompile.address] {
      throw .precompileClash(
        name: precompile.name, owner: owner, address: precompile.address, first: first.precompile.name,
        firstOwner: first.owner)
    }
    add(PrecompileEntry(precompile: precompile, owner: owner))
  }

  /// Puts a precompiled contract into the place of another extension's.
  ///
  /// One replacement is possible for each address: two extensions that both want to replace a contract clash.
  public mutating func replace(with precompile: some Precompile) throws(RegistrationError) {
    guard let first = precompiles[precompile.address] else {
      throw .nothingToReplace(name: precompile.name, owner: owner, address: precompile.address)
    }
    if first.replaced != nil || first.owner == owner {
      throw .precompileClash(
        name: precompile.name, owner: owner, address: precompile.address, first: first.precompile.name,
        firstOwner: first.owner)
    }
    try checkName(of: precompile, ignoring: precompile.address)
    add(PrecompileEntry(precompile: precompile, owner: owner, replaced: first.owner))
  }

  private func checkName(
    of precompile: some Precompile, ignoring address: UInt64? = nil
  ) throws(RegistrationError) {
    let twin = precompiles.values.first {
      $0.precompile.name == precompile.name && $0.precompile.address != address
    }
    if let twin { throw .duplicatePrecompile(name: precompile.name, owner: owner, first: twin.owner) }
  }
}
