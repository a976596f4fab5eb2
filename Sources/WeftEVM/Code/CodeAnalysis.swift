import CWeftABI
import Glibc

/// Code as the engines run it: a padded copy, the jump destinations, and the decoded instructions.
///
/// Code is decoded as far as it runs, sequence by sequence: a long contract costs no more than the part of it that
/// a call uses. `JUMPDEST` itself becomes nothing: its price is part of the lines that contain it.
struct CodeAnalysis: BitwiseCopyable {
  var hash: UInt256
  var size: Int
  /// The code and `padding` zero bytes.
  var code: UnsafeMutablePointer<UInt8>
  /// Decoded instructions; `capacity` fit.
  var slots: UnsafeMutablePointer<weft_instruction>
  var slotCount = 0
  /// Program counter of each slot.
  var counters: UnsafeMutablePointer<UInt32>
  /// Destinations that are decoded or that decoded code names, from index 1 on.
  var landings: UnsafeMutablePointer<Landing>
  var landingCount = 1
  /// Index of the landing at each program counter; 0 where there is none.
  var landingAt: UnsafeMutablePointer<UInt32>
  /// Values of more than eight bytes that PUSH instructions push.
  var constants: UnsafeMutablePointer<UInt256>
  var constantCount = 0
  /// One bit for each byte that is a `JUMPDEST` outside push data; `nil` until somebody asks.
  var destinations: UnsafeMutablePointer<UInt8>?
  /// The line at the first instruction, once it is decoded.
  var entryLine = Line.empty
  var isDecoded = false
  /// Frames that run it.
  var users = 0
  /// For the cache: the last time it was asked for.
  var lastUse: UInt64 = 0
  /// Bytes that the analysis may come to take.
  var footprint: Int

  /// Zero bytes behind the code: the longest push data, and a STOP.
  static var padding: Int { 33 }

  typealias Pointer = UnsafeMutablePointer<CodeAnalysis>

  /// - Returns: `nil` where the system has no memory.
  static func make(_ bytes: UnsafeRawBufferPointer, hash: UInt256) -> Pointer? {
    let size = bytes.count
    // One part after the other, the strictest alignment first. Pages that nobody writes take no memory.
    let slotCount = size &+ size / CodeDecoder.shortestCutLine &+ 8
    let slotBytes = slotCount &* 16
    let landingBytes = (countDestinations(bytes) &+ 2) &* MemoryLayout<Landing>.stride
    let constantBytes = (size / 9 &+ 1) &* 32
    let indexBytes = (size &+ 1) &* 4
    let counterBytes = slotCount &* 4
    let head = (MemoryLayout<CodeAnalysis>.size &+ 63) & ~63
    let fixed = head &+ constantBytes &+ slotBytes &+ landingBytes &+ counterBytes
    let total = fixed &+ indexBytes &+ size &+ padding
    guard size < 1 << 31, let memory = malloc(total) else { return nil }
    var position = memory + head
    func part<T>(_ count: Int, _: T.Type) -> UnsafeMutablePointer<T> {
      defer { position += count }
      return position.assumingMemoryBound(to: T.self)
    }
    let constants = part(constantBytes, UInt256.self)
    let slots = part(slotBytes, weft_instruction.self)
    let landings = part(landingBytes, Landing.self)
    let counters = part(counterBytes, UInt32.self)
    let landingAt = part(indexBytes, UInt32.self)
    let code = part(size &+ padding, UInt8.self)
    memset(landingAt, 0, indexBytes)
    if let source = bytes.baseAddress { memcpy(code, source, size) }
    memset(code + size, 0, padding)
    let analysis = memory.assumingMemoryBound(to: CodeAnalysis.self)
    analysis.initialize(
      to: CodeAnalysis(
        hash: hash, size: size, code: code, slots: slots, counters: counters, landings: landings,
        landingAt: landingAt, constants: constants, footprint: total &+ size / 8))
    return analysis
  }

  /// No fewer than the destinations that there are: push data counts as well.
  private static func countDestinations(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let code = bytes.baseAddress else { return 0 }
    var count = 0
    var index = 0
    while index < bytes.count {
      let byte = code.loadUnaligned(fromByteOffset: index, as: UInt8.self)
      count &+= byte == Opcode.jumpdest.rawValue ? 1 : 0
      index &+= 1
    }
    return count
  }

  static func release(_ analysis: Pointer) {
    free(analysis.pointee.destinations)
    free(analysis)
  }

  /// Whether code may jump to a program counter.
  static func isDestination(_ analysis: Pointer, _ counter: UInt64) -> Bool {
    guard counter < UInt64(truncatingIfNeeded: analysis.pointee.size) else { return false }
    let index = Int(truncatingIfNeeded: counter)
    // Most bytes that are no JUMPDEST say so themselves.
    if analysis.pointee.code[index] != Opcode.jumpdest.rawValue { return false }
    guard let bits = analysis.pointee.destinations ?? findDestinations(analysis) else { return false }
    return bits[index &>> 3] & (1 &<< UInt8(truncatingIfNeeded: index & 7)) != 0
  }

  private static func findDestinations(_ analysis: Pointer) -> UnsafeMutablePointer<UInt8>? {
    let (code, size) = (analysis.pointee.code, analysis.pointee.size)
    guard let memory = calloc(size / 8 &+ 1, 1) else { return nil }
    let bits = memory.assumingMemoryBound(to: UInt8.self)
    var counter = 0
    while counter < size {
      let byte = code[counter]
      if byte == Opcode.jumpdest.rawValue {
        bits[counter &>> 3] |= 1 &<< UInt8(truncatingIfNeeded: counter & 7)
      }
      counter &+= 1 &+ Opcode(byte).immediateByteCount
    }
    analysis.pointee.destinations = bits
    return bits
  }

  /// The big-endian number in `count` bytes at a program counter.
  @inline(__always)
  func pushedValue(at counter: Int, count: Int) -> UInt256 {
    // Reads 32 bytes that end where the value ends, or begin where it begins, whichever lies inside.
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let source = UnsafeRawPointer(code) + counter
    withUnsafeMutableBytes(of: &bytes) { target in
      if let base = target.baseAddress { memcpy(base + (32 &- count), source, count) }
    }
    return UInt256(
      limbs: UInt64(bigEndian: bytes.3), UInt64(bigEndian: bytes.2), UInt64(bigEndian: bytes.1),
      UInt64(bigEndian: bytes.0))
  }
}

extension UnsafeMutablePointer<weft_evm_frame> {
  @inline(__always) var analysis: CodeAnalysis.Pointer {
    pointee.analysis.unsafelyUnwrapped.assumingMemoryBound(to: CodeAnalysis.self)
  }
}
