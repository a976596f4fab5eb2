import Weft

/// An access map as a picture: ticks to the right, addresses downwards, a shade by the logarithm of the accesses.
struct HeatMap {
  /// Shades, the lightest first; 0 accesses have none.
  static let levelCount = 7
  private static let rowLimit = 48
  private static let rowHeight = 11
  private static let gapHeight = 5
  private static let labelWidth = 96

  /// A row of the picture: neighbouring rows of the map where it has too many.
  private struct Row {
    let first: UInt64
    var counts: [UInt64]
    var y = 0

    var total: UInt64 { counts.reduce(0, +) }
  }

  let map: AccessMap
  /// Address of the space's first cell.
  private let base: UInt64
  private let shift: UInt32
  private let columnShift: UInt32
  private let lastTime: UInt32
  private let columns: Int
  private let height: Int
  private let rows: [Row]
  let maximum: UInt64

  /// - Parameters:
  ///   - base: address of the first cell.
  ///   - lastTime: the tick at which the picture ends, not before the map's last access.
  init(_ map: AccessMap, base: UInt32, lastTime: UInt32) {
    self.map = map
    self.base = UInt64(base)
    self.lastTime = max(lastTime, map.lastTime)
    var columnShift = map.columnShift
    while self.lastTime >> columnShift >= UInt32(AccessMap.columnCount) { columnShift += 1 }
    self.columnShift = columnShift
    columns = Int(self.lastTime >> columnShift) + 1
    let source = map.rows
    var shift = map.rowShift
    while Set(source.map { $0.pointer >> shift }).count > Self.rowLimit { shift += 1 }
    self.shift = shift
    var rows: [Row] = []
    for row in source {
      let first = UInt64(row.pointer >> shift) << UInt64(shift)
      if rows.last?.first != first {
        rows.append(Row(first: first, counts: Array(repeating: 0, count: columns)))
      }
      for (column, count) in row.counts.enumerated() where count > 0 {
        rows[rows.count - 1].counts[column >> Int(columnShift - map.columnShift)] += UInt64(count)
      }
    }
    var y = 0
    for index in rows.indices {
      if index > 0, rows[index].first != rows[index - 1].first + 1 << UInt64(shift) { y += Self.gapHeight }
      rows[index].y = y
      y += Self.rowHeight
    }
    height = y
    maximum = rows.flatMap(\.counts).max() ?? 0
    self.rows = rows
  }

  /// Ticks of a column and cells of a row.
  var ticksPerColumn: UInt64 { 1 << UInt64(columnShift) }
  var cellsPerRow: UInt64 { 1 << UInt64(shift) }

  /// The shade of a number of accesses, by its length in bits: 1…`levelCount`, 0 for none.
  private func level(_ count: UInt64) -> Int {
    guard count > 0 else { return 0 }
    let (bits, all) = (Self.bits(count), Self.bits(maximum))
    return (bits * Self.levelCount + all - 1) / all
  }

  /// The smallest number of accesses of a shade; nil where the picture has none of it.
  private func leastCount(of level: Int) -> UInt64? {
    let all = Self.bits(maximum)
    return (1...max(all, 1)).first { ($0 * Self.levelCount + all - 1) / all == level }.map {
      1 << UInt64($0 - 1)
    }
  }

  private static func bits(_ number: UInt64) -> Int { UInt64.bitWidth - number.leadingZeroBitCount }

  /// The shades with the counts at which they begin.
  var legend: Markup {
    let shades = (1...Self.levelCount).compactMap { level in
      leastCount(of: level).map { least -> Markup in
        """
        <span><svg width="12" height="12" aria-hidden="true"><rect class="h\(level)" width="12" height="12"/></svg>\
        \(NumberText.grouped(least))+</span>
        """
      }
    }.joined()
    return "<div class=\"legend\">accesses: \(shades)</div>\n"
  }

  var markup: Markup {
    """
    <div class="map" role="group" aria-label="\(map.space.name)">\(labels)\(picture)</div>
    <div class="axis"><span>tick 0</span><span>\(NumberText.grouped(UInt64(lastTime)))</span></div>

    """
  }

  private var picture: Markup {
    var paths = [String](repeating: "", count: Self.levelCount + 1)
    for row in rows {
      var column = 0
      while column < columns {
        let level = level(row.counts[column])
        var end = column + 1
        while end < columns, self.level(row.counts[end]) == level { end += 1 }
        if level > 0 {
          paths[level] += "M\(column) \(row.y)h\(end - column)v\(Self.rowHeight - 1)H\(column)z"
        }
        column = end
      }
    }
    let shades = paths.indices.dropFirst().filter { !paths[$0].isEmpty }.map { level -> Markup in
      "<path class=\"h\(level)\" d=\"\(paths[level])\"/>"
    }.joined()
    let hits = rows.map { row -> Markup in
      """
      <rect class="hit" y="\(row.y)" width="\(columns)" height="\(Self.rowHeight)">\
      <title>\(range(row)): \(NumberText.grouped(row.total)) accesses</title></rect>
      """
    }.joined()
    return """
      <svg class="heat" viewBox="0 0 \(columns) \(height)" height="\(height)" preserveAspectRatio="none" \
      role="img" aria-label="accesses over time">\(shades)\(hits)</svg>
      """
  }

  private func range(_ row: Row) -> String {
    if let register = Self.register(row.first, in: map.space) { return register }
    let last = base + row.first + cellsPerRow - 1
    return "\(hexadecimal(base + row.first))–\(hexadecimal(last))"
  }

  /// Every register by its name; addresses where a range begins, and where there is room.
  private var labels: Markup {
    var last = -100
    var texts: Markup = ""
    for (index, row) in rows.enumerated() {
      let register = Self.register(row.first, in: map.space)
      let beginsRange = index == 0 || rows[index - 1].y + Self.rowHeight < row.y
      guard register != nil || row.y - last >= (beginsRange ? Self.rowHeight : 6 * Self.rowHeight) else {
        continue
      }
      last = row.y
      let text = register ?? hexadecimal(base + row.first)
      texts += "<text x=\"\(Self.labelWidth - 8)\" y=\"\(row.y + Self.rowHeight - 2)\">\(text)</text>"
    }
    return """
      <svg class="labels" width="\(Self.labelWidth)" height="\(height)" aria-hidden="true">\(texts)</svg>
      """
  }

  /// RISC-V's names of the registers (psABI, chapter 1).
  private static let registers =
    ["zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1"] + (0..<8).map { "a\($0)" }
    + (2..<12).map { "s\($0)" } + (3..<7).map { "t\($0)" }

  private static func register(_ pointer: UInt64, in space: AddressSpace) -> String? {
    let number = Int(pointer / 4)
    return space.id == .registers && number < registers.count ? registers[number] : nil
  }
}
