import CEVMC
import Glibc
import WeftEVM
import WeftMachine

/// The machine behind an `evmc_vm`: EVMs for nested messages, an option or two. The structure that the host sees is its
/// first part.
///
/// The host nests: a call that code makes goes to the host, which executes it on this machine again. So there is an EVM
/// for every message under way, kept for the next one. As all of the ABI, it is used by one thread at a time.
final class EVMCMachine {
  /// An EVM of a fork with its session.
  private struct Worker {
    let evm: EVM
    let session: EVMCSession
  }

  /// Workers that do nothing, by fork.
  private var idle: [Fork: [Worker]] = [:]
  private(set) var engine = Engine.standard

  /// Most bytes of memory of one message.
  private static let memoryLimit = 1 << 26

  func execute(
    _ host: EVMCHost, _ revision: evmc_revision, _ message: evmc_message, _ code: UnsafeBufferPointer<UInt8>
  ) -> evmc_result {
    guard let fork = Fork(revision) else { return Self.failure(EVMC_REJECTED) }
    if message.gas < 0 { return Self.failure(EVMC_OUT_OF_GAS) }
    let worker: Worker
    do throws(MachineError) { worker = try takeWorker(fork) } catch {
      return Self.failure(EVMC_OUT_OF_MEMORY)
    }
    defer {
      worker.session.end()
      idle[fork, default: []].append(worker)
    }
    let transaction = host.transaction
    worker.session.begin(host, message, transaction)
    worker.evm.engine = engine
    let state = JournaledState(InMemoryState())
    do throws(EVMError) {
      let result = try worker.evm.call(
        Self.message(message, transaction, code), in: Self.block(host, transaction), on: state)
      return Self.result(result)
    } catch {
      if case .outOfMemory = error { return Self.failure(EVMC_OUT_OF_MEMORY) }
      return Self.failure(EVMC_INTERNAL_ERROR)
    }
  }

  /// Sets an option.
  func setOption(_ name: String, _ value: String) -> evmc_set_option_result {
    guard name == "engine" else { return EVMC_SET_OPTION_INVALID_NAME }
    guard let choice = Engine(rawValue: value) else { return EVMC_SET_OPTION_INVALID_VALUE }
    engine = choice
    return EVMC_SET_OPTION_SUCCESS
  }

  private func takeWorker(_ fork: Fork) throws(MachineError) -> Worker {
    if let worker = idle[fork]?.popLast() { return worker }
    let session = EVMCSession()
    var configuration = EVM.Configuration()
    configuration.memoryLimit = Self.memoryLimit
    return Worker(
      evm: try EVM(
        fork: fork, extensions: [EVMCExtension(fork: fork, session: session)], configuration: configuration),
      session: session)
  }

  // MARK: Translation

  private static func message(
    _ message: evmc_message, _ transaction: evmc_tx_context, _ code: UnsafeBufferPointer<UInt8>
  ) -> EVMMessage {
    let isCreation = message.kind == EVMC_CREATE || message.kind == EVMC_CREATE2
    var result = EVMMessage(
      caller: Address(message.sender), target: Address(message.recipient), value: UInt256(message.value),
      // The code of a creation has no call data.
      input: isCreation
        ? [] : Array(UnsafeBufferPointer(start: message.input_data, count: message.input_size)),
      gas: UInt64(clamping: message.gas), code: Array(code), gasPrice: UInt256(transaction.tx_gas_price),
      origin: Address(transaction.tx_origin), transfersValue: false)
    result.isStatic = message.flags & UInt32(EVMC_STATIC.rawValue) != 0
    result.blobHashes = UnsafeBufferPointer(
      start: transaction.blob_hashes, count: transaction.blob_hashes_count
    ).map { Hash256(word: UInt256($0)) }
    return result
  }

  private static func block(_ host: EVMCHost, _ transaction: evmc_tx_context) -> BlockEnvironment {
    BlockEnvironment(
      coinbase: Address(transaction.block_coinbase), number: UInt64(clamping: transaction.block_number),
      timestamp: UInt64(clamping: transaction.block_timestamp),
      gasLimit: UInt64(clamping: transaction.block_gas_limit),
      random: UInt256(transaction.block_prev_randao), baseFee: UInt256(transaction.block_base_fee),
      chainID: UInt256(transaction.chain_id).limb0, hash: EVMCBlockHashes(host: host).hash)
  }

  private static func result(_ result: EVMResult) -> evmc_result {
    var answer = evmc_result()
    switch result.status {
    case .success: answer.status_code = EVMC_SUCCESS
    case .reverted: answer.status_code = EVMC_REVERT
    case .halted(let reason): return failure(reason.status)
    }
    answer.gas_left = Int64(clamping: result.gasLeft)
    answer.gas_refund = result.refund
    if !result.output.isEmpty {
      guard let copy = malloc(result.output.count) else { return failure(EVMC_OUT_OF_MEMORY) }
      result.output.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { memcpy(copy, base, bytes.count) }
      }
      answer.output_data = UnsafePointer(copy.assumingMemoryBound(to: UInt8.self))
      answer.output_size = result.output.count
      answer.release = { result in free(UnsafeMutableRawPointer(mutating: result?.pointee.output_data)) }
    }
    return answer
  }

  static func failure(_ status: evmc_status_code) -> evmc_result {
    var result = evmc_result()
    result.status_code = status
    return result
  }
}

/// Block hashes of the host, asked for while its message runs.
private struct EVMCBlockHashes: @unchecked Sendable {  // used by the thread that executes alone
  let host: EVMCHost

  func hash(_ number: UInt64) -> Hash256? { Hash256(word: host.blockHash(number)) }
}
