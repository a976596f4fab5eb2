import CWeftABI
import Glibc
import WeftMachine
import WeftMemory

/// Everything an execution works with besides the six arguments of its handlers.
///
/// It stands behind a pointer that the context carries: no class property and no reference count on the way.
struct EngineState: ~Copyable {
  var memory: EVMMemory
  let table: OpcodeTable
  let schedule: GasSchedule
  let fork: Fork
  let precompiles: PrecompileTable
  /// What extensions keep for this EVM.
  let instances: [any ExtensionInstance]
  var cache: CodeCache
  /// The state that is worked on; set for each execution.
  var tables: UnsafeMutablePointer<StateTables>
  /// 1,025 frames.
  let frames: UnsafeMutablePointer<weft_evm_frame>
  /// The stacks of all frames, one behind the other: a child's begins at its parent's top.
  let stack: Words
  let context: EVMContext
  /// For the decoder.
  private let steps: UnsafeMutablePointer<CodeDecoder.Step>
  /// The instruction that the reference engine executes.
  let instruction: UnsafeMutablePointer<weft_instruction>
  /// The constant of a PUSH that the reference engine executes.
  let constant: UnsafeMutablePointer<UInt256>

  var inspector: (any EVMInspector)?
  /// The last modulus of ADDMOD and MULMOD with its reciprocal.
  var modulus = ModulusCache()
  /// The last hashes of 64 bytes, which is what keys of mappings are made of.
  var hashes = KeccakMemo()
  /// The refund counter; inside a frame it may be negative.
  var refund: Int64 = 0
  /// Most gas that handlers get before they give control back.
  var slice: Int64 = .max
  /// Frames that may begin before the host looks at its clock again.
  var entriesLeft: Int64 = .max
  /// Hashes of the transaction's blobs.
  var blobHashes: [UInt256] = []
  var blockHash: BlockEnvironment.HashProvider
  var blockNumber: UInt64 = 0
  var failure: EVMError?

  /// Call data of the outermost frame, or its init code.
  var input: [UInt8] = []
  /// Where handlers find it.
  private var inputBytes: UnsafeMutableRawPointer?
  private var inputCapacity = 0
  /// Whether the outermost frame makes a contract.
  var isCreation = false

  /// What an extension said about the last frame that it halted.
  var haltDetail: String?

  // How the outermost frame ended.
  var output: [UInt8] = []
  var outcome = RootOutcome.success
  var gasLeft: Int64 = 0
  var createdAccount: UInt32 = 0
  /// Where it halted, if it did.
  var lastCounter: UInt64 = 0

  enum RootOutcome: Equatable {
    case success
    case reverted
    case halted(EVMHalt)
  }

  /// Most frames at once: the outermost and 1,024 below it.
  static var frameLimit: Int { 1025 }
  /// Bytes that all stacks together can fill, and room for pushes of an outermost frame that is full.
  static var stackBytes: Int { (frameLimit &+ 1) &* (Line.stackLimit &+ 8) &* 32 }

  init(
    memory: consuming EVMMemory, table: consuming OpcodeTable, precompiles: PrecompileTable,
    instances: [any ExtensionInstance], stack: Words, cacheLimit: Int,
    tables: UnsafeMutablePointer<StateTables>
  ) {
    self.memory = memory
    schedule = table.schedule
    fork = table.fork
    self.table = table
    self.precompiles = precompiles
    self.instances = instances
    self.stack = stack
    self.tables = tables
    cache = CodeCache(limit: cacheLimit)
    frames = .allocate(capacity: Self.frameLimit)
    frames.initialize(repeating: weft_evm_frame(), count: Self.frameLimit)
    context = .allocate(capacity: 1)
    context.initialize(to: weft_evm_context())
    context.pointee.base.struct_size = UInt32(MemoryLayout<weft_evm_context>.size)
    context.pointee.cold_account_extra = schedule.coldAccountExtra
    context.pointee.cold_slot_extra = schedule.coldSlotExtra
    context.pointee.exponent_byte = schedule.exponentByte
    steps = .allocate(capacity: CodeDecoder.lineLimit)
    instruction = .allocate(capacity: 2)
    instruction.initialize(repeating: weft_instruction(), count: 2)
    constant = .allocate(capacity: 1)
    constant.initialize(to: .zero)
    blockHash = { _ in nil }
  }

  deinit {
    frames.deallocate()
    context.deallocate()
    steps.deallocate()
    instruction.deallocate()
    constant.deallocate()
    free(inputBytes)
  }

  /// A copy of the outermost call data in memory that does not move.
  mutating func inputCopy() -> UnsafePointer<UInt8>? {
    if input.count > inputCapacity || inputBytes == nil {
      free(inputBytes)
      inputCapacity = max(input.count, 1024)
      inputBytes = malloc(inputCapacity)
    }
    guard let inputBytes else { return nil }
    input.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress { memcpy(inputBytes, source, bytes.count) }
    }
    return UnsafePointer(inputBytes.assumingMemoryBound(to: UInt8.self))
  }

  // MARK: Code

  func decoder(_ analysis: CodeAnalysis.Pointer) -> CodeDecoder {
    CodeDecoder(analysis, table.entries, scratch: steps)
  }

  /// The analysis of an account's code; `nil` where it has none.
  @inline(__always)
  mutating func analysis(ofCode index: Int) -> CodeAnalysis.Pointer? {
    let tables = tables
    return cache.analysis(hash: tables.pointee.codes[index].pointee.hash) { tables.pointee.codeBytes(index) }
  }

  // MARK: Memory

  /// Lets the handlers see the memory as it is now.
  @inline(__always)
  func publishMemory() {
    context.pointee.memory = memory.contextBase.assumingMemoryBound(to: UInt8.self)
    context.pointee.memory_size = UInt64(truncatingIfNeeded: memory.contextSize)
  }

  /// The beginning of the buffer that all contexts share.
  @inline(__always)
  var sharedBuffer: UnsafeMutableRawPointer { memory.contextBase - memory.contextCheckpoint }

  // MARK: Failures

  /// Notes why there can be no result; the first reason stays.
  mutating func fail(_ error: EVMError) { if failure == nil { failure = error } }
}
