import WeftExtensionKit

/// The bytes of a second range, moved to the places of the first one: each row reads one word more, and takes its bytes
/// from this word and the one before.
///
/// Eight bytes are at hand, the `low` word and the `high` one; the word of the destination begins `shift` bytes, 1 to 4,
/// behind the first of them. Where the range begins in the low word, the first row reads that too.
struct SourceRange {
  /// The range's bytes at the places of the destination; 0 where no byte of the range belongs.
  let moved: [AIRNode]

  init(_ air: AIRBuilder, start: [AIRNode], in space: AIRBuilder.Space, to destination: DestinationRange) {
    let shifts = air.bits("shift", 4)
    let readsLow = air.bit("readsLow")
    let readsHigh = air.bit("readsHigh")
    let beginPlace = air.bits("sourceBegin", 2)
    let endPlace = air.bits("sourceEnd", 2)
    let low = air.columns("low", 3)  // its bytes 1 to 3
    let pointer = air.column("source")
    let moved = air.columns("moved", 4)
    self.moved = moved
    let (first, continues) = (air.isFirst, DestinationRange.continues(air))
    let (isActive, mask) = (destination.isActive, destination.mask)

    air.assertEqual(shifts.sum(), isActive, "one shift")
    for shift in shifts { air.assertEqual(air.next(shift), shift, where: continues, "the shift stays") }
    let shift = shifts[0] + 2 * shifts[1] + 3 * shifts[2] + 4 * shifts[3]

    // Where the range begins and ends in its own words says which words it meets.
    air.assertEqual(
      beginPlace.composed(base: 2), destination.beginPlace + shift - 4 * isActive + 4 * readsLow,
      where: first, "the low word is read where the range begins there")
    air.assertZero(
      beginPlace.sum() + readsLow, where: 1 - first, "only the first row reads two words")
    air.assertEqual(
      endPlace.composed(base: 2), destination.endPlace + shift - 4 * readsHigh,
      "the high word is read where the range goes on there")

    let address = air.pointer(start, in: space, where: destination.begins)
    air.assertEqual(
      pointer, address - destination.beginPlace + 4 - shift, where: destination.begins,
      "the first words of the source")
    air.assertEqual(air.next(pointer), pointer + 4, where: continues, "the next word of the source")
    air.assertZero(pointer, where: 1 - isActive, "no source of nothing")

    let firstWord = air.read(space, at: pointer - 4, where: readsLow, "first source word")
    let high = air.read(space, at: pointer, where: readsHigh, "source word")
    for index in 0..<3 {
      air.assertEqual(low[index], firstWord[index + 1], where: first, "the low word of the first row")
      air.assertEqual(air.next(low[index]), high[index + 1], where: continues, "the word before")
    }
    let window = low + high  // bytes 1 to 7
    for lane in 0..<4 {
      let byte = (0..<4).map { shifts[$0] * window[lane + $0] }.sum()
      air.assertEqual(moved[lane], mask[lane] * byte, "the byte that belongs here")
    }
  }
}
