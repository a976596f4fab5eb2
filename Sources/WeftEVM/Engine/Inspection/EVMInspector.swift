import CWeftABI

/// Watches an execution. An engine with an inspector is the reference engine; the handlers of the threaded engine know
/// nothing of inspectors.
///
/// Every method has an empty default. What views show is valid during the call only.
public protocol EVMInspector: AnyObject {
  /// An instruction is about to be executed, before its gas and stack are checked.
  func step(_ step: StepInfo, _ frame: FrameView)
  /// A call or creation begins; also where no code runs.
  func enter(_ call: CallInfo, input: UnsafeRawBufferPointer)
  /// A frame has ended.
  func leave(_ result: FrameResult, _ frame: FrameView)
  /// A call that ran no code has ended: empty code, or a precompiled contract. `gasLeft` is `nil` where it failed.
  func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?)
  func log(_ log: Log, _ frame: FrameView)
  /// SSTORE, or an instruction of an extension, writes a slot.
  func store(slot: UInt256, from old: UInt256, to new: UInt256, _ frame: FrameView)
  /// An instruction of an extension reads a slot.
  func load(slot: UInt256, value: UInt256, _ frame: FrameView)
  /// An instruction of an extension reads memory.
  func read(_ range: Range<Int>, _ frame: FrameView)
  func selfDestruct(beneficiary: Address, balance: UInt256, _ frame: FrameView)
  /// The frame halts exceptionally.
  func fault(_ reason: EVMHalt, _ frame: FrameView)
}

extension EVMInspector {
  public func step(_ step: StepInfo, _ frame: FrameView) {}
  public func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) {}
  public func leave(_ result: FrameResult, _ frame: FrameView) {}
  public func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?) {}
  public func log(_ log: Log, _ frame: FrameView) {}
  public func store(slot: UInt256, from old: UInt256, to new: UInt256, _ frame: FrameView) {}
  public func load(slot: UInt256, value: UInt256, _ frame: FrameView) {}
  public func read(_ range: Range<Int>, _ frame: FrameView) {}
  public func selfDestruct(beneficiary: Address, balance: UInt256, _ frame: FrameView) {}
  public func fault(_ reason: EVMHalt, _ frame: FrameView) {}
}

/// How a frame was entered.
public struct CallInfo {
  public enum Kind: String, Sendable {
    case call = "CALL"
    case callCode = "CALLCODE"
    case delegateCall = "DELEGATECALL"
    case staticCall = "STATICCALL"
    case create = "CREATE"
    case create2 = "CREATE2"
  }

  let frameKind: FrameKind
  /// Depth of the new frame, 0 for the outermost.
  public let depth: Int
  let callerWord: UInt256
  let targetWord: UInt256
  let codeWord: UInt256
  public let value: UInt256
  /// Gas that the frame gets.
  public let gas: Int64

  init(
    kind: FrameKind, depth: UInt32, caller: UInt256, target: UInt256, codeAddress: UInt256, value: UInt256,
    gas: Int64
  ) {
    frameKind = kind
    self.depth = Int(depth)
    callerWord = caller
    targetWord = target
    codeWord = codeAddress
    self.value = value
    self.gas = gas
  }

  public var kind: Kind {
    switch frameKind {
    case .call: .call
    case .callCode: .callCode
    case .delegateCall: .delegateCall
    case .staticCall: .staticCall
    case .create: .create
    case .create2: .create2
    }
  }

  /// What CALLER gives in the frame.
  public var caller: Address { Address(word: callerWord) }
  /// What ADDRESS gives in the frame.
  public var target: Address { Address(word: targetWord) }
  /// The account that was called: its code runs, or that of its delegate.
  public var codeAddress: Address { Address(word: codeWord) }
}

/// An instruction that is about to be executed.
public struct StepInfo {
  private let context: EVMContext
  public let opcode: Opcode
  /// The part of its price that does not depend on operands.
  public let staticGas: UInt32

  init(_ context: EVMContext, opcode: Opcode, staticGas: UInt32) {
    self.context = context
    self.opcode = opcode
    self.staticGas = staticGas
  }

  public var programCounter: UInt64 { context.frame.pointee.program_counter }
  public var gas: Int64 { context.gas }
  public var refund: Int64 { context.engine.pointee.refund }
  /// The mnemonic, in lower case.
  public var name: String { context.engine.pointee.table.names[Int(opcode.rawValue)] }
}

/// How a frame ended.
public struct FrameResult {
  let outcome: EngineState.RootOutcome
  public let gasLeft: Int64
  public let output: UnsafeRawBufferPointer

  public var isSuccess: Bool { outcome == .success }
  public var wasReverted: Bool { outcome == .reverted }
  /// Why it halted; `nil` where it did not.
  public var halt: EVMHalt? { if case .halted(let reason) = outcome { reason } else { nil } }
}

/// The frame that runs, to look at.
public struct FrameView {
  private let context: EVMContext

  init(_ context: EVMContext) { self.context = context }

  /// 0 for the outermost frame.
  public var depth: Int { Int(context.frame.pointee.depth) }
  public var address: Address { Address(word: UInt256(context.frame.pointee.address)) }
  public var caller: Address { Address(word: UInt256(context.frame.pointee.caller)) }
  public var value: UInt256 { UInt256(context.frame.pointee.value) }
  public var isStatic: Bool { context.frame.pointee.is_static != 0 }
  /// keccak-256 of the running code; 0 for init code.
  public var codeHash: Hash256 { Hash256(word: context.frame.analysis.pointee.hash) }

  /// The stack, the oldest word first.
  public var stack: UnsafeBufferPointer<UInt256> {
    let base = UnsafeMutableRawPointer(context.pointee.stack_base.unsafelyUnwrapped)
      .assumingMemoryBound(to: UInt256.self)
    let count = context.top - base
    return UnsafeBufferPointer(start: base + 1, count: max(0, count))
  }

  public var memory: UnsafeRawBufferPointer {
    let memory = context.engine
    return UnsafeRawBufferPointer(
      start: memory.pointee.memory.contextBase, count: memory.pointee.memory.contextSize)
  }

  public var returnData: UnsafeRawBufferPointer { context.engine.pointee.memory.returnData }
}
