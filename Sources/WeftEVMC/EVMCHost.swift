import CEVMC
import WeftEVM

/// The other side of the border: the callbacks of the host that runs the present message.
///
/// A host that leaves a callback out gets the answer of an empty world; the ABI wants all sixteen.
struct EVMCHost {
  let interface: UnsafePointer<evmc_host_interface>
  let context: OpaquePointer?

  func exists(_ address: evmc_address) -> Bool {
    with(address) { interface.pointee.account_exists?(context, $0) } ?? false
  }

  func balance(of address: evmc_address) -> UInt256 {
    UInt256(with(address) { interface.pointee.get_balance?(context, $0) } ?? evmc_bytes32())
  }

  func codeSize(of address: evmc_address) -> Int {
    Int(clamping: with(address) { interface.pointee.get_code_size?(context, $0) } ?? 0)
  }

  func codeHash(of address: evmc_address) -> UInt256 {
    UInt256(with(address) { interface.pointee.get_code_hash?(context, $0) } ?? evmc_bytes32())
  }

  /// The bytes of an account's code from an offset on, `count` at most.
  func code(of address: evmc_address, from offset: Int, count: Int) -> [UInt8] {
    guard count > 0, let copy = interface.pointee.copy_code else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      let result = with(address) { copy(context, $0, offset, buffer.baseAddress, count) }
      written = min(count, Int(clamping: result))
    }
  }

  /// Whether the account was cold; it is warm afterwards.
  func warms(_ address: evmc_address) -> Bool {
    with(address) { interface.pointee.access_account?(context, $0) } == EVMC_ACCESS_COLD
  }

  /// Whether the slot was cold; it is warm afterwards.
  func warms(_ slot: UInt256, of address: evmc_address) -> Bool {
    with(address, slot) { interface.pointee.access_storage?(context, $0, $1) } == EVMC_ACCESS_COLD
  }

  func storage(_ slot: UInt256, of address: evmc_address) -> UInt256 {
    UInt256(with(address, slot) { interface.pointee.get_storage?(context, $0, $1) } ?? evmc_bytes32())
  }

  func store(_ value: UInt256, in slot: UInt256, of address: evmc_address) -> evmc_storage_status {
    withUnsafePointer(to: evmc_bytes32(value)) { value in
      with(address, slot) { interface.pointee.set_storage?(context, $0, $1, value) }
    } ?? EVMC_STORAGE_ASSIGNED
  }

  func transient(_ slot: UInt256, of address: evmc_address) -> UInt256 {
    UInt256(
      with(address, slot) { interface.pointee.get_transient_storage?(context, $0, $1) } ?? evmc_bytes32())
  }

  func storeTransient(_ value: UInt256, in slot: UInt256, of address: evmc_address) {
    withUnsafePointer(to: evmc_bytes32(value)) { value in
      with(address, slot) { interface.pointee.set_transient_storage?(context, $0, $1, value) }
    }
  }

  func log(_ data: UnsafeRawBufferPointer, topics: [UInt256], of address: evmc_address) {
    let topics = topics.map { evmc_bytes32($0) }
    with(address) {
      interface.pointee.emit_log?(
        context, $0, data.assumingMemoryBound(to: UInt8.self).baseAddress, data.count, topics, topics.count)
    }
  }

  /// Whether the account destroys itself for the first time.
  func selfDestruct(_ address: evmc_address, to beneficiary: evmc_address) -> Bool {
    withUnsafePointer(to: beneficiary) { beneficiary in
      with(address) { interface.pointee.selfdestruct?(context, $0, beneficiary) }
    } ?? false
  }

  func blockHash(_ number: UInt64) -> UInt256 {
    UInt256(
      interface.pointee.get_block_hash?(context, Int64(clamping: number)) ?? evmc_bytes32())
  }

  var transaction: evmc_tx_context { interface.pointee.get_tx_context?(context) ?? evmc_tx_context() }

  /// Carries a message out; the result is released after `body`.
  func call<R>(_ message: evmc_message, _ body: (evmc_result) throws(EVMHalt) -> R) throws(EVMHalt) -> R {
    var failed = evmc_result()
    failed.status_code = EVMC_INTERNAL_ERROR
    let result = withUnsafePointer(to: message) { interface.pointee.call?(context, $0) } ?? failed
    defer {
      if let release = result.release { withUnsafePointer(to: result) { release($0) } }
    }
    return try body(result)
  }

  // MARK: Pointers

  @discardableResult
  private func with<R>(_ address: evmc_address, _ body: (UnsafePointer<evmc_address>) -> R) -> R {
    withUnsafePointer(to: address, body)
  }

  @discardableResult
  private func with<R>(
    _ address: evmc_address, _ slot: UInt256,
    _ body: (UnsafePointer<evmc_address>, UnsafePointer<evmc_bytes32>) -> R
  ) -> R {
    withUnsafePointer(to: address) { address in
      withUnsafePointer(to: evmc_bytes32(slot)) { body(address, $0) }
    }
  }
}
