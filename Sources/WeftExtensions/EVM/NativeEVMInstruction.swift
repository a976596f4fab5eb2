import CWeftABI
import WeftEVM
import WeftMachine

/// A step function of `weft_evm_extension.h`.
public typealias NativeEVMStep = @convention(c) (UnsafeMutablePointer<weft_evm_call>?) -> weft_status

/// One EVM instruction of a C extension.
struct NativeEVMInstruction: EVMInstructionExecutor {
  let mnemonic: String
  let opcode: Opcode
  let staticGas: UInt32
  let stackInputs: Int
  let stackOutputs: Int
  let firstFork: Int
  let implementation: EVMImplementation

  /// - Parameter instance: number of the extension's `NativeEVMCall`.
  init(_ description: EVMParts.Instruction, instance: Int) {
    mnemonic = description.mnemonic
    opcode = Opcode(description.opcode)
    staticGas = description.gas
    stackInputs = description.inputs
    stackOutputs = description.outputs
    firstFork = description.firstFork
    let (step, inputs, outputs) = (description.step, description.inputs, description.outputs)
    implementation = .service { (frame: inout EVMFrame) throws(EVMHalt) in
      // A comparison of types: a conditional cast would take longer than most steps.
      guard let own = frame.instance(instance), type(of: own) == NativeEVMCall.self else {
        throw .extensionFailed
      }
      try unsafeDowncast(own, to: NativeEVMCall.self).run(step, inputs: inputs, outputs: outputs, &frame)
    }
  }
}
