/// A call or creation from outside, without a transaction around it: no fees, no nonce, no intrinsic gas.
public struct EVMMessage: Sendable {
  public var caller: Address
  /// The account that is called; `nil` creates a contract from `input`.
  public var target: Address?
  public var value: UInt256
  /// Call data, or init code.
  public var input: [UInt8]
  public var gas: UInt64
  /// Code that runs in the place of the target's.
  public var code: [UInt8]?
  public var gasPrice: UInt256
  /// What ORIGIN gives; `nil` for the caller.
  public var origin: Address?
  public var isStatic: Bool
  /// Whether `value` moves from the caller to the target.
  public var transfersValue: Bool
  public var blobHashes: [Hash256]
  /// Accounts that are warm besides caller, target and precompiled contracts.
  public var warmAccounts: [Address]

  public init(
    caller: Address = Address(word: .zero), target: Address?, value: UInt256 = .zero, input: [UInt8] = [],
    gas: UInt64 = 30_000_000, code: [UInt8]? = nil, gasPrice: UInt256 = .zero, origin: Address? = nil,
    isStatic: Bool = false, transfersValue: Bool = true, blobHashes: [Hash256] = [],
    warmAccounts: [Address] = []
  ) {
    self.caller = caller
    self.target = target
    self.value = value
    self.input = input
    self.gas = gas
    self.code = code
    self.gasPrice = gasPrice
    self.origin = origin
    self.isStatic = isStatic
    self.transfersValue = transfersValue
    self.blobHashes = blobHashes
    self.warmAccounts = warmAccounts
  }
}

/// How a call from outside ended.
public struct EVMResult: Sendable, Hashable {
  public enum Status: Sendable, Hashable {
    case success
    case reverted
    case halted(EVMHalt)
  }

  public var status: Status
  public var gasLeft: UInt64
  /// The refund counter, 0 unless the call succeeded.
  public var refund: Int64
  /// What it returned, or reverted with; of a creation the new code.
  public var output: [UInt8]
  public var logs: [Log]
  /// The new contract of a creation that succeeded.
  public var createdAddress: Address?
  /// What an extension says about why its instruction halted the call.
  public var detail: String?

  public var isSuccess: Bool { status == .success }
}

extension EVMResult.Status: CustomStringConvertible {
  public var description: String {
    switch self {
    case .success: "success"
    case .reverted: "reverted"
    case .halted(let reason): "halted: \(reason)"
    }
  }
}
