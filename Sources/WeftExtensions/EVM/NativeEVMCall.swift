import CWeftABI
import Glibc
import Synchronization
import WeftEVM
import WeftMachine

/// One EVM's instance of a C extension: the `weft_evm_call` that its steps get, and what they do to the frame.
///
/// A step works on copies: words go in and come out through the call, everything else through services, which work on
/// the frame while the step runs and fail otherwise.
final class NativeEVMCall: ExtensionInstance {
  private let native: NativeInstance
  private let call: UnsafeMutablePointer<weft_evm_call>
  private let inputs: UnsafeMutablePointer<weft_word>
  /// One more than there can be: the host looks at the first that is not declared.
  private let outputs: UnsafeMutablePointer<weft_word>
  /// The running frame, during a step.
  private var frame: UnsafeMutablePointer<EVMFrame>?
  /// Why the step halts the frame; the first reason stays.
  private var reason: EVMHalt?
  private var detail: String?
  /// The thread whose step is under way, 0 when there is none.
  private let thread = Atomic<UInt>(0)
  private let wasUsedElsewhere = Atomic<Bool>(false)

  init(_ interface: NativeInterface) {
    native = NativeInstance(interface)
    call = NativeCallPool<weft_evm_call>.shared.take()
    call.initialize(to: weft_evm_call())
    call.pointee.struct_size = UInt32(MemoryLayout<weft_evm_call>.size)
    call.pointee.abi_version = UInt32(WEFT_ABI_VERSION)
    call.pointee.extension = native.call
    call.pointee.services = NativeEVMServices.table
    inputs = Self.words(of: call, \.inputs)
    outputs = Self.words(of: call, \.outputs)
    call.pointee.host = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    call.initialize(to: weft_evm_call())
    call.pointee.services = NativeEVMServices.table
    NativeCallPool<weft_evm_call>.shared.giveBack(call)
  }

  private static func words<Words>(
    of call: UnsafeMutablePointer<weft_evm_call>, _ path: WritableKeyPath<weft_evm_call, Words>
  ) -> UnsafeMutablePointer<weft_word> {
    let offset = MemoryLayout<weft_evm_call>.offset(of: path) ?? 0
    return (UnsafeMutableRawPointer(call) + offset).assumingMemoryBound(to: weft_word.self)
  }

  var name: String { native.name }

  func begin() throws(ExtensionFailure) { try native.beginState() }

  func save() throws(ExtensionFailure) -> [UInt8]? { try native.save() }
  func restore(_ bytes: [UInt8]) throws(ExtensionFailure) { try native.restore(bytes) }

  // MARK: Steps

  /// Lets a step carry out an instruction of the frame.
  func run(
    _ step: NativeEVMStep, inputs inputCount: Int, outputs outputCount: Int, _ frame: inout EVMFrame
  ) throws(EVMHalt) {
    for index in 0..<inputCount { inputs[index] = weft_word(frame.input(index)) }
    for index in 0...outputCount { outputs[index] = weft_word() }
    call.pointee.input_count = UInt32(truncatingIfNeeded: inputCount)
    call.pointee.output_count = UInt32(truncatingIfNeeded: outputCount)
    call.pointee.gas = frame.gasLeft
    reason = nil
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    let status = withUnsafeMutablePointer(to: &frame) { pointer in
      self.frame = pointer
      let status = step(call)
      self.frame = nil
      return status
    }
    thread.store(0, ordering: .relaxed)
    if status != weft_status(WEFT_OK) || reason != nil || outputs[outputCount].isAnything
      || wasUsedElsewhere.load(ordering: .relaxed)
    {
      throw halt(status, outputCount, &frame)
    }
    for index in 0..<outputCount { frame.setOutput(index, to: UInt256(outputs[index])) }
  }

  @inline(never)
  private func halt(_ status: weft_status, _ outputCount: Int, _ frame: inout EVMFrame) -> EVMHalt {
    if wasUsedElsewhere.exchange(false, ordering: .relaxed) {
      return frame.failure(misuse("another thread used its call"))
    }
    if let reason {
      let text = detail
      detail = nil
      return reason == .extensionFailed ? frame.failure(text ?? "no message") : reason
    }
    if status != weft_status(WEFT_OK) {
      return frame.failure("extension '\(name)' returned status \(status) without a message")
    }
    return frame.failure(misuse("it gave more than the \(outputCount) words that it declares"))
  }

  // MARK: Services

  /// Runs a service for a step; a failure is noted, and no service does anything after it.
  static func serve(
    _ call: UnsafeMutablePointer<weft_evm_call>?,
    _ body: (NativeEVMCall, inout EVMFrame) throws(EVMHalt) -> Void
  ) -> weft_status {
    guard let call, let host = call.pointee.host else { return weft_status(WEFT_FAILED) }
    let instance = Unmanaged<NativeEVMCall>.fromOpaque(host).takeUnretainedValue()
    let owner = instance.thread.load(ordering: .relaxed)
    guard owner == UInt(pthread_self()) else {
      if owner != 0 { instance.wasUsedElsewhere.store(true, ordering: .relaxed) }
      return weft_status(WEFT_FAILED)
    }
    guard let frame = instance.frame, instance.reason == nil else { return weft_status(WEFT_FAILED) }
    do throws(EVMHalt) {
      try body(instance, &frame.pointee)
      call.pointee.gas = frame.pointee.gasLeft
      return weft_status(WEFT_OK)
    } catch {
      instance.reason = error
      return weft_status(WEFT_FAILED)
    }
  }

  /// A failure with words, to be thrown.
  func failure(_ detail: String) -> EVMHalt {
    self.detail = detail
    return .extensionFailed
  }

  /// Words for a broken rule.
  func misuse(_ rule: String) -> String { "extension '\(name)' broke a rule: \(rule)" }
}

extension NativeCallPool<weft_evm_call> {
  static let shared = NativeCallPool()
}

extension weft_word {
  @inline(__always) init(_ value: UInt256) {
    self.init(limb0: value.limb0, limb1: value.limb1, limb2: value.limb2, limb3: value.limb3)
  }

  @inline(__always) var isAnything: Bool { limb0 | limb1 | limb2 | limb3 != 0 }
}

extension UInt256 {
  @inline(__always) init(_ word: weft_word) {
    self.init(limbs: word.limb0, word.limb1, word.limb2, word.limb3)
  }
}
