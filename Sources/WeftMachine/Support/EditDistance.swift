/// The name that a mistyped word most likely meant, or `nil` when none is close.
///
/// Close means at most one edit in three letters, so that short words do not suggest anything at all.
package func nearest(to word: String, among names: [String]) -> String? {
  // A word much longer than any name cannot be close; this also bounds the work on hostile input.
  guard word.count <= 64 else { return nil }
  let candidates = names.map { (name: $0, distance: editDistance(word, $0)) }
  guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, best.name.count / 3) ? best.name : nil
}

/// Levenshtein distance, with a swap of neighbours counting as one edit (optimal string alignment).
package func editDistance(_ first: String, _ second: String) -> Int {
  let first = Array(first)
  let second = Array(second)
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for (row, letter) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in second.enumerated() {
      var distance = min(
        last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  return last[second.count]
}
