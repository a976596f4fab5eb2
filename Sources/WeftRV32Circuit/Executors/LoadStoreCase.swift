/// A width, a direction and a place within the word: what four cells of 0, 1 or 2 with a sum of 1 or 2 tell apart.
/// (reference/circuits.md §9.2)
struct LoadStoreCase: Hashable {
  /// Where a byte of the written word comes from.
  enum Source: Hashable {
    case zero
    /// That byte of what is read.
    case read(Int)
    /// The byte that is there.
    case previous
  }

  let opcode: CircuitOpcode
  /// The place of the address within its word.
  let shift: Int

  /// The cases, in the order of `flags`: a cell of 2; a single cell of 1; two cells of 1.
  static let all = [
    LoadStoreCase(opcode: .loadWord, shift: 0), LoadStoreCase(opcode: .loadHalfUnsigned, shift: 0),
    LoadStoreCase(opcode: .loadHalfUnsigned, shift: 2), LoadStoreCase(opcode: .loadByteUnsigned, shift: 0),
    LoadStoreCase(opcode: .loadByteUnsigned, shift: 1), LoadStoreCase(opcode: .loadByteUnsigned, shift: 2),
    LoadStoreCase(opcode: .loadByteUnsigned, shift: 3), LoadStoreCase(opcode: .storeWord, shift: 0),
    LoadStoreCase(opcode: .storeHalf, shift: 0), LoadStoreCase(opcode: .storeHalf, shift: 2),
    LoadStoreCase(opcode: .storeByte, shift: 0), LoadStoreCase(opcode: .storeByte, shift: 1),
    LoadStoreCase(opcode: .storeByte, shift: 2), LoadStoreCase(opcode: .storeByte, shift: 3),
  ]

  /// The pairs of cells that are 1, of the cases from the ninth on.
  static let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]

  var isLoad: Bool {
    switch opcode {
    case .loadWord, .loadHalfUnsigned, .loadByteUnsigned: true
    default: false
    }
  }

  private var byteCount: Int {
    switch opcode {
    case .loadWord, .storeWord: 4
    case .loadHalfUnsigned, .storeHalf: 2
    default: 1
    }
  }

  /// Where byte `limb` of the written word comes from.
  func source(of limb: Int) -> Source {
    if isLoad { return limb < byteCount ? .read(limb + shift) : .zero }
    return limb >= shift && limb < shift + byteCount ? .read(limb - shift) : .previous
  }
}
