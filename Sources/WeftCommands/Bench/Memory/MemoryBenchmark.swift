import Glibc
import WeftMemory

/// Measures every row: all memories in one process, interleaved, the order reversed every other round, so that a
/// change of the machine's speed meets all of them.
struct MemoryBenchmark {
  /// Rounds of a run; the value of a memory is the median over them.
  let rounds: Int
  /// Runs with new memories each, at other places; the lowest median counts, as the place of a buffer changes times.
  let runs: Int
  /// About the time of one sample.
  let sampleSeconds: Double

  /// Nanoseconds per value of a row, by memory.
  struct Result {
    let row: MemoryRow
    var nanoseconds: [MemoryVariant.Kind: Double] = [:]
    var samples = 0
    /// Iterations of one sample.
    var iterations = 0

    func ratio(of kind: MemoryVariant.Kind) -> Double? {
      guard let value = nanoseconds[kind], let baseline = nanoseconds[.baseline], baseline > 0 else {
        return nil
      }
      return value / baseline
    }

    /// Whether the row is within its bar; `nil` where it has none.
    var isWithinBar: Bool? {
      guard let bar = row.bar, let ratio = ratio(of: .memory) else { return nil }
      return ratio <= bar
    }
  }

  /// Checks what every memory reads in every row and round, and measures.
  func measure(
    _ rows: [MemoryRow], onRow: (MemoryRow, Int) throws(CommandError) -> Void
  ) throws(CommandError) -> [Result] {
    var results = rows.map { Result(row: $0) }
    let expectations = try rows.map { row throws(CommandError) in try MemoryExpectation(row) }
    let variants = try rows.map { row throws(CommandError) in try distinctVariants(of: row) }
    for run in 0..<runs {
      for index in rows.indices {
        try onRow(rows[index], run)
        try measure(variants[index][run], expectations[index], &results[index])
      }
    }
    return results
  }

  /// The memories of every run. All live at once, or the next run would get the places of the last one; what stands
  /// between them makes the places differ within a cache line.
  private func distinctVariants(of row: MemoryRow) throws(CommandError) -> [[MemoryVariant]] {
    var variants: [[MemoryVariant]] = []
    var spacers: [UnsafeMutableRawPointer?] = []
    defer { for spacer in spacers { free(spacer) } }
    for run in 0..<runs {
      spacers.append(malloc(1032 &+ 16 &* run))
      variants.append(try row.variants())
    }
    return variants
  }

  /// One run of a row.
  private func measure(
    _ variants: [MemoryVariant], _ expectation: MemoryExpectation, _ result: inout Result
  ) throws(CommandError) {
    for variant in variants {
      for iterations in 1...3 { try expectation.check(variant, iterations) }
    }
    let iterations = try iterations(variants[0])
    var samples = [[Double]](repeating: [], count: variants.count)
    for round in 0..<rounds {
      for index in round % 2 == 0 ? Array(variants.indices) : variants.indices.reversed() {
        samples[index].append(Double(try expectation.check(variants[index], iterations)))
      }
    }
    let divisor = Double(iterations * result.row.operations)
    for (variant, samples) in zip(variants, samples) {
      let value = Statistics.median(samples) / divisor
      result.nanoseconds[variant.kind] = min(value, result.nanoseconds[variant.kind] ?? .infinity)
    }
    result.samples += rounds
    result.iterations = iterations
  }

  /// How many iterations fill a sample.
  private func iterations(_ variant: MemoryVariant) throws(CommandError) -> Int {
    var iterations = 1
    while iterations < 1 << 24 {
      let seconds = Double(try variant.run(iterations).nanoseconds) * 1e-9
      if seconds >= sampleSeconds / 4 {
        return max(1, Int(Double(iterations) * sampleSeconds / seconds))
      }
      iterations *= 2
    }
    return iterations
  }
}

/// What a row reads, by the model.
struct MemoryExpectation {
  private let row: MemoryRow
  /// The sum of the first iteration, and of each after it: a memory that stands keeps what was written.
  private let first: UInt64
  private let next: UInt64

  init(_ row: MemoryRow) throws(CommandError) {
    self.row = row
    do throws(EVMMemoryError) {
      let body = try row.body { ModelMemory() }
      first = try body(1)
      next = try body(2) &- first
    } catch {
      throw CommandError(.mismatch, "\(row.name), model: \(error)")
    }
  }

  func sum(_ iterations: Int, _ kind: MemoryVariant.Kind) -> UInt64 {
    if row.workload == .resize, kind == .flat {
      // To the byte, where the others round up to words.
      return UInt64(iterations) &* (33 + 100 + 256 + 512 + 1024 + 2048 + 4096)
    }
    return iterations == 0 ? 0 : first &+ UInt64(iterations - 1) &* next
  }

  /// Runs a variant and compares.
  /// - Returns: nanoseconds.
  @discardableResult
  func check(_ variant: MemoryVariant, _ iterations: Int) throws(CommandError) -> Int {
    let (sum, nanoseconds) = try variant.run(iterations)
    let expected = self.sum(iterations, variant.kind)
    guard sum == expected else {
      throw CommandError(
        .mismatch,
        "\(row.name), \(variant.kind.rawValue): read \(sum) in \(iterations) iterations, expected \(expected)"
      )
    }
    return nanoseconds
  }
}
