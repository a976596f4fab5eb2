import WeftEVM
import WeftMachine
import WeftMemory

/// A request of `weft.evm.call` as it stands in guest memory: 16 words, `weft_evm_request` of weft_guest.h.
struct EVMCallRequest {
  enum Kind: UInt32 {
    case call, staticCall, create
    /// Runs code that the request brings, as the account `target`.
    case execute
  }

  /// Why a request is refused: negative numbers as host calls return them.
  enum Fault: UInt32, Error {
    /// A range reaches outside memory.
    case outside = 0xffff_fff2
    case invalid = 0xffff_ffea
  }

  static var wordCount: Int { 16 }

  /// The words of the request.
  private enum Word: Int {
    case size, kind, gasLow, gasHigh, target, value, input, inputLength, output, outputCapacity
    case gasLeftLow, gasLeftHigh, returnLength, code, codeLength, caller
  }

  let address: UInt32
  let kind: Kind
  let gas: UInt64
  /// Pointers, 0 for none, and lengths.
  let target: UInt32
  let value: UInt32
  let caller: UInt32
  let input: (address: UInt32, count: UInt32)
  let output: (address: UInt32, count: UInt32)
  let code: (address: UInt32, count: UInt32)

  /// Looks at a request, without a trace.
  /// - Throws: a load trap where it does not lie in memory, word by aligned word.
  static func peek(_ guest: Guest, at address: UInt32) throws(Trap) -> Result<EVMCallRequest, Fault> {
    if address & 3 != 0 { throw Trap(.loadAddressMisaligned, value: UInt64(address)) }
    guard let words = guest.peek(at: address, count: 4 * wordCount) else {
      throw Trap(.loadAccessFault, value: UInt64(address))
    }
    if guest.writableOffsets(of: address, count: UInt64(4 * wordCount)) == nil {
      throw Trap(.storeAccessFault, value: UInt64(address))
    }
    do throws(Fault) {
      return .success(try EVMCallRequest(words, at: address, guest))
    } catch { return .failure(error) }
  }

  private init(_ words: UnsafeRawPointer, at address: UInt32, _ guest: Guest) throws(Fault) {
    func word(_ name: Word) -> UInt32 {
      UInt32(littleEndian: words.loadUnaligned(fromByteOffset: 4 &* name.rawValue, as: UInt32.self))
    }
    guard word(.size) == UInt32(4 * Self.wordCount), let kind = Kind(rawValue: word(.kind)) else {
      throw .invalid
    }
    self.address = address
    self.kind = kind
    gas = UInt64(word(.gasLow)) | UInt64(word(.gasHigh)) &<< 32
    (target, value, caller) = (word(.target), word(.value), word(.caller))
    input = (word(.input), word(.inputLength))
    output = (word(.output), word(.outputCapacity))
    code = kind == .execute ? (word(.code), word(.codeLength)) : (0, 0)

    // Every range is checked before anything happens.
    func check(_ address: UInt32, _ count: UInt32, isWritten: Bool = false) throws(Fault) {
      if count == 0 { return }
      let range =
        isWritten
        ? guest.writableOffsets(of: address, count: UInt64(count))
        : guest.offsets(of: address, count: UInt64(count))
      if range == nil { throw .outside }
    }
    try check(target, target == 0 && kind == .execute ? 0 : 20, isWritten: kind == .create)
    try check(value, value == 0 ? 0 : 32)
    try check(caller, caller == 0 ? 0 : 20)
    try check(input.address, input.count)
    try check(code.address, code.count)
    try check(output.address, output.count, isWritten: true)
  }

  /// Reads the request and what it points at, for the record as well.
  func message(_ guest: Guest) throws(Trap) -> EVMMessage {
    try guest.record(at: address, count: 4 * Self.wordCount)
    var message = EVMMessage(caller: EVMProgram.defaultCaller, target: nil, gas: gas)
    if caller != 0 { message.caller = try Self.readAddress(guest, caller) }
    if value != 0 {
      try guest.record(at: value, count: 32)
      message.value = guest.peek(at: value, count: 32).map { UInt256(loadingBigEndian: $0) } ?? .zero
    }
    switch kind {
    case .call, .staticCall: message.target = try Self.readAddress(guest, target)
    case .create: break
    case .execute:
      message.target = target == 0 ? EVMProgram.defaultAddress : try Self.readAddress(guest, target)
      message.code = try Self.readBytes(guest, code)
    }
    message.isStatic = kind == .staticCall
    message.input = try Self.readBytes(guest, input)
    return message
  }

  private static func readAddress(_ guest: Guest, _ pointer: UInt32) throws(Trap) -> Address {
    try guest.record(at: pointer, count: 20)
    guard let bytes = guest.peek(at: pointer, count: 20) else { return Address(word: .zero) }
    // Big-endian: the first twelve of 32 bytes are 0.
    var word = UInt256.zero
    withUnsafeMutableBytes(of: &word) {
      $0.baseAddress.map { ($0 + 12).copyMemory(from: bytes, byteCount: 20) }
    }
    return Address(
      word: withUnsafeBytes(of: word) { $0.baseAddress.map { UInt256(loadingBigEndian: $0) } ?? .zero })
  }

  private static func readBytes(
    _ guest: Guest, _ range: (address: UInt32, count: UInt32)
  ) throws(Trap) -> [UInt8] {
    range.count == 0 ? [] : try guest.readBytes(at: range.address, count: Int(range.count))
  }

  /// Writes what came of it: gas that is left, the length of the return data, as much of it as there is room for, the
  /// address of a new contract.
  func write(_ result: EVMResult, _ guest: Guest) throws(Trap) {
    let length = UInt32(clamping: result.output.count)
    func write(_ word: UInt32, _ name: Word) throws(Trap) {
      try guest.writeWord(word, at: address &+ 4 &* UInt32(truncatingIfNeeded: name.rawValue))
    }
    try write(UInt32(truncatingIfNeeded: result.gasLeft), .gasLeftLow)
    try write(UInt32(truncatingIfNeeded: result.gasLeft &>> 32), .gasLeftHigh)
    try write(length, .returnLength)
    if output.count > 0, length > 0 {
      try guest.writeBytes(result.output.prefix(Int(output.count)), at: output.address)
    }
    if kind == .create, let created = result.createdAddress {
      try guest.writeBytes(created.bytes, at: target)
    }
  }

  /// Words that the accesses of the result meet at most.
  func resultAccesses(_ result: EVMResult) -> Int {
    3 + 6 + min(result.output.count, Int(output.count)) / 4 + 2
  }
}

extension EVMResult {
  /// What a guest gets: 0 success, 1 revert, 2 halt.
  var guestStatus: UInt32 {
    switch status {
    case .success: 0
    case .reverted: 1
    case .halted: 2
    }
  }
}

extension Guest {
  /// Where bytes of RV32 memory stand, when they lie inside it: a look without a trace.
  func peek(at address: UInt32, count: Int) -> UnsafeRawPointer? {
    guard let range = offsets(of: address, count: UInt64(truncatingIfNeeded: count)),
      let region = memory.pointee.region(of: .memory)
    else { return nil }
    return UnsafeRawPointer(region.base + Int(truncatingIfNeeded: range.lowerBound))
  }

  /// Reads bytes for the record's sake.
  func record(at address: UInt32, count: Int) throws(Trap) {
    if isRecording { _ = try readBytes(at: address, count: count) }
  }
}
