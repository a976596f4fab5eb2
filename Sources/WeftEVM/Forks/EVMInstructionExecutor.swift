import CWeftABI
import WeftMachine

/// An instruction of the EVM: what the registry, the analysis of code and the engines have to know of it.
///
/// ```swift
/// struct Triple: EVMInstructionExecutor {
///   let mnemonic = "triple"
///   let opcode = Opcode(0x0c)
///   let staticGas: UInt32 = 5
///   let stackInputs = 1
///   let stackOutputs = 1
///   var implementation: EVMImplementation {
///     .service { (frame: inout EVMFrame) throws(EVMHalt) in
///       frame.setOutput(0, to: frame.input(0) &* UInt256(3))
///     }
///   }
/// }
/// ```
public protocol EVMInstructionExecutor: InstructionExecutor {
  var opcode: Opcode { get }
  /// Gas that the instruction costs before it does anything.
  var staticGas: UInt32 { get }
  /// Words that have to be on the stack, 0…17.
  var stackInputs: Int { get }
  /// Words that stand in the place of those inputs afterwards, 0…17.
  var stackOutputs: Int { get }
  /// The first fork that has it, as its number; `Int.max` for an instruction that only forks of extensions switch on.
  var firstFork: Int { get }
  /// Who carries it out.
  var implementation: EVMImplementation { get }
}

/// Who carries out an EVM instruction.
public enum EVMImplementation: Sendable {
  /// Swift code on the running frame. The inputs are on the stack when it is called, the outputs when it returns;
  /// the engine adjusts the height of the stack.
  public typealias Service = @Sendable (inout EVMFrame) throws(EVMHalt) -> Void

  /// Weft's own implementation of the opcode.
  case standard
  /// Swift code that the host calls.
  case service(Service)
  /// A handler of the shape in `weft_handler.h`; see `weft_evm.h` for what it finds and must keep.
  case handler(UInt)
}

extension EVMInstructionExecutor {
  public var encoding: InstructionEncoding { .evm(opcode: opcode.rawValue) }
  public var firstFork: Int { 0 }

  /// EVM instructions are lowered by the analysis of code, from `implementation`.
  public func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? { nil }
}
