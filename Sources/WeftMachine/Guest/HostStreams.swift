/// The guest's input and output.
public struct HostStreams: Sendable {
  /// Input items; the guest reads them one after the other.
  public var input: [[UInt8]] = []
  /// The item that is read now, and how much of it has been.
  public private(set) var item = 0
  public private(set) var position = 0
  public private(set) var output: [UInt8] = []
  public private(set) var errorOutput: [UInt8] = []

  public init(input: [[UInt8]] = []) {
    self.input = input
  }

  /// Bytes left in the present item; `nil` behind the last one.
  public var remaining: Int? {
    item < input.count ? input[item].count - position : nil
  }

  /// Takes at most `count` bytes from the present item.
  public mutating func read(_ count: Int) -> ArraySlice<UInt8> {
    guard let remaining else { return [] }
    let end = position + min(max(count, 0), remaining)
    defer { position = end }
    return input[item][position..<end]
  }

  /// Drops the rest of the present item. Gives the length of the next one, `nil` behind the last.
  public mutating func nextItem() -> Int? {
    if item < input.count { item += 1 }
    position = 0
    return remaining
  }

  public enum OutputStream: Sendable { case output, errorOutput }

  public mutating func write(_ bytes: UnsafeRawBufferPointer, to stream: OutputStream) {
    switch stream {
    case .output: output.append(contentsOf: bytes)
    case .errorOutput: errorOutput.append(contentsOf: bytes)
    }
  }

  /// Bytes written so far.
  public var written: Int { output.count + errorOutput.count }
}
