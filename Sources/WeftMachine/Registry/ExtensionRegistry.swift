import WeftMemory

/// Collects what extensions bring and refuses clashes. Freezing it gives the table that decoding consults.
public struct ExtensionRegistry {
  /// One registered instruction.
  public struct Entry: Sendable {
    public var executor: any InstructionExecutor
    /// Name of the extension that registered it.
    public var owner: String
    /// Name of the extension whose instruction it replaced, if it did.
    public var replaced: String?

    init(executor: any InstructionExecutor, owner: String, replaced: String? = nil) {
      self.executor = executor
      self.owner = owner
      self.replaced = replaced
    }
  }

  public struct Member: Sendable, Hashable {
    public var name: String
    public var version: String
  }

  public private(set) var extensions: [Member] = []
  public private(set) var entries: [Entry] = []
  public private(set) var systemCalls: [UInt32: SystemCall] = [:]
  /// Address spaces of extensions.
  public private(set) var addressSpaces: [AddressSpace] = []
  public private(set) var phantoms: [UInt32: PhantomInstruction] = [:]
  /// Makes what the extensions keep for one machine.
  package private(set) var instanceFactories: [@Sendable () -> any ExtensionInstance] = []
  /// What parts of Weft change in the memory of a machine: address spaces of their own.
  package private(set) var memoryChanges: [MemoryChange] = []
  /// Precompiled contracts by address.
  public private(set) var precompiles: [UInt64: PrecompileEntry] = [:]
  /// Instruction sets that Weft's own parts have brought: what the machine runs.
  public private(set) var instructionSets: Set<InstructionSet> = []
  /// Rules of the EVM that extensions define, in the order of registration.
  public private(set) var forks: [ForkEntry] = []
  /// The extension whose `register(in:)` is under way.
  private var current = Owner(name: "", isBuiltIn: true)

  private struct Owner {
    var name: String
    var isBuiltIn: Bool
  }

  /// A change of a machine's memory, by its limits and the mode of the run.
  package typealias MemoryChange = @Sendable (inout MemoryConfiguration, Limits, RunMode) -> Void

  public init() {}

  /// Runs the extension's registration.
  ///
  /// A refused extension leaves the registry as it was.
  public mutating func add(_ extension: any VMExtension) throws(RegistrationError) {
    try add(`extension`, isBuiltIn: false)
  }

  /// Adds a part of Weft itself, which may use the standard encodings and call numbers.
  package mutating func addBuiltIn(_ extension: any VMExtension) throws(RegistrationError) {
    try add(`extension`, isBuiltIn: true)
  }

  private mutating func add(_ extension: any VMExtension, isBuiltIn: Bool) throws(RegistrationError) {
    let name = `extension`.name
    guard Self.isName(name) else { throw .invalidExtensionName(name) }
    guard !extensions.contains(where: { $0.name == name }) else {
      throw .duplicateExtension(name: name)
    }
    var changed = self
    changed.current = Owner(name: name, isBuiltIn: isBuiltIn)
    changed.extensions.append(Member(name: name, version: `extension`.version))
    for fork in `extension`.forks { try changed.register(fork) }
    try `extension`.register(in: &changed)
    self = changed
  }

  /// Whether a name has lower-case letters, digits and hyphens only, 1 to 64 of them.
  static func isName(_ name: String) -> Bool {
    let allowed = name.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
    }
    return allowed && (1...64).contains(name.utf8.count)
  }

  /// Registers an instruction: executor and metadata together.
  public mutating func register(_ executor: some InstructionExecutor) throws(RegistrationError) {
    let (mnemonic, encoding, owner) = (executor.mnemonic, executor.encoding, current.name)
    if let reason = encoding.fault {
      throw .invalidEncoding(mnemonic: mnemonic, owner: owner, encoding: encoding, reason: reason)
    }
    if !current.isBuiltIn, let reason = encoding.reservation {
      throw .reservedEncoding(mnemonic: mnemonic, owner: owner, encoding: encoding, reason: reason)
    }
    for entry in entries where entry.executor.encoding.instructionSet == encoding.instructionSet {
      if entry.executor.encoding.overlaps(encoding) {
        throw .encodingClash(
          mnemonic: mnemonic, owner: owner, encoding: encoding, first: entry.executor.mnemonic,
          firstOwner: entry.owner)
      }
      if entry.executor.mnemonic == mnemonic {
        throw .duplicateMnemonic(mnemonic, owner: owner, first: entry.owner)
      }
    }
    entries.append(Entry(executor: executor, owner: owner))
    if current.isBuiltIn { instructionSets.insert(encoding.instructionSet) }
  }

  /// Puts an EVM instruction into the place of another extension's.
  ///
  /// One replacement is possible for each opcode: two extensions that both want to replace an instruction clash.
  public mutating func replace(with executor: some InstructionExecutor) throws(RegistrationError) {
    let (mnemonic, encoding, owner) = (executor.mnemonic, executor.encoding, current.name)
    let index = entries.firstIndex { encoding.instructionSet == .evm && $0.executor.encoding == encoding }
    guard let index else {
      throw .invalidEncoding(
        mnemonic: mnemonic, owner: owner, encoding: encoding, reason: "there is no EVM instruction to replace"
      )
    }
    let first = entries[index]
    if first.replaced != nil || first.owner == owner {
      throw .encodingClash(
        mnemonic: mnemonic, owner: owner, encoding: encoding, first: first.executor.mnemonic,
        firstOwner: first.owner)
    }
    let twin = entries.indices.first { $0 != index && entries[$0].executor.mnemonic == mnemonic }
    if let twin { throw .duplicateMnemonic(mnemonic, owner: owner, first: entries[twin].owner) }
    entries[index] = Entry(executor: executor, owner: owner, replaced: first.owner)
  }

  /// Registers a call that RV32 guests make by `ecall` with `number` in a7. Extensions have 0x680…0x6ff.
  public mutating func registerSystemCall(
    _ number: UInt32, name: String, body: @escaping SystemCall.Body
  ) throws(RegistrationError) {
    if !current.isBuiltIn, !(0x680...0x6ff).contains(number) {
      throw .reservedSystemCall(number: number, owner: current.name)
    }
    if let first = systemCalls[number] {
      throw .systemCallClash(number: number, owner: current.name, first: first.owner)
    }
    if let first = systemCalls.values.first(where: { $0.name == name }) {
      throw .duplicateSystemCall(name: name, owner: current.name, first: first.owner)
    }
    systemCalls[number] = SystemCall(name: name, number: number, owner: current.name, body: body)
  }

  /// Registers memory of the extension's own and gives its number.
  ///
  /// - Parameters:
  ///   - blockSize: cells that are accessed together: 1, 2, 4, 8, 16 or 32.
  ///   - cellCount: a multiple of `blockSize`, at most 2^29.
  public mutating func registerAddressSpace(
    name: String, kind: AddressSpace.Kind = .byte, blockSize: Int = 4, cellCount: UInt64
  ) throws(RegistrationError) -> AddressSpaceID {
    let fullName = "\(current.name).\(name)"
    func refuse(_ reason: String) -> RegistrationError {
      .invalidAddressSpace(name: name, owner: current.name, reason: reason)
    }
    guard kind != .immediate else { throw refuse("immediates have no storage") }
    guard [1, 2, 4, 8, 16, 32].contains(blockSize) else {
      throw refuse("blocks of \(blockSize) cells; they have 1, 2, 4, 8, 16 or 32")
    }
    guard cellCount > 0, cellCount <= 1 << 29, cellCount % UInt64(blockSize) == 0 else {
      throw refuse("\(cellCount) cells; a multiple of \(blockSize) from \(blockSize) to 2^29 is needed")
    }
    guard !addressSpaces.contains(where: { $0.name == fullName }) else { throw refuse("declared twice") }
    guard addressSpaces.count < Self.maximumAddressSpaces else {
      throw refuse("there are \(Self.maximumAddressSpaces) address spaces of extensions already")
    }
    let id = AddressSpaceID(Self.firstAddressSpace &+ UInt32(truncatingIfNeeded: addressSpaces.count))
    addressSpaces.append(
      AddressSpace(id, name: fullName, kind: kind, blockSize: blockSize, cellCount: cellCount))
    return id
  }

  /// Spaces 1 to 8 are Weft's own.
  private static let firstAddressSpace: UInt32 = 9
  private static let maximumAddressSpaces = 128

  /// Registers what the extension keeps for each machine and gives the number by which `guest.instance(_:)` finds it.
  public mutating func registerInstance(_ make: @escaping @Sendable () -> any ExtensionInstance) -> Int {
    instanceFactories.append(make)
    return instanceFactories.count &- 1
  }

  /// Registers what a part of Weft changes in the memory of a machine.
  package mutating func registerMemory(_ change: @escaping MemoryChange) { memoryChanges.append(change) }

  /// Registers an unconstrained request, `weft.phantom` with `number` as its immediate.
  public mutating func registerPhantom(
    _ number: UInt32, name: String, body: @escaping PhantomInstruction.Body
  ) throws(RegistrationError) {
    guard PhantomInstruction.extensionNumbers.contains(number) else {
      throw .reservedPhantom(number: number, owner: current.name)
    }
    if let first = phantoms[number] {
      throw .phantomClash(number: number, owner: current.name, first: first.owner)
    }
    phantoms[number] = PhantomInstruction(name: name, number: number, owner: current.name, body: body)
  }

  /// Name of the extension whose registration is under way.
  var owner: String { current.name }

  /// Takes a contract that `register` or `replace` has checked.
  mutating func add(_ entry: PrecompileEntry) { precompiles[entry.precompile.address] = entry }

  /// Takes a fork that `register` has checked.
  mutating func add(_ entry: ForkEntry) { forks.append(entry) }

  /// Ends registration.
  public consuming func freeze() -> InstructionTable {
    InstructionTable(
      extensions: extensions, entries: entries, systemCalls: systemCalls, precompiles: precompiles,
      phantoms: phantoms, addressSpaces: addressSpaces, memoryChanges: memoryChanges,
      instanceFactories: instanceFactories)
  }
}

extension InstructionEncoding {
  /// Why no word can have this encoding.
  fileprivate var fault: String? {
    guard case .rv32(let match, let mask) = self else { return nil }
    if match & ~mask != 0 { return "match has bits outside mask" }
    if mask & 0x7f != 0x7f { return "the mask must cover the major opcode, bits 0 to 6" }
    if match & 3 != 3 { return "the low two bits of a 32-bit instruction are 1" }
    return nil
  }

  /// Why an extension may not have this encoding: only custom-1, custom-2 and custom-3 are for extensions.
  fileprivate var reservation: String? {
    guard case .rv32(let match, _) = self else { return nil }
    switch match & 0x7f {
    case 0x2b, 0x5b, 0x7b: return nil
    case 0x0b: return "custom-0 (0x0b) is Weft's own; extensions use 0x2b, 0x5b or 0x7b"
    default: return "standard opcodes belong to RISC-V; extensions use 0x2b, 0x5b or 0x7b"
    }
  }
}
