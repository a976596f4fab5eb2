/// The most frequent of some names with their counts, and how many others there are: what reports say in one line.
/// - Parameter items: the most frequent first.
package func frequencyText(_ items: some Collection<(name: String, count: Int)>) -> String {
  let shown = 4
  let names = items.prefix(shown).map { "\($0.name) (\($0.count))" }.joined(separator: ", ")
  return items.count > shown ? "\(names) and \(items.count &- shown) others" : names
}
