/// Rules of the EVM that an extension defines: those of a fork of the mainnet, and what is different.
///
/// ```swift
/// ForkDefinition(
///   name: "cheap-storage", base: .osaka,
///   changes: [.schedule(.storeSet, 2000), .instruction(opcode: 0x21, isOn: true)])
/// ```
///
/// Forks are numbers in the order of their history, the raw values of the EVM's fork type.
public struct ForkDefinition: Sendable, Hashable {
  /// One difference. Of two that contradict each other the later counts.
  public enum Change: Sendable, Hashable {
    /// Switches an instruction on, whatever fork it came with, or off: its opcode is undefined then.
    case instruction(opcode: UInt8, isOn: Bool)
    /// What an instruction costs before it does anything.
    case instructionGas(opcode: UInt8, UInt32)
    /// Switches a precompiled contract on, whatever fork it came with, or off: its address is an account then.
    case precompile(address: UInt64, isOn: Bool)
    /// An entry of the EVM's gas schedule, by its name there.
    case schedule(entry: String, Int64)
  }

  /// Lower-case letters, digits and hyphens. It is found by this name, in any case.
  public var name: String
  /// The fork that it derives from.
  public var base: Int
  public var changes: [Change]
  /// Stands in the place of the mainnet's fork of this name.
  public var replaces: Bool

  public init(name: String, base: Int, changes: [Change], replaces: Bool = false) {
    self.name = name
    self.base = base
    self.changes = changes
    self.replaces = replaces
  }
}

extension ExtensionRegistry {
  /// One registered fork.
  public struct ForkEntry: Sendable, Hashable {
    public var definition: ForkDefinition
    /// Name of the extension that registered it.
    public var owner: String
  }

  /// Registers rules under a name that no other extension has given. `VMExtension.forks` are registered by `add`.
  public mutating func register(_ fork: ForkDefinition) throws(RegistrationError) {
    guard Self.isName(fork.name) else {
      throw .invalidFork(
        name: fork.name, owner: owner, reason: "a name has lower-case letters, digits and hyphens")
    }
    if let first = forks.first(where: { $0.definition.name == fork.name }) {
      throw .forkClash(name: fork.name, owner: owner, first: first.owner)
    }
    add(ForkEntry(definition: fork, owner: owner))
  }
}
