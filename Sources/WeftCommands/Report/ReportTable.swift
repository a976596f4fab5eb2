/// A table of a report: cells with the values by which they are sorted and read by programs.
struct ReportTable {
  enum Column {
    case text(String)
    case number(String)
    /// Cannot be sorted.
    case picture(String)

    var title: String {
      switch self {
      case .text(let title), .number(let title), .picture(let title): title
      }
    }
  }

  enum Cell {
    case text(String)
    /// A name that a guest may have chosen.
    case code(String)
    /// A number, with how it is shown.
    case number(UInt64, String)
    case picture(Markup)

    static func count(_ value: UInt64) -> Cell { .number(value, NumberText.grouped(value)) }
    static func count(_ value: Int) -> Cell { .count(UInt64(value)) }
  }

  let id: String
  let columns: [Column]
  var rows: [[Cell]] = []

  var markup: Markup {
    var body: Markup = ""
    for row in rows { body += "<tr>\(row.map(Self.markup).joined())</tr>\n" }
    return """
      <div class="scroll"><table id="\(id)">
      <thead><tr>\(columns.map(Self.header).joined())</tr></thead>
      <tbody>
      \(body)</tbody></table></div>

      """
  }

  private static func header(_ column: Column) -> Markup {
    switch column {
    case .text(let title): "<th scope=\"col\">\(title)</th>"
    case .number(let title): "<th scope=\"col\" class=\"n\">\(title)</th>"
    case .picture(let title): "<th scope=\"col\" class=\"p\">\(title)</th>"
    }
  }

  private static func markup(_ cell: Cell) -> Markup {
    switch cell {
    case .text(let text): "<td>\(text)</td>"
    case .code(let text): "<td><code>\(text)</code></td>"
    case .number(let value, let text): "<td class=\"n\" data-v=\"\(value)\">\(text)</td>"
    case .picture(let markup): "<td class=\"p\">\(markup)</td>"
    }
  }

  /// A bar of a part of the width, and what follows it in another shade.
  /// - Parameter parts: shares of the full width, together at most 1.
  static func bar(_ first: Double, _ second: Double = 0, title: String) -> Markup {
    // In thousandths of the width.
    let (used, rest) = (Int((first * 1000).rounded()), Int((second * 1000).rounded()))
    return """
      <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="\(title)">\
      <title>\(title)</title><rect class="b1" width="\(used)" height="10"/>\
      <rect class="b2" x="\(used)" width="\(rest)" height="10"/></svg>
      """
  }
}
