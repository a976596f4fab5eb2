/// An account in the tables of a state. Addresses are words whose upper 96 bits are zero.
struct AccountRecord: BitwiseCopyable {
  var address: UInt256
  var balance: UInt256
  var codeHash: UInt256
  var nonce: UInt64
  /// Owner number of its slots; a fresh number empties the storage.
  var storageID: UInt32
  /// Index of its code among the codes plus one; 0 while unknown.
  var codeIndex: UInt32 = 0
  var exists: Bool
  /// Slots that are not in the tables are asked of the database.
  var isBacked: Bool
  /// As the database said; only for creations.
  var hasStorage: Bool
  /// Something differs from the database.
  var isDirty = false
  /// Its code is not the database's.
  var hasNewCode = false
  /// The storage that the database has is gone.
  var wasCleared = false

  // Numbers of transactions: each property holds in that transaction only.
  var warmIn: UInt32 = 0
  var createdIn: UInt32 = 0
  var touchedIn: UInt32 = 0
  var destroyedIn: UInt32 = 0

  /// keccak-256 of nothing: c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470.
  static let emptyCodeHash = UInt256(
    limbs: 0x7bfa_d804_5d85_a470, 0xe500_b653_ca82_273b, 0x927e_7db2_dcc7_03c0, 0xc5d2_4601_86f7_233c)

  @inline(__always) var hasCode: Bool {
    // The hash of no other code begins like this one.
    codeHash.limb3 != 0xc5d2_4601_86f7_233c || codeHash.limb0 != 0x7bfa_d804_5d85_a470
  }

  @inline(__always) var isEmpty: Bool { nonce == 0 && balance.isZero && !hasCode }

  /// Absent or empty.
  @inline(__always) var isDead: Bool { !exists || isEmpty }
}

/// A storage slot.
struct SlotRecord: BitwiseCopyable {
  var key: UInt256
  var current: UInt256
  /// The value before the transaction `originalIn`; in others it is `current`.
  var original: UInt256
  var owner: UInt32
  var originalIn: UInt32 = 0
  var warmIn: UInt32 = 0
  /// Whether a transaction has written it.
  var isDirty = false
}

/// A slot of transient storage (EIP-1153), 0 outside the transaction `writtenIn`.
struct TransientRecord: BitwiseCopyable {
  var key: UInt256
  var value: UInt256
  var account: UInt32
  var writtenIn: UInt32
}

/// Code of an account, kept as long as the state.
struct CodeRecord: BitwiseCopyable {
  var hash: UInt256
  var bytes: UnsafeMutableRawPointer?
  var count: Int
}

/// A log, its data among the log bytes of the state.
struct LogRecord: BitwiseCopyable {
  var address: UInt256
  var topic0: UInt256
  var topic1: UInt256
  var topic2: UInt256
  var topic3: UInt256
  var topicCount: Int
  var dataOffset: Int
  var dataCount: Int
}

/// What undoes one change of the state.
struct JournalEntry: BitwiseCopyable {
  enum Kind: UInt32 {
    /// Previous balance of account `index`.
    case balance
    /// Previous nonce, in the lowest limb.
    case nonce
    /// Previous hash of the code.
    case code
    /// The account came to exist.
    case existence
    case created
    case touched
    case destroyed
    case accountWarmed
    /// Previous value of slot `index`.
    case storage
    case slotWarmed
    /// Previous value of transient slot `index`.
    case transient
  }

  var kind: Kind
  var index: UInt32
  var previous: UInt256
}
