import CWeftABI
import WeftMachine
import WeftMemory

/// An extension over the C ABI: from a shared object, or linked into the host.
///
/// ```swift
/// let bits = try NativeExtension(linked: "bits", weft_bits_extension())
/// let machine = try Machine(program, extensions: [bits])
/// ```
public struct NativeExtension: VMExtension {
  public let description: ExtensionDescription
  /// The file it comes from; `nil` when it is linked in.
  public let path: String?

  public var name: String { description.name }
  public var version: String { description.version }
  public var forks: [ForkDefinition] { description.evm.forks }

  init(_ description: ExtensionDescription, path: String?) {
    self.description = description
    self.path = path
  }

  /// An extension that is part of the host: its table, as the entry function would give it.
  ///
  /// - Throws: all problems of the table.
  public init(
    linked label: String, _ table: UnsafePointer<weft_extension>?
  ) throws(ExtensionLoadError) {
    guard let table else { throw ExtensionLoadError(path: label, problems: ["there is no table"]) }
    let (description, problems) = DescriptionReader.read(table)
    guard var description else { throw ExtensionLoadError(path: label, problems: problems) }
    let chipProblems = ChipCheck.problems(describing: &description)
    guard chipProblems.isEmpty else { throw ExtensionLoadError(path: label, problems: chipProblems) }
    self.init(description, path: nil)
  }

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    var interface = description.interface
    for space in description.spaces {
      interface.spaces.append(
        try registry.registerAddressSpace(
          name: space.name, kind: space.holdsFieldElements ? .native : .byte, blockSize: space.blockSize,
          cellCount: space.cellCount))
    }
    // A machine of another instruction set has nothing that they could replace.
    if registry.instructionSets.contains(.evm) { try description.evm.register(in: &registry, interface) }
    let index = registry.registerInstance { [interface] in NativeInstance(interface) }
    for instruction in description.instructions {
      try registry.register(NativeExecutor(instruction, instance: index, spaces: interface.spaces))
    }
    for phantom in description.phantoms {
      let perform = phantom.perform
      try registry.registerPhantom(phantom.number, name: phantom.name) { guest, first, second throws(Trap) in
        guard let instance = guest.instance(index) as? NativeInstance else { return }
        try instance.performPhantom(perform, first, second, guest)
      }
    }
    for call in description.calls {
      let perform = call.perform
      try registry.registerSystemCall(call.number, name: call.name) { guest, arguments throws(Trap) in
        guard let instance = guest.instance(index) as? NativeInstance else { return SystemCall.Result() }
        return try instance.performCall(perform, arguments, guest)
      }
    }
  }
}

/// One instruction of a C extension.
private struct NativeExecutor: InstructionExecutor {
  let mnemonic: String
  let encoding: InstructionEncoding
  private(set) var chip: InstructionChip?
  private let instruction: NativeInstruction

  init(_ description: ExtensionDescription.Instruction, instance: Int, spaces: [AddressSpaceID]) {
    chip = description.chip
    chip?.spaces = spaces
    mnemonic = description.mnemonic
    encoding = description.encoding
    instruction = NativeInstruction(
      mnemonic: description.mnemonic, form: description.form, registers: description.registers,
      ticks: description.ticks, step: description.step, handler: description.handler, instance: instance)
  }

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    LoweredInstruction(.native(instruction), instruction.form.operands(of: word))
  }
}
