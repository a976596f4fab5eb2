import Weft

/// What `weft check` and `weft trace` were told of segments.
struct SegmentOptions {
  static let segments = Flag(
    "segments", help: "Cut the run into segments, whose memory is chained by Merkle roots")
  static let rows = Option(
    "segment-rows", .count, help: "Most rows of a chip in a segment (default: 4194304)")
  static let cells = Option(
    "segment-cells", .count, help: "Most cells of a segment's traces (default: 268435456)")
  static let interactions = Option(
    "segment-interactions", .count, help: "Most interactions of a segment's rows (default: 1073741824)")
  static let instructions = Option(
    "segment-instructions", .count, help: "Most instructions of a segment (default: no limit)")
  static let folder = Option(
    "save-segments", .path("DIR", completion: .directories),
    help: "Write what each segment begins with to DIR/segment-K")
  static let file = Option(
    "segment", .path("FILE"), help: "Check one segment alone, from what --save-segments wrote")

  static let cutting: [any Parameter] = [segments, rows, cells, interactions, instructions, folder]

  let limits: SegmentLimits
  let folder: String?

  /// Nil where no segments were asked for.
  init?(_ arguments: Arguments) throws(CommandError) {
    var limits = SegmentLimits()
    var isLimited = false
    for (option, limit) in [
      (Self.rows, \SegmentLimits.rows), (Self.cells, \.cells), (Self.interactions, \.interactions),
    ] {
      guard let value = try arguments.value(option) else { continue }
      limits[keyPath: limit] = Int(clamping: value)
      isLimited = true
    }
    limits.instructions = try arguments.value(Self.instructions)
    folder = try arguments.value(Self.folder)
    self.limits = limits
    if arguments.isSet(Self.segments) { return }
    if isLimited || limits.instructions != nil || folder != nil {
      throw .usage("\(arguments.command): limits of segments need --segments")
    }
    return nil
  }

  /// Writes what a segment begins with, where that was asked for.
  func save(_ segment: Segment) throws {
    guard let folder else { return }
    let path = "\(folder)/segment-\(segment.index)"
    do { try segment.save(to: path) } catch { throw CommandError.output(path, "\(error)") }
  }
}
