import Synchronization
import WeftField

/// Makes the traces of a run: chips fill their rows in parallel, then look-ups are counted, then tables are filled. The
/// bytes do not depend on the number of threads.
public struct TraceGenerator: Sendable {
  /// Threads that fill rows.
  public var threads: Int

  public init(threads: Int = Parallel.processorCount) { self.threads = threads }

  /// Rows per piece of work.
  private static var pieceRows: Int { 1 << 13 }

  /// The traces of the jobs in their order; chips without rows are absent.
  public func generate(_ jobs: [TraceJob]) throws(TraceError) -> TraceSet {
    var traces: [Int: AIRTrace] = [:]
    let chips = jobs.indices.filter { jobs[$0].content != nil }
    try fill(
      chips.compactMap { index in jobs[index].content.map { (index, jobs[index], $0) } }, into: &traces)

    let tables = jobs.indices.compactMap { index in jobs[index].table.map { (index: index, table: $0) } }
    if !tables.isEmpty {
      let counter = MultiplicityCounter(threads: threads)
      let filled = chips.compactMap { traces[$0] }
      let counts = try counter.count(filled, tables: tables.map(\.table))
      let contents = zip(tables, counts).map { table, counts in
        (table.index, jobs[table.index], table.table.content(counts))
      }
      try fill(contents, into: &traces)
    }
    return TraceSet(jobs.indices.compactMap { traces[$0] })
  }

  private func fill(
    _ jobs: [(index: Int, job: TraceJob, content: TraceJob.Content)], into traces: inout [Int: AIRTrace]
  ) throws(TraceError) {
    struct Piece: Sendable {
      var content: TraceJob.Content
      var rows: TraceRows
      var isPadding: Bool
    }
    var filled: [(index: Int, trace: Trace, rowCount: Int)] = []
    var pieces: [Piece] = []
    for (index, job, content) in jobs {
      guard let rowCount = content.rowCount() else { continue }
      let air: AIRDescription
      do { air = try job.describe() } catch { throw .badDescription(error) }
      let height = Trace.paddedHeight(rowCount)
      var main = try Trace(height: height, width: air.mainColumns.count)
      let rows = try main.withRows { (rows: TraceRows) throws(TraceError) in rows }
      let preprocessed = try job.preprocessed()
      let cached = try content.cached(height)
      for first in stride(from: 0, to: rowCount, by: Self.pieceRows) {
        let end = min(first + Self.pieceRows, rowCount)
        pieces.append(Piece(content: content, rows: rows.restricted(to: first..<end), isPadding: false))
      }
      if rowCount < height {
        pieces.append(Piece(content: content, rows: rows.restricted(to: rowCount..<height), isPadding: true))
      }
      traces[index] = try AIRTrace(
        air: air, preprocessed: preprocessed, cached: cached, main: air.mainColumns.isEmpty ? nil : main,
        publicValues: content.publicValues(), rowCount: rowCount)
      // The traces keep the memory alive in which the pieces are filled.
      filled.append((index, main, rowCount))
    }
    let work = pieces
    let failure = Mutex<(index: Int, error: TraceError)?>(nil)
    let box = FailureBox(failure)
    Parallel.forEach(count: work.count, threads: threads) { number in
      let piece = work[number]
      do throws(TraceError) {
        if piece.isPadding {
          try Self.pad(piece.rows, piece.content)
        } else {
          try piece.content.fill(piece.rows)
        }
      } catch {
        box.record(number, error)
      }
    }
    withExtendedLifetime(filled) {}
    if let error = box.first { throw error }
  }

  /// Fills the first row of padding and copies it to the others, unless it stays zero.
  private static func pad(_ rows: TraceRows, _ content: TraceJob.Content) throws(TraceError) {
    let first = rows.rows.lowerBound
    try content.fillPadding(rows.restricted(to: first..<(first + 1)))
    guard let source = rows.cells(first), source.contains(where: { !$0.isZero }) else { return }
    for row in rows.rows.dropFirst() {
      if let target = rows.cells(row) { _ = target.update(fromContentsOf: source) }
    }
  }
}

/// The failure of the first piece of work that failed, whichever thread met it.
private final class FailureBox: Sendable {
  private let failure: Mutex<(index: Int, error: TraceError)?>

  init(_ failure: consuming Mutex<(index: Int, error: TraceError)?>) { self.failure = failure }

  func record(_ index: Int, _ error: TraceError) {
    failure.withLock { known in
      if (known?.index ?? .max) > index { known = (index, error) }
    }
  }

  var first: TraceError? { failure.withLock { $0?.error } }
}
