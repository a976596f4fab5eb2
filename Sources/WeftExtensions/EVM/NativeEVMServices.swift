import CWeftABI
import WeftEVM
import WeftMachine

/// The host's functions behind `weft_evm_services`.
enum NativeEVMServices {
  /// One table for all calls. It is never written again.
  nonisolated(unsafe) static let table: UnsafePointer<weft_evm_services> = {
    let table = UnsafeMutablePointer<weft_evm_services>.allocate(capacity: 1)
    table.initialize(
      to: weft_evm_services(
        struct_size: UInt32(MemoryLayout<weft_evm_services>.size), abi_version: UInt32(WEFT_ABI_VERSION),
        charge: weft_native_evm_charge, refund: weft_native_evm_refund, reach: weft_native_evm_reach,
        load: weft_native_evm_load, store: weft_native_evm_store, view: weft_native_evm_view,
        call_data: weft_native_evm_call_data, return_data: weft_native_evm_return_data,
        storage_load: weft_native_evm_storage_load, storage_store: weft_native_evm_storage_store,
        environment: weft_native_evm_environment, halt: weft_native_evm_halt))
    return UnsafePointer(table)
  }()

  /// Fills memory of a step from data of the frame, with zeros where they have ended.
  /// - Parameter data: lends the data to its second argument.
  fileprivate static func copy(
    _ offset: UInt64, _ count: UInt64, to destination: UnsafeMutableRawPointer?, _ call: EVMCall?,
    data: (borrowing EVMFrame, (UnsafeRawBufferPointer) -> Void) -> Void
  ) -> weft_status {
    NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
      let count = try instance.length(count)
      if count == 0 { return }
      let destination = try instance.present(destination)
      data(frame) { fill(destination, from: $0, at: offset, count: count) }
    }
  }

  /// Fills memory of a step from bytes, with zeros where they have ended.
  fileprivate static func fill(
    _ destination: UnsafeMutableRawPointer, from source: UnsafeRawBufferPointer, at offset: UInt64,
    count: Int
  ) {
    let start = Int(clamping: min(offset, UInt64(source.count)))
    let available = min(count, source.count &- start)
    if let base = source.baseAddress, available > 0 {
      destination.copyMemory(from: base + start, byteCount: available)
    }
    if available < count {
      (destination + available).initializeMemory(as: UInt8.self, repeating: 0, count: count &- available)
    }
  }
}

extension NativeEVMCall {
  /// A range of memory that a step names by numbers; it has to be inside.
  fileprivate func range(_ frame: borrowing EVMFrame, _ place: UInt64, _ count: UInt64) throws(EVMHalt)
    -> Range<Int>
  {
    let size = UInt64(frame.memorySize)
    guard place <= size, count <= size &- place else {
      throw failure(misuse("it used \(count) bytes at \(place) of \(size) bytes of memory"))
    }
    let start = Int(truncatingIfNeeded: place)
    return start..<(start &+ Int(truncatingIfNeeded: count))
  }

  /// How many bytes a step wants, of data that have to fit into its own memory.
  fileprivate func length(_ count: UInt64) throws(EVMHalt) -> Int {
    guard count <= UInt64(UInt32.max) else { throw failure(misuse("it asked for \(count) bytes at once")) }
    return Int(truncatingIfNeeded: count)
  }

  fileprivate func present<Pointer>(_ pointer: Pointer?) throws(EVMHalt) -> Pointer {
    guard let pointer else { throw failure(misuse("it passed a null pointer")) }
    return pointer
  }
}

typealias EVMCall = UnsafeMutablePointer<weft_evm_call>

// MARK: Gas

@c func weft_native_evm_charge(_ call: EVMCall?, _ gas: UInt64) -> weft_status {
  NativeEVMCall.serve(call) { _, frame throws(EVMHalt) in try frame.charge(gas) }
}

@c func weft_native_evm_refund(_ call: EVMCall?, _ gas: Int64) -> weft_status {
  NativeEVMCall.serve(call) { _, frame throws(EVMHalt) in frame.addRefund(gas) }
}

// MARK: Memory

@c func weft_native_evm_reach(
  _ call: EVMCall?, _ offset: UnsafePointer<weft_word>?, _ count: UnsafePointer<weft_word>?,
  _ place: UnsafeMutablePointer<UInt64>?
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let (offset, count) = (try instance.present(offset).pointee, try instance.present(count).pointee)
    let place = try instance.present(place)
    place.pointee = UInt64(try frame.reach(UInt256(offset), count: UInt256(count)).lowerBound)
  }
}

@c func weft_native_evm_load(
  _ call: EVMCall?, _ place: UInt64, _ destination: UnsafeMutableRawPointer?, _ count: UInt64
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let range = try instance.range(frame, place, count)
    if range.isEmpty { return }
    let destination = try instance.present(destination)
    frame.withBytes(range) { bytes in
      NativeEVMServices.fill(destination, from: bytes, at: 0, count: range.count)
    }
  }
}

@c func weft_native_evm_store(
  _ call: EVMCall?, _ place: UInt64, _ source: UnsafeRawPointer?, _ count: UInt64
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let range = try instance.range(frame, place, count)
    if range.isEmpty { return }
    let source = UnsafeRawBufferPointer(start: try instance.present(source), count: range.count)
    try frame.setBytes(source, at: range.lowerBound)
  }
}

@c func weft_native_evm_view(
  _ call: EVMCall?, _ place: UInt64, _ count: UInt64,
  _ bytes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let range = try instance.range(frame, place, count)
    let bytes = try instance.present(bytes)
    bytes.pointee = frame.withBytes(range) { $0.baseAddress?.assumingMemoryBound(to: UInt8.self) }
  }
}

// MARK: Data

@c func weft_native_evm_call_data(
  _ call: EVMCall?, _ offset: UInt64, _ destination: UnsafeMutableRawPointer?, _ count: UInt64
) -> weft_status {
  NativeEVMServices.copy(offset, count, to: destination, call) { frame, copy in frame.withCallData(copy) }
}

@c func weft_native_evm_return_data(
  _ call: EVMCall?, _ offset: UInt64, _ destination: UnsafeMutableRawPointer?, _ count: UInt64
) -> weft_status {
  NativeEVMServices.copy(offset, count, to: destination, call) { frame, copy in frame.withReturnData(copy) }
}

// MARK: State

@c func weft_native_evm_storage_load(
  _ call: EVMCall?, _ slot: UnsafePointer<weft_word>?, _ value: UnsafeMutablePointer<weft_word>?
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let (slot, value) = (try instance.present(slot), try instance.present(value))
    value.pointee = weft_word(try frame.loadStorage(UInt256(slot.pointee)))
  }
}

@c func weft_native_evm_storage_store(
  _ call: EVMCall?, _ slot: UnsafePointer<weft_word>?, _ value: UnsafePointer<weft_word>?
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let (slot, value) = (try instance.present(slot), try instance.present(value))
    try frame.storeStorage(UInt256(slot.pointee), UInt256(value.pointee))
  }
}

// MARK: Environment

@c func weft_native_evm_environment(
  _ call: EVMCall?, _ environment: UnsafeMutablePointer<weft_evm_environment>?
) -> weft_status {
  NativeEVMCall.serve(call) { instance, frame throws(EVMHalt) in
    let target = UnsafeMutableRawPointer(try instance.present(environment))
    // The caller's idea of the struct may be older.
    let size = min(Int(target.load(as: UInt32.self)), MemoryLayout<weft_evm_environment>.size)
    guard size >= 8 else {
      throw instance.failure(instance.misuse("struct_size of its environment is \(size)"))
    }
    var known = weft_evm_environment()
    known.struct_size = UInt32(truncatingIfNeeded: size)
    known.fork = UInt32(truncatingIfNeeded: frame.fork.rawValue)
    known.address = weft_word(frame.address.word)
    known.caller = weft_word(frame.caller.word)
    known.value = weft_word(frame.value)
    known.program_counter = frame.programCounter
    known.memory_size = UInt64(frame.memorySize)
    known.call_data_size = UInt64(frame.withCallData { $0.count })
    known.return_data_size = UInt64(frame.withReturnData { $0.count })
    known.depth = UInt32(truncatingIfNeeded: frame.depth)
    known.is_static = frame.isStatic ? 1 : 0
    withUnsafeBytes(of: known) { bytes in
      if let source = bytes.baseAddress { target.copyMemory(from: source, byteCount: size) }
    }
  }
}

@c func weft_native_evm_halt(
  _ call: EVMCall?, _ reason: Int32, _ message: UnsafePointer<CChar>?
) -> weft_status {
  NativeEVMCall.serve(call) { instance, _ throws(EVMHalt) in
    let halt = UInt32(exactly: reason).flatMap(EVMHalt.init(rawValue:))
    switch halt {
    case .outOfGas, .undefinedInstruction, .staticViolation: throw halt ?? .extensionFailed
    case .extensionFailed:
      let text = message.map { boundedText($0, limit: 255) } ?? ""
      throw instance.failure(text.isEmpty ? "no message" : text)
    default: throw instance.failure(instance.misuse("there is no reason \(reason) to halt"))
    }
  }
}
