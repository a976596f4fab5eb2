import CWeftABI
import WeftEVM
import WeftMachine

/// What a C extension brings to the EVM: a `weft_evm_extension` that has been read and found in order.
public struct EVMParts: @unchecked Sendable {  // function pointers to code that is never written
  public struct Instruction {
    public var mnemonic: String
    public var opcode: UInt8
    /// Static gas.
    public var gas: UInt32
    public var inputs: Int
    public var outputs: Int
    public var firstFork: Int
    public var replaces: Bool
    public var step: NativeEVMStep
  }

  public struct Precompile: @unchecked Sendable {
    public typealias Gas = @convention(c) (UnsafePointer<UInt8>?, Int, UInt32) -> UInt64
    public typealias Run =
      @convention(c) (UnsafePointer<UInt8>?, Int, UInt32, UnsafeMutablePointer<weft_writer>?) -> weft_status

    public var name: String
    public var address: UInt64
    public var firstFork: Int
    public var replaces: Bool
    public var gas: Gas
    public var run: Run
  }

  public var instructions: [Instruction] = []
  public var precompiles: [Precompile] = []
  public var forks: [ForkDefinition] = []

  public init() {}

  var isEmpty: Bool { instructions.isEmpty && precompiles.isEmpty && forks.isEmpty }

  func register(
    in registry: inout ExtensionRegistry, _ interface: NativeInterface
  ) throws(RegistrationError) {
    if !instructions.isEmpty {
      let instance = registry.registerInstance { NativeEVMCall(interface) }
      for instruction in instructions {
        let executor = NativeEVMInstruction(instruction, instance: instance)
        if instruction.replaces {
          try registry.replace(with: executor)
        } else {
          try registry.register(executor)
        }
      }
    }
    for precompile in precompiles {
      let contract = NativeEVMPrecompile(precompile, owner: interface.owner)
      if precompile.replaces {
        try registry.replace(with: contract)
      } else {
        try registry.register(contract)
      }
    }
  }

  /// Its parts one by one, none of which replaces anything.
  var separated: [EVMParts] {
    var all: [EVMParts] = []
    for var instruction in instructions {
      instruction.replaces = false
      var one = EVMParts()
      one.instructions = [instruction]
      all.append(one)
    }
    for var precompile in precompiles {
      precompile.replaces = false
      var one = EVMParts()
      one.precompiles = [precompile]
      all.append(one)
    }
    for fork in forks {
      var one = EVMParts()
      one.forks = [fork]
      all.append(one)
    }
    return all
  }
}
