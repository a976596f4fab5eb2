import WeftExtensionKit

/// The words that a range of bytes meets, one row for each: the columns that say which bytes of the word belong to the
/// range, and how many are left.
///
/// A range of no bytes is one row that is not active.
struct DestinationRange {
  /// The row stands for a word.
  let isActive: AIRNode
  /// It stands for the first one.
  let begins: AIRNode
  /// Which of the word's bytes belong to the range.
  let mask: [AIRNode]
  /// Of the word.
  let pointer: AIRNode
  /// Bytes from this word on.
  let remaining: AIRNode
  /// The places of the first and of the last byte of the range in this word.
  let beginPlace: AIRNode
  let endPlace: AIRNode

  /// 1 where another row follows.
  static func continues(_ air: AIRBuilder) -> AIRNode { air.isValid - air.isLast }

  /// - Parameters:
  ///   - start: the four bytes of the register that says where the range begins.
  ///   - count: those of the register that says how many bytes it has: 2^24 at most.
  init(_ air: AIRBuilder, start: [AIRNode], in space: AIRBuilder.Space, count: [AIRNode]) {
    isActive = air.bit("isActive")
    begins = air.bit("begins")
    mask = air.bits("mask", 4)
    pointer = air.column("destination")
    remaining = air.column("remaining")
    let (first, last, continues) = (air.isFirst, air.isLast, Self.continues(air))
    air.assertEqual(begins, first * isActive, "the first row begins")
    air.assertZero(1 - isActive, where: continues, "nothing takes one row")

    // The bytes of one row are next to one another; they go up to the end of the word where another row follows, and
    // begin with the word where one came before.
    let (mask, rest) = (mask, remaining - mask.sum())
    let rises = (0..<4).map { $0 == 0 ? mask[0] : mask[$0] * (1 - mask[$0 - 1]) }
    let falls = (0..<4).map { $0 == 3 ? mask[3] : mask[$0] * (1 - mask[$0 + 1]) }
    air.assertEqual(rises.sum(), isActive, "the bytes of a word are next to one another")
    air.assertZero(1 - mask[0], where: air.isValid - first, "a further word begins the range's bytes")
    air.assertZero(1 - mask[3], where: continues, "a word that is not the last is used to its end")
    beginPlace = rises[1] + 2 * rises[2] + 3 * rises[3]
    endPlace = falls[1] + 2 * falls[2] + 3 * falls[3]

    air.assertEqual(remaining, count.composed(), where: first, "the count")
    air.assertBool(count[3], "16 MiB at most")
    air.assertZero(count[3] * (count[0] + count[1] + count[2]), "16 MiB at most, exactly")
    air.assertEqual(air.next(remaining), rest, where: continues, "bytes that are left")
    air.assertZero(rest, where: last, "none is left at the end")

    let address = air.pointer(start, in: space, where: begins)
    air.assertEqual(pointer, address - beginPlace, where: begins, "the first word of the destination")
    air.assertEqual(air.next(pointer), pointer + 4, where: continues, "the next word of the destination")
    air.assertZero(pointer, where: 1 - isActive, "no destination of nothing")
  }
}
