import CWeftABI
import WeftMachine

/// A C function as an instruction.
struct ForeignInstruction: InstructionExecutor {
  let mnemonic: String
  let encoding: InstructionEncoding
  let call: ForeignCall
  /// Number of the extension's instance in a machine, once it is registered.
  var instance: Int?

  init(_ instruction: ExtensionManifest.Instruction, _ call: ForeignCall) {
    mnemonic = instruction.mnemonic
    encoding = .rv32(match: instruction.match, mask: instruction.mask)
    self.call = call
  }

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    let fields = RV32Operands(iType: word)
    let operands = CallOperands(word: word)
    guard call.accepts(operands) else { return nil }
    let service: LoweredInstruction.Service = { [call] guest, _ throws(Trap) in try call.run(guest, operands)
    }
    guard let instance, call.quickness != .never else { return .service(fields, service) }
    let native = NativeInstruction(
      mnemonic: mnemonic, form: .i, registers: [], ticks: 0, step: foreignStep, instance: instance,
      service: service)
    return LoweredInstruction(.native(native), fields)
  }
}
