import FoundationEssentials
import Weft
import WeftDigests

/// A page about a run and its traces: one file, nothing fetched, the same bytes for the same run.
struct ReportPage {
  private let run: TracedRun
  private let summary: TraceSummary
  private let activity: RunActivity

  init(_ run: TracedRun, _ activity: RunActivity) {
    self.run = run
    self.activity = activity
    summary = TraceSummary(run.result)
  }

  var html: String {
    let sections: [(id: String, title: String, markup: Markup)] = [
      ("traces", "Traces", traces), ("opcodes", "Instructions", opcodes),
      ("functions", "Hot functions", functions),
      ("memory", "Memory over time", memory), ("pages", "Hot pages", pages),
      ("segments", "Segments", segments),
      ("unconstrained", "Unconstrained instructions", unconstrained),
    ]
    let links = sections.map { id, title, _ -> Markup in "<a href=\"#\(id)\">\(title)</a>" }.joined()
    let body = sections.map { id, title, markup -> Markup in
      "<section aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2>\n\(markup)</section>\n"
    }.joined()
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="weft \(WeftVersion.current)">
      <title>\(name): a run in Weft</title>
      <style>\(Markup(unescaped: ReportStyle.css))</style>
      </head>
      <body>
      \(header)<nav aria-label="Sections">\(links)</nav>
      <main>
      \(figures)\(body)</main>
      <footer>Made by <code>weft trace --report</code>, version \(WeftVersion.current). Counts are those of one recorded
      run; the page holds all it shows.</footer>
      <script>\(Markup(unescaped: ReportStyle.script))</script>
      </body>
      </html>

      """
    return page.text
  }

  /// Nothing but the page's own style and script: whatever else may have got in does nothing.
  private var policy: String {
    func source(_ text: String) -> String {
      var digest = SHA256()
      Array(text.utf8).withUnsafeBytes { digest.update($0) }
      return "'sha256-\(Data(digest.finish()).base64EncodedString())'"
    }
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src \(source(ReportStyle.css)); "
      + "script-src \(source(ReportStyle.script))"
  }

  private var name: String { run.path.split(separator: "/").last.map(String.init) ?? run.path }

  private var header: Markup {
    let isOpen = !run.made.isFullyConstrained
    return """
      <header>
      <h1><code>\(name)</code></h1>
      <p>\(NumberText.grouped(summary.instructions)) instructions, \("\(run.outcome.exit)").</p>
      <p id="openness" class="\(isOpen ? "open warn" : "open")">\(summary.openness)</p>
      </header>

      """
  }

  private var figures: Markup {
    let padding = summary.height - summary.rows
    let open = summary.unconstrained.reduce(0) { $0 + $1.count }
    let each = Double(summary.cells) / Double(max(summary.instructions, 1))
    let figures: [(id: String, title: String, value: UInt64, text: String)] = [
      ("instructions", "instructions", summary.instructions, NumberText.grouped(summary.instructions)),
      ("cells", "cells", UInt64(summary.cells), NumberText.grouped(UInt64(summary.cells))),
      (
        "cells-per-instruction", "cells per instruction", UInt64(each.rounded()),
        NumberText.fixed(each, digits: 1)
      ),
      ("rows", "rows", UInt64(summary.rows), NumberText.grouped(UInt64(summary.rows))),
      ("padding", "rows of padding", UInt64(padding), percent(padding, of: summary.height)),
      ("unconstrained-count", "unconstrained", UInt64(open), NumberText.grouped(UInt64(open))),
    ]
    let items = figures.map { id, title, value, text -> Markup in
      "<div><dt>\(title)</dt><dd id=\"figure-\(id)\" data-v=\"\(value)\">\(text)</dd></div>"
    }.joined()
    return "<dl class=\"figures\">\(items)</dl>\n"
  }

  private func percent(_ part: Int, of whole: Int) -> String {
    NumberText.fixed(100 * Double(part) / Double(max(whole, 1)), digits: 1) + " %"
  }

  // MARK: Sections

  private var traces: Markup {
    var table = ReportTable(
      id: "chips",
      columns: [
        .text("chip"), .number("rows"), .number("height"), .number("padding"), .number("columns"),
        .number("cells"),
        .picture("share of cells"),
      ])
    let largest = Double(max(summary.chips.map(\.cells).max() ?? 1, 1))
    for chip in summary.chips.sorted(by: { ($1.cells, $0.name) < ($0.cells, $1.name) }) {
      let (share, used) = (Double(chip.cells) / largest, 1 - chip.padding)
      let padding = percent(chip.height - chip.rows, of: chip.height)
      table.rows.append([
        .text(chip.name), .count(chip.rows), .count(chip.height),
        .number(UInt64(chip.height - chip.rows), padding), .count(chip.columns), .count(chip.cells),
        .picture(
          ReportTable.bar(share * used, share * chip.padding, title: "\(chip.name): \(padding) padding")),
      ])
    }
    return """
      <p>A chip has a row for everything it explains, and padding up to a power of two. Cells are rows times columns: what
      a prover commits to.</p>
      <div class="key"><span><svg width="12" height="12"><rect class="b1" width="12" height="12"/></svg>rows in use</span>\
      <span><svg width="12" height="12"><rect class="b2" width="12" height="12"/></svg>padding</span></div>
      \(table.markup)
      """
  }

  private var opcodes: Markup {
    let all = activity.opcodes.reduce(0) { $0 + $1.instructions }
    return """
      <p>How often each instruction retired; \(activity.opcodes.count) of the machine's instructions did.</p>
      \(shares(activity.opcodes, "opcode-table", "instruction", of: all, limit: 20))
      """
  }

  private var functions: Markup {
    let all = activity.functions.reduce(0) { $0 + $1.instructions }
    return """
      <p>Instructions that retired in each function itself, without those that it calls. Code without a symbol goes by its
      address.</p>
      \(shares(activity.functions, "function-table", "function", of: all, limit: 20))
      """
  }

  /// A table of shares; those behind the first ones can be unfolded.
  private func shares(
    _ shares: [Profile.Share], _ id: String, _ title: String, of all: UInt64, limit: Int
  ) -> Markup {
    func table(_ shares: some Sequence<Profile.Share>, _ id: String) -> ReportTable {
      var table = ReportTable(
        id: id,
        columns: [.text(title), .number("retired"), .number("share"), .picture("of the most frequent")])
      let largest = Double(max(self.largest(of: activity, id), 1))
      for share in shares {
        let part = NumberText.fixed(100 * Double(share.instructions) / Double(max(all, 1)), digits: 1) + " %"
        table.rows.append([
          .code(share.name), .count(share.instructions), .number(share.instructions, part),
          .picture(ReportTable.bar(Double(share.instructions) / largest, title: "\(share.name): \(part)")),
        ])
      }
      return table
    }
    let rest = shares.dropFirst(limit)
    guard !rest.isEmpty else { return table(shares, id).markup }
    let sum = rest.prefix(Self.rowLimit).count
    let omitted = rest.count - sum
    let note: Markup = omitted > 0 ? "<p>\(omitted) more are left out.</p>\n" : ""
    return """
      \(table(shares.prefix(limit), id).markup)<details><summary>\(rest.count) more</summary>
      \(table(rest.prefix(Self.rowLimit), id + "-more").markup)\(note)</details>

      """
  }

  /// Rows behind the first ones at most: programs may have any number of functions.
  private static let rowLimit = 500

  private func largest(of activity: RunActivity, _ id: String) -> UInt64 {
    let shares = id.hasPrefix("opcode") ? activity.opcodes : activity.functions
    return shares.first?.instructions ?? 0
  }

  private var memory: Markup {
    // One scale of time for all spaces.
    let lastTime = activity.maps.map(\.lastTime).max() ?? 0
    let maps = activity.maps.map { map -> Markup in
      let picture = HeatMap(map, base: base(of: map.space), lastTime: lastTime)
      let rows = picture.cellsPerRow == 4 ? "4 bytes" : NumberText.bytes(picture.cellsPerRow)
      return """
        <h3>\(map.space.name), address space \(map.space.id.rawValue)</h3>
        <p id="map-\(map.space.id.rawValue)" data-v="\(map.accesses)">\(NumberText.grouped(map.accesses)) accesses;
        a row is \(rows), a column \(NumberText.grouped(picture.ticksPerColumn)) ticks.</p>
        \(picture.markup)\(picture.legend)
        """
    }.joined()
    return """
      <p>Where each address space was accessed, and when. Every access takes a tick of the clock; what was never accessed
      is left out, with a gap.</p>
      \(maps)
      """
  }

  /// Address of the first cell: memory begins where the environment says.
  private func base(of space: AddressSpace) -> UInt32 { space.id == .memory ? run.made.addressBase : 0 }

  private var pages: Markup {
    var table = ReportTable(
      id: "page-table",
      columns: [
        .text("page"), .text("address space"), .number("accesses"), .number("reads"), .number("writes"),
        .picture("reads and writes"),
      ])
    let pages = activity.maps.filter { $0.space.id != .registers }.flatMap { map in
      map.hotPages(limit: 16).map { (space: map.space, page: $0) }
    }.sorted {
      ($1.page.accesses, $0.space.id, $0.page.pointer) < ($0.page.accesses, $1.space.id, $1.page.pointer)
    }.prefix(16)
    let largest = Double(max(pages.first?.page.accesses ?? 1, 1))
    for (space, page) in pages {
      let (reads, writes) = (Double(page.reads) / largest, Double(page.writes) / largest)
      table.rows.append([
        .code(hexadecimal(page.pointer &+ base(of: space))), .text(space.name), .count(page.accesses),
        .count(page.reads), .count(page.writes),
        .picture(
          ReportTable.bar(
            reads, writes,
            title: "\(NumberText.grouped(page.reads)) reads, \(NumberText.grouped(page.writes)) writes")),
      ])
    }
    if table.rows.isEmpty { return "<p>No memory was accessed.</p>\n" }
    return """
      <p>The pages of 4,096 cells with most accesses, registers left out.</p>
      <div class="key"><span><svg width="12" height="12"><rect class="b1" width="12" height="12"/></svg>reads</span>\
      <span><svg width="12" height="12"><rect class="b2" width="12" height="12"/></svg>writes</span></div>
      \(table.markup)
      """
  }

  private var segments: Markup {
    var table = ReportTable(
      id: "segment-table",
      columns: [
        .number("segment"), .number("instructions"), .number("chips"), .number("rows"), .number("height"),
        .number("cells"),
      ])
    table.rows = [
      [
        .count(0), .count(summary.instructions), .count(summary.chips.count), .count(summary.rows),
        .count(summary.height), .count(summary.cells),
      ]
    ]
    return "<p>The parts in which the run is proven.</p>\n\(table.markup)"
  }

  private var unconstrained: Markup {
    guard !summary.unconstrained.isEmpty else {
      return "<p>None: every instruction is constrained.</p>\n"
    }
    var table = ReportTable(id: "unconstrained-table", columns: [.text("instruction"), .number("count")])
    table.rows = summary.unconstrained.map { [.code($0.instruction), .count($0.count)] }
    return """
      <p>Their accesses are constrained, their results are advice: whoever made the traces chose them.</p>
      \(table.markup)
      """
  }
}
