/// Why the registry refused something. Every case names who asked and, for clashes, who was there first.
public enum RegistrationError: Error, Sendable, Hashable {
  case duplicateExtension(name: String)
  case invalidExtensionName(String)
  case duplicateMnemonic(String, owner: String, first: String)
  case encodingClash(
    mnemonic: String, owner: String, encoding: InstructionEncoding, first: String, firstOwner: String)
  case reservedEncoding(mnemonic: String, owner: String, encoding: InstructionEncoding, reason: String)
  case invalidEncoding(mnemonic: String, owner: String, encoding: InstructionEncoding, reason: String)
  case systemCallClash(number: UInt32, owner: String, first: String)
  case duplicateSystemCall(name: String, owner: String, first: String)
  case reservedSystemCall(number: UInt32, owner: String)
  case phantomClash(number: UInt32, owner: String, first: String)
  case reservedPhantom(number: UInt32, owner: String)
  case invalidAddressSpace(name: String, owner: String, reason: String)
  case precompileClash(name: String, owner: String, address: UInt64, first: String, firstOwner: String)
  case duplicatePrecompile(name: String, owner: String, first: String)
  case nothingToReplace(name: String, owner: String, address: UInt64)
  case forkClash(name: String, owner: String, first: String)
  case invalidFork(name: String, owner: String, reason: String)
}

extension RegistrationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .duplicateExtension(let name):
      "extension '\(name)' is registered twice"
    case .invalidExtensionName(let name):
      "'\(name)' is no extension name: use lower-case letters, digits and hyphens"
    case .duplicateMnemonic(let mnemonic, let owner, let first):
      "instruction '\(mnemonic)' of extension '\(owner)' has the name of one of '\(first)'"
    case .encodingClash(let mnemonic, let owner, let encoding, let first, let firstOwner):
      "instruction '\(mnemonic)' of extension '\(owner)' (\(encoding)) clashes with '\(first)' of '\(firstOwner)'"
    case .reservedEncoding(let mnemonic, let owner, let encoding, let reason):
      "instruction '\(mnemonic)' of extension '\(owner)' (\(encoding)) is reserved: \(reason)"
    case .invalidEncoding(let mnemonic, let owner, let encoding, let reason):
      "instruction '\(mnemonic)' of extension '\(owner)' has an impossible encoding (\(encoding)): \(reason)"
    case .systemCallClash(let number, let owner, let first):
      "system call \(number) of extension '\(owner)' is taken by '\(first)'"
    case .duplicateSystemCall(let name, let owner, let first):
      "system call '\(name)' of extension '\(owner)' has the name of one of '\(first)'"
    case .reservedSystemCall(let number, let owner):
      "system call \(number) of extension '\(owner)' is outside 0x680…0x6ff, the numbers for extensions"
    case .phantomClash(let number, let owner, let first):
      "phantom instruction \(hexadecimal(number, digits: 3)) of extension '\(owner)' is taken by '\(first)'"
    case .reservedPhantom(let number, let owner):
      "phantom instruction \(hexadecimal(number, digits: 3)) of extension '\(owner)' is outside 0x100…0x7ff, the "
        + "numbers for extensions"
    case .invalidAddressSpace(let name, let owner, let reason):
      "address space '\(name)' of extension '\(owner)': \(reason)"
    case .precompileClash(let name, let owner, let address, let first, let firstOwner):
      "precompile '\(name)' of extension '\(owner)' (address \(hexadecimal(address, digits: 2))) clashes with "
        + "'\(first)' of '\(firstOwner)'"
    case .duplicatePrecompile(let name, let owner, let first):
      "precompile '\(name)' of extension '\(owner)' has the name of one of '\(first)'"
    case .nothingToReplace(let name, let owner, let address):
      "precompile '\(name)' of extension '\(owner)' cannot replace anything: nothing is registered at "
        + "\(hexadecimal(address, digits: 2))"
    case .forkClash(let name, let owner, let first):
      "fork '\(name)' of extension '\(owner)' has the name of one of '\(first)'"
    case .invalidFork(let name, let owner, let reason):
      "fork '\(name)' of extension '\(owner)': \(reason)"
    }
  }
}
