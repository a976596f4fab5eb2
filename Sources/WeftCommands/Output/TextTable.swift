/// Rows in aligned columns: the first to the left, the others to the right.
struct TextTable {
  var header: [String]
  var rows: [[String]] = []

  func text(style: Style) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([header] + rows).enumerated().map { index, row in
      let cells = row.enumerated().map { column, cell in
        column == 0 ? cell.padded(to: widths[column]) : cell.leftPadded(to: widths[column])
      }
      let line = cells.joined(separator: "  ")
      return index == 0 ? style.dim(line) : line
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
