/// Numbers as people read them.
enum NumberText {
  /// "1,234,567".
  static func grouped(_ value: UInt64) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A decimal fraction with a fixed number of digits; "–" for what is no number.
  static func fixed(_ value: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 0x1p63 else { return "–" }
    let (whole, fraction) = Int64(scaled).quotientAndRemainder(dividingBy: Int64(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(grouped(UInt64(whole)))" }
    let padding = String(repeating: "0", count: digits - String(fraction).count)
    return "\(sign)\(grouped(UInt64(whole))).\(padding)\(fraction)"
  }

  /// A time in the unit that fits it.
  static func seconds(_ value: Double) -> String {
    if value >= 1 { return fixed(value, digits: 2) + " s" }
    if value >= 1e-3 { return fixed(value * 1e3, digits: 2) + " ms" }
    return fixed(value * 1e6, digits: 1) + " µs"
  }

  /// Millions of instructions per second, with three digits that mean something.
  static func mips(_ value: Double) -> String { fixed(value, digits: value < 10 ? 2 : value < 100 ? 1 : 0) }

  static func bytes(_ count: UInt64) -> String {
    let units: [(size: UInt64, name: String)] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    for unit in units where count >= unit.size {
      return fixed(Double(count) / Double(unit.size), digits: 1) + " " + unit.name
    }
    return "\(count) bytes"
  }
}
