/// What the permutation computes with: an element, eight at once, or a formula.
public protocol Poseidon2Word {
  init(_ element: BabyBear)
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  prefix static func - (operand: Self) -> Self
  var halved: Self { get }
}

extension BabyBear: Poseidon2Word {
  @inlinable @inline(__always)
  public init(_ element: BabyBear) { self = element }
}

extension PackedBabyBear: Poseidon2Word {}

/// What happens between the linear layers of a permutation: the S-boxes, and the values that a trace has columns for.
///
/// The calls come in the order of the columns: in a full round every element's S-box, then every element of the state
/// after the round; in a partial round the S-box of element 0 and its result.
public protocol Poseidon2Steps {
  associatedtype Word: Poseidon2Word

  /// x^7.
  mutating func power7(_ x: Word) -> Word

  /// Goes on with a value, or with what stands for it.
  mutating func commit(_ value: Word) -> Word
}

/// Nothing but the permutation.
struct PlainPoseidon2Steps<Word: Poseidon2Word>: Poseidon2Steps {
  @inline(__always)
  func power7(_ x: Word) -> Word {
    let square = x * x
    return square * square * (square * x)
  }

  @inline(__always)
  func commit(_ value: Word) -> Word { value }
}

/// Writes down the cube of every S-box and every committed value: the columns of the permutation's trace.
struct RecordingPoseidon2Steps: Poseidon2Steps {
  var target: UnsafeMutablePointer<PackedBabyBear>

  @inline(__always)
  mutating func power7(_ x: PackedBabyBear) -> PackedBabyBear {
    let cube = x * x * x
    target.pointee = cube
    target += 1
    return cube * cube * x
  }

  @inline(__always)
  mutating func commit(_ value: PackedBabyBear) -> PackedBabyBear {
    target.pointee = value
    target += 1
    return value
  }
}

extension Poseidon2 {
  /// Values that `record16` writes down: 32 of every full round, 2 of every partial one.
  public static var recordCount16: Int { 8 * 32 + 13 * 2 }

  /// Permutes a state of 16 words with steps of the caller's.
  public static func permute16<Steps: Poseidon2Steps>(
    _ state: UnsafeMutablePointer<Steps.Word>, _ steps: inout Steps
  ) {
    Poseidon2Schedule.width16.permute(state, partialRounds: 13, &steps)
  }

  /// Permutes eight states of 16 elements at once (lane l of `states[i]` is element i of state l) and writes down, in the
  /// order of `Poseidon2Steps`, the cubes and the committed values: `recordCount16` words.
  @inline(never)
  public static func record16(
    packed states: UnsafeMutablePointer<PackedBabyBear>, into records: UnsafeMutablePointer<PackedBabyBear>
  ) {
    var steps = RecordingPoseidon2Steps(target: records)
    Poseidon2Schedule.width16.permute(states, partialRounds: 13, &steps)
  }
}
