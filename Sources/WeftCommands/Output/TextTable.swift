/// Rows in aligned columns: names to the left, numbers to the right.
struct TextTable {
  /// How many columns from the left hold names.
  var nameColumns = 1
  var header: [String]
  var rows: [[String]] = []

  func text(style: Style) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([header] + rows).enumerated().map { index, row in
      let cells = row.enumerated().map { column, cell in
        column < nameColumns ? cell.padded(to: widths[column]) : cell.leftPadded(to: widths[column])
      }
      let line = cells.joined(separator: "  ")
      return index == 0 ? style.dim(line) : line
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
