import CWeftABI

typealias Slot = UnsafePointer<weft_instruction>
typealias Words = UnsafeMutablePointer<UInt256>
/// A stack pointer as C knows it.
typealias Operands = UnsafeMutableRawPointer
typealias Memory = UnsafeMutableRawPointer
typealias Context = UnsafeMutablePointer<weft_context>
typealias EVMContext = UnsafeMutablePointer<weft_evm_context>
typealias FramePointer = UnsafeMutablePointer<weft_evm_frame>

/// A handler as it stands in a decoded instruction: `weft_handler` of the C header, non-optional.
typealias Handler = @convention(c) (Slot, Operands, Memory, UInt64, Int64, Context) -> Void

/// The six arguments of a handler as one value.
///
/// Instruction bodies take it and pass it on; after inlining nothing of it remains but the six argument
/// registers of the System V ABI that hold its fields.
struct ExecutionState {
  /// The instruction that is executed, later the one that follows it.
  var next: Slot
  /// The top word of the stack; `top[-1]` is the word below it.
  var top: Words
  var memory: Memory
  var memorySize: UInt64
  /// Gas of the present slice.
  var gas: Int64
  let context: EVMContext

  @inline(__always)
  init(
    _ next: Slot, _ top: Operands, _ memory: Memory, _ memorySize: UInt64, _ gas: Int64, _ context: Context
  ) {
    self.next = next
    self.top = top.assumingMemoryBound(to: UInt256.self)
    self.memory = memory
    self.memorySize = memorySize
    self.gas = gas
    // The common context is the first member of the EVM's.
    self.context = UnsafeMutableRawPointer(context).assumingMemoryBound(to: weft_evm_context.self)
  }

  /// The state that the host has left in the context.
  @inline(__always)
  init(_ context: EVMContext) {
    next = context.pointee.base.next.unsafelyUnwrapped
    top = context.top
    memory = UnsafeMutableRawPointer(context.pointee.memory.unsafelyUnwrapped)
    memorySize = context.pointee.memory_size
    gas = context.pointee.base.budget
    self.context = context
  }

  /// The eight bytes behind the handler: a pushed value, the price of the line that follows, a target.
  @inline(__always) var payload: UInt64 { next.payload }

  @inline(__always) var baseContext: Context {
    UnsafeMutableRawPointer(context).assumingMemoryBound(to: weft_context.self)
  }

  @inline(__always) func advanced(by slots: Int = 1) -> ExecutionState {
    var state = self
    state.next = next + slots
    return state
  }

  /// The state with the top `count` words gone.
  @inline(__always) func popped(_ count: Int = 1) -> ExecutionState {
    var state = self
    state.top = top - count
    return state
  }

  /// The state with one more word.
  @inline(__always) func pushing(_ word: UInt256) -> ExecutionState {
    top[1] = word
    var state = self
    state.top = top + 1
    return state
  }

  /// Hands the state to the host. Memory is the host's own.
  @inline(__always) func spill() {
    context.pointee.base.next = next
    context.top = top
    context.pointee.base.budget = gas
  }
}

extension UnsafeMutablePointer<UInt256> {
  /// The word at a distance from the top of the stack, read limb by limb; see `weft_limb`.
  @inline(__always) func word(_ distance: Int) -> UInt256 {
    let word = UnsafeRawPointer(self + distance)
    return UInt256(limbs: weft_limb(word), weft_limb(word + 8), weft_limb(word + 16), weft_limb(word + 24))
  }
}

extension UnsafePointer<weft_instruction> {
  @inline(__always) var payload: UInt64 {
    UnsafeRawPointer(self).loadUnaligned(fromByteOffset: 8, as: UInt64.self)
  }
}

extension UnsafeMutablePointer<weft_instruction> {
  @inline(__always) var payload: UInt64 {
    get { UnsafeRawPointer(self).loadUnaligned(fromByteOffset: 8, as: UInt64.self) }
    nonmutating set {
      UnsafeMutableRawPointer(self).storeBytes(of: newValue, toByteOffset: 8, as: UInt64.self)
    }
  }
}

extension UnsafeMutablePointer<weft_evm_context> {
  /// The top of the stack while the host has control.
  @inline(__always) var top: Words {
    get {
      UnsafeMutableRawPointer(pointee.top.unsafelyUnwrapped).assumingMemoryBound(to: UInt256.self)
    }
    nonmutating set {
      pointee.top = UnsafeMutableRawPointer(newValue).assumingMemoryBound(to: weft_word.self)
    }
  }

  @inline(__always) var frame: FramePointer { pointee.frame.unsafelyUnwrapped }

  /// The engine that owns the context.
  @inline(__always) var engine: UnsafeMutablePointer<EngineState> {
    pointee.base.host.unsafelyUnwrapped.assumingMemoryBound(to: EngineState.self)
  }
}

extension UInt256 {
  @inline(__always) init(_ word: weft_word) {
    self.init(limbs: word.limb0, word.limb1, word.limb2, word.limb3)
  }

  @inline(__always) var abiWord: weft_word {
    weft_word(limb0: limb0, limb1: limb1, limb2: limb2, limb3: limb3)
  }
}
