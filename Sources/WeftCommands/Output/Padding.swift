extension String {
  /// The text with spaces behind it, at least `width` characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// The text behind filling characters, at least `width` characters.
  func leftPadded(to width: Int, with filling: Character = " ") -> String {
    String(repeating: filling, count: max(0, width - count)) + self
  }
}
