/// The guest's input and output.
public struct HostStreams: Sendable {
  /// Input items; the guest reads them one after the other.
  public var input: [[UInt8]] = []
  /// The item that is read now, and how much of it has been.
  public private(set) var item = 0
  public private(set) var position = 0
  public private(set) var output: [UInt8] = []
  public private(set) var errorOutput: [UInt8] = []
  /// Bytes that were written before the outputs here begin, in earlier segments of the run.
  public let writtenBefore: Int

  public init(input: [[UInt8]] = [], writtenBefore: Int = 0) {
    self.input = input
    self.writtenBefore = writtenBefore
  }

  /// The streams as the next segment of a run begins with them: what is still to be read, and how much was written.
  public var continuation: HostStreams {
    var streams = HostStreams(input: input, writtenBefore: written)
    (streams.item, streams.position, streams.hints) = (item, position, hints)
    return streams
  }

  /// The items that are still to be read, the rest of the present one first; none behind the last.
  public var unread: [[UInt8]] {
    guard input.indices.contains(item) else { return [] }
    return [Array(input[item][min(position, input[item].count)...])] + input[(item &+ 1)...]
  }

  /// Bytes left in the present item; `nil` behind the last one.
  public var remaining: Int? {
    input.indices.contains(item) ? max(0, input[item].count &- position) : nil
  }

  /// Takes at most `count` bytes from the present item.
  public mutating func read(_ count: Int) -> ArraySlice<UInt8> {
    guard let remaining else { return [] }
    let start = position
    position &+= min(max(count, 0), remaining)
    return input[item][start..<position]
  }

  /// Drops the rest of the present item. Gives the length of the next one, `nil` behind the last.
  public mutating func nextItem() -> Int? {
    if item < input.count { item &+= 1 }
    position = 0
    return remaining
  }

  /// Takes the rest of the present item, and moves to the next one; `nil` behind the last.
  public mutating func takeItem() -> [UInt8]? {
    guard let remaining else { return nil }
    let bytes = Array(read(remaining))
    _ = nextItem()
    return bytes
  }

  /// What hint instructions read, separate from the items: a phantom instruction fills it.
  public private(set) var hints: ArraySlice<UInt8> = []

  /// Replaces the hints.
  public mutating func setHints(_ bytes: [UInt8]) { hints = bytes[...] }

  /// Takes the next four bytes of the hints, little-endian; 0 when they are not there.
  public mutating func readHintWord() -> UInt32 {
    let word = hints.withUnsafeBytes { bytes in
      bytes.count < 4 ? 0 : bytes.baseAddress?.loadUnaligned(as: UInt32.self) ?? 0
    }
    hints = hints.dropFirst(4)
    return UInt32(littleEndian: word)
  }

  public enum OutputStream: Sendable { case output, errorOutput }

  public mutating func write(_ bytes: UnsafeRawBufferPointer, to stream: OutputStream) {
    switch stream {
    case .output: output.append(contentsOf: bytes)
    case .errorOutput: errorOutput.append(contentsOf: bytes)
    }
  }

  /// Bytes written so far.
  public var written: Int { writtenBefore &+ output.count &+ errorOutput.count }
}
