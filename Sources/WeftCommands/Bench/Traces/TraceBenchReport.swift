import Weft

/// The result of a benchmark of traces as data: what `weft bench trace --json` prints.
struct TraceBenchReport: Codable, Equatable {
  struct Case: Codable, Equatable {
    /// The guest.
    let name: String
    /// What was done, and by how many threads: "recorded", "traces, 1 thread", "check, 2 threads", "segments, 2 threads".
    let engine: String
    /// Median over the samples.
    let value: Double
    /// "MIPS", "Mcells/s", "MB/s" or "s".
    let unit: String
    /// Of an export, the speed of writing the same bytes from memory.
    let peers: [String: Double]
    /// The same quantity per second of processor time, which other processes do not slow down; null for runs.
    let perCore: Double?
    let samples: Int
  }

  /// Sizes of a guest's traces.
  struct Size: Codable, Equatable {
    let name: String
    let instructions: UInt64
    let rowsPerInstruction: Double
    let cellsPerInstruction: Double
    /// Bytes of records per instruction.
    let recordBytesPerInstruction: Double
    let traceBytes: Int
    /// Most memory up to the end of trace generation; null where unknown.
    let peakBytes: Int?
    /// peakBytes / traceBytes.
    let peakRatio: Double?
    /// Segments that the run was cut into.
    let segments: Int
    /// The time that these took on one thread, divided by that on the most threads that were measured; null without
    /// either.
    let segmentSpeedup: Double?
  }

  let cases: [Case]
  let sizes: [Size]
  let machine: HostDescription

  init(_ benchmarks: [TraceBenchmark], _ segments: [SegmentBenchmark]) {
    machine = .current()
    cases = zip(benchmarks, segments).flatMap(Self.cases)
    sizes = zip(benchmarks, segments).compactMap(Self.size)
  }

  private static func cases(_ benchmark: TraceBenchmark, _ segments: SegmentBenchmark) -> [Case] {
    func make(
      _ engine: String, _ unit: String, _ values: [Double], perCore: [Double]? = nil,
      peers: [String: Double] = [:]
    ) -> Case {
      Case(
        name: benchmark.guest.name, engine: engine, value: Statistics.median(values), unit: unit,
        peers: peers,
        perCore: perCore.map(Statistics.median), samples: values.count)
    }
    func speeds(
      _ engine: String, _ samples: [TraceBenchmark.Sample],
      _ part: (TraceBenchmark.Sample) -> TraceBenchmark.Seconds
    ) -> Case {
      make(
        engine, "Mcells/s", samples.map { Double($0.cells) / part($0).clock / 1e6 },
        perCore: samples.map { Double($0.cells) / part($0).processor / 1e6 })
    }
    let all = benchmark.samples.values.flatMap(\.self)
    var cases = [make("recorded", "MIPS", all.map { Double($0.instructions) / $0.runSeconds / 1e6 })]
    for (threads, samples) in benchmark.samples.sorted(by: { $0.key < $1.key }) {
      let suffix = threads == 1 ? "1 thread" : "\(threads) threads"
      cases.append(speeds("traces, \(suffix)", samples) { $0.trace })
      cases.append(speeds("check, \(suffix)", samples) { $0.check })
      func megabytes(_ seconds: (TraceBenchmark.Sample) -> Double) -> [Double] {
        samples.map { Double($0.exportBytes) / seconds($0) / 1e6 }
      }
      cases.append(
        make(
          "export, \(suffix)", "MB/s", megabytes(\.export),
          peers: ["plain write": Statistics.median(megabytes(\.plainWrite))]))
    }
    for (threads, samples) in segments.samples.sorted(by: { $0.key < $1.key }) {
      cases.append(
        make(
          threads == 1 ? "segments, 1 thread" : "segments, \(threads) threads", "Mcells/s",
          samples.map { Double($0.cells) / $0.seconds.clock / 1e6 },
          perCore: samples.map { Double($0.cells) / $0.seconds.processor / 1e6 }))
    }
    cases.append(make("report", "s", all.map(\.report)))
    return cases
  }

  private static func size(_ benchmark: TraceBenchmark, _ segments: SegmentBenchmark) -> Size? {
    let samples = benchmark.samples.values.flatMap(\.self)
    guard let first = samples.first else { return nil }
    let count = Double(max(first.instructions, 1))
    let peak = samples.compactMap(\.peakBytes).max()
    return Size(
      name: benchmark.guest.name, instructions: first.instructions,
      rowsPerInstruction: Double(first.rows) / count, cellsPerInstruction: Double(first.cells) / count,
      recordBytesPerInstruction: Double(first.recordBytes) / count, traceBytes: first.traceBytes,
      peakBytes: peak, peakRatio: peak.map { Double($0) / Double(first.traceBytes) },
      segments: segments.fingerprints.count, segmentSpeedup: speedup(segments))
  }

  private static func speedup(_ segments: SegmentBenchmark) -> Double? {
    guard let most = segments.samples.keys.max(), most > 1, let one = segments.samples[1],
      let many = segments.samples[most]
    else { return nil }
    return Statistics.median(one.map(\.seconds.clock)) / Statistics.median(many.map(\.seconds.clock))
  }

  func text(style: Style) -> String {
    var speeds = TextTable(
      nameColumns: 2, header: ["guest", "what", "value", "unit", "per core", "plain write"])
    for item in cases {
      speeds.rows.append([
        item.name, item.engine, NumberText.mips(item.value), item.unit,
        item.perCore.map(NumberText.mips) ?? "–", item.peers["plain write"].map(NumberText.mips) ?? "–",
      ])
    }
    var table = TextTable(
      header: [
        "guest", "instructions", "rows each", "cells each", "record bytes each", "traces", "peak", "ratio",
        "segments", "speed-up",
      ])
    for size in sizes {
      table.rows.append([
        size.name, NumberText.grouped(size.instructions),
        NumberText.fixed(size.rowsPerInstruction, digits: 2),
        NumberText.fixed(size.cellsPerInstruction, digits: 1),
        NumberText.fixed(size.recordBytesPerInstruction, digits: 1),
        NumberText.bytes(UInt64(size.traceBytes)), size.peakBytes.map { NumberText.bytes(UInt64($0)) } ?? "–",
        size.peakRatio.map { NumberText.fixed($0, digits: 2) } ?? "–", "\(size.segments)",
        size.segmentSpeedup.map { NumberText.fixed($0, digits: 2) } ?? "–",
      ])
    }
    return "\(machine.cpu), \(machine.cores) cores, \(machine.build) build\n\n" + speeds.text(style: style)
      + "\n"
      + table.text(style: style)
  }
}
