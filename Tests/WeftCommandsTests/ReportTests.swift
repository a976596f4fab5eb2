import Testing
import Weft

@testable import WeftCommands

@Suite("weft trace --report")
struct ReportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func page(_ path: String, _ options: [String] = []) throws -> (text: String, summary: TraceSummary)
  {
    let file = "\(folder.path)/report.html"
    let run = CommandLineRun(["trace", path, "--report", file, "--json"] + options)
    #expect(run.exitCode == .done, "\(run.errors)")
    let summary: TraceSummary = try run.decoded()
    #expect(summary.report == file)
    return (try folder.text(of: "report.html"), summary)
  }

  @Test func thePageHasTheNumbersOfTheSummary() throws {
    let path = "\(packagePrograms)/rv32/quicksort/quicksort.elf"
    let (page, summary) = try page(path, ["--max-instructions", "30000"])
    for figure in [
      "id=\"figure-instructions\" data-v=\"\(summary.instructions)\"",
      "id=\"figure-cells\" data-v=\"\(summary.cells)\"", "id=\"figure-rows\" data-v=\"\(summary.rows)\"",
    ] {
      #expect(page.contains(figure), "\(figure)")
    }
    for chip in summary.chips {
      #expect(
        page.contains("<tr><td>\(chip.name.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))</td>"))
    }
    for title in [
      "Traces", "Instructions", "Hot functions", "Memory over time", "Hot pages", "Segments",
      "Unconstrained instructions",
    ] {
      #expect(page.contains("\">\(title)</h2>"), "\(title)")
    }
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
  }

  @Test func theSameRunGivesTheSamePage() throws {
    let path = "\(packagePrograms)/rv32/hello/hello.elf"
    #expect(try page(path, ["--threads", "1"]).text == page(path, ["--threads", "2"]).text)
  }

  @Test func nothingIsFetched() throws {
    let page = try page("\(packagePrograms)/rv32/hello/hello.elf").text
    for fetching in ["src=", "http:", "https:", "url(", "@import", "<link", "<img", "<iframe", "fetch("] {
      #expect(!page.contains(fetching), "\(fetching)")
    }
    #expect(page.contains("content=\"default-src &#39;none&#39;;"))
  }

  @Test func namesOfFilesAndSymbolsStayText() throws {
    let name = "<script>alert('x')</script>&\u{7}.elf"
    let path = try folder.write(TinyGuest.exiting(0), to: "\(name.replacing("/", with: "∕"))")
    let page = try page(path).text
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("<h1><code>&lt;script&gt;alert(&#39;x&#39;)&lt;∕script&gt;&amp;␇.elf</code></h1>"))
    #expect(page.components(of: "<script>") == 1)
  }

  @Test func interpolatedTextIsEscapedAndMarkupIsNot() {
    let name = "<b>\"&'\u{0}\u{1b}\u{9b}"
    let inner: Markup = "<i>\(name)</i>"
    let outer: Markup = "<p title=\"\(name)\">\(inner) \(42)</p>"
    let escaped = "&lt;b&gt;&quot;&amp;&#39;␀␛\u{fffd}"
    #expect(outer.text == "<p title=\"\(escaped)\"><i>\(escaped)</i> 42</p>")
  }

  @Test func aPageThatCannotBeWrittenCostsNoRun() throws {
    let path = try folder.write(TinyGuest.looping, to: "guest.elf")
    let run = CommandLineRun(["trace", path, "--report", "\(folder.path)/no/report.html"])
    #expect(run.exitCode == .internal)
    #expect(run.errors.contains("report.html: No such file or directory"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
