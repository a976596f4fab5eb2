import WeftEVM

/// The names that the official tests have for what is wrong with an encoded transaction.
enum TransactionException {
  /// Whether an error is what one of some names, with `|` between them, means.
  static func matches(_ text: String, _ error: TransactionError) -> Bool {
    text.split(separator: "|").contains { name in
      let prefix = "TransactionException."
      return matches(name: String(name.hasPrefix(prefix) ? name.dropFirst(prefix.count) : name), error)
    }
  }

  private static func matches(name: String, _ error: TransactionError) -> Bool {
    switch error {
    case .typeNotSupported:
      return name == "TYPE_NOT_SUPPORTED" || name.hasPrefix("RLP_ERROR") || name == "RLP_INVALID_HEADER"
    case .wrongChain: return name == "INVALID_CHAINID"
    case .invalidSignature(let signature):
      // From EIP-155 on, a v other than 27 and 28 stands for a chain; for the tests a wrong one.
      let namesChain = signature.v != 27 && signature.v != 28
      return name == "INVALID_SIGNATURE_VRS" || namesChain && name == "INVALID_CHAINID"
    case .noSigner: return name == "EC_RECOVERY_FAIL" || name == "INVALID_SIGNATURE_VRS"
    case .refused(let refusal): return Self.name(refusal) == name
    case .malformed(let field, let error): return matches(name: name, field, error.reason)
    }
  }

  private static func name(_ refusal: TransactionRefusal) -> String? {
    switch refusal {
    case .insufficientFunds: "GASLIMIT_PRICE_PRODUCT_OVERFLOW"
    case .initCodeTooLong: "INITCODE_SIZE_EXCEEDED"
    case .intrinsicGasTooLow: "INTRINSIC_GAS_TOO_LOW"
    case .nonceTooHigh: "NONCE_TOO_BIG"
    case .priorityFeeAboveFee: "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS_2"
    default: nil
    }
  }

  private static func matches(name: String, _ field: TransactionField, _ reason: RLPError.Reason) -> Bool {
    let suffix = suffixes[field] ?? ""
    switch reason {
    case .endOfInput, .trailingBytes, .lengthTooLarge:
      // A field that is given as a list is no whole list: it is found before anybody asks what the field is.
      return name == "RLP_ERROR_SIZE" || name == "RLP_ERROR_EOF" || name.hasPrefix("RLP_INVALID_")
    case .notMinimal: return name.hasPrefix("RLP_LEADING_ZEROS") || name.hasPrefix("RLP_ERROR_SIZE")
    case .leadingZero:
      // The number may be too long as well.
      return name == "RLP_LEADING_ZEROS_\(suffix)" || overflows[field] == name
        || field == .maximumFee && name == "RLP_LEADING_ZEROS_BASEFEE"
    case .integerTooLarge: return overflows[field] == name
    case .listExpected: return name == "RLP_INVALID_HEADER" || name == "RLP_ERROR_SIZE"
    case .bytesExpected: return name == "RLP_INVALID_\(invalidNames[field] ?? suffix)"
    case .byteCount(let count, let expected):
      let size = count < expected ? "SHORT" : "LONG"
      switch field {
      case .recipient: return name == "ADDRESS_TOO_\(size)"
      case .accessList:
        let part = expected == 20 ? "ADDRESS" : "STORAGE"
        return name == "RLP_INVALID_ACCESS_LIST_\(part)_TOO_\(size)"
      default: return false
      }
    case .itemCount(let count, let expected):
      return name == (count < expected ? "RLP_TOO_FEW_ELEMENTS" : "RLP_TOO_MANY_ELEMENTS")
    }
  }

  private static let suffixes: [TransactionField: String] = [
    .nonce: "NONCE", .priorityFee: "PRIORITY_FEE", .maximumFee: "GASPRICE", .gasLimit: "GASLIMIT",
    .value: "VALUE", .signatureV: "V", .signatureR: "R", .signatureS: "S",
  ]

  private static let invalidNames: [TransactionField: String] = [
    .recipient: "TO", .data: "DATA", .signatureV: "SIGNATURE_V", .signatureR: "SIGNATURE_R",
    .signatureS: "SIGNATURE_S",
  ]

  private static let overflows: [TransactionField: String] = [
    .nonce: "NONCE_OVERFLOW", .priorityFee: "PRIORITY_OVERFLOW", .maximumFee: "GASPRICE_OVERFLOW",
    .gasLimit: "GASLIMIT_OVERFLOW", .value: "VALUE_OVERFLOW", .signatureR: "INVALID_SIGNATURE_VRS",
    .signatureS: "INVALID_SIGNATURE_VRS", .signatureV: "INVALID_SIGNATURE_VRS",
  ]
}
