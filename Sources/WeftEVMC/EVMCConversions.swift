import CEVMC
import WeftEVM

// Words and addresses as the ABI has them: big-endian bytes.

extension UInt256 {
  init(_ word: evmc_bytes32) {
    self = withUnsafeBytes(of: word) { bytes in
      bytes.baseAddress.map { UInt256(loadingBigEndian: $0) } ?? .zero
    }
  }
}

extension evmc_bytes32 {
  init(_ word: UInt256) {
    self.init()
    withUnsafeMutableBytes(of: &self) { bytes in
      if let base = bytes.baseAddress { word.storeBigEndian(to: base) }
    }
  }
}

extension Address {
  init(_ address: evmc_address) {
    self = withUnsafeBytes(of: address) { Address(bytes: $0) ?? .zero }
  }
}

extension evmc_address {
  init(_ address: Address) {
    self.init()
    withUnsafeMutableBytes(of: &self) { bytes in
      if let base = bytes.baseAddress { address.store(to: base) }
    }
  }

  /// The low 160 bits of a word.
  init(_ word: UInt256) { self.init(Address(word: word)) }
}

extension Fork {
  /// The fork of a revision; `nil` for one that is not known here.
  init?(_ revision: evmc_revision) {
    // Both are in the order of history, without gaps, up to Osaka.
    guard revision.rawValue <= EVMC_OSAKA.rawValue, let fork = Fork(rawValue: Int(revision.rawValue)) else {
      return nil
    }
    self = fork
  }
}

extension EVMHalt {
  var status: evmc_status_code {
    switch self {
    case .outOfGas, .memoryLimit, .initCodeTooLong, .depositOutOfGas: EVMC_OUT_OF_GAS
    case .stackUnderflow: EVMC_STACK_UNDERFLOW
    case .stackOverflow: EVMC_STACK_OVERFLOW
    case .invalidJump: EVMC_BAD_JUMP_DESTINATION
    case .undefinedInstruction: EVMC_UNDEFINED_INSTRUCTION
    case .invalidInstruction: EVMC_INVALID_INSTRUCTION
    case .staticViolation: EVMC_STATIC_MODE_VIOLATION
    case .returnDataOutOfBounds: EVMC_INVALID_MEMORY_ACCESS
    case .codeTooLong, .reservedCode, .creationCollision: EVMC_CONTRACT_VALIDATION_FAILURE
    case .precompileFailed: EVMC_PRECOMPILE_FAILURE
    case .extensionFailed: EVMC_FAILURE
    }
  }
}
