// All four sample extensions in one machine, from Swift: a table of words is built, hashed, copied and compared.
@main
struct ExtensionsSwift {
  static func main() {
    let first = (0..<100).map { Bits.deposit($0, mask: 0x0f0f_0f0f) }
    let second = first.map { Bits.byteSwapped($0) &+ Bits.popcount($0) }
    let sums = Vectors.sums(first, second)
    print("total \(Vectors.total(sums))")
    print("back \(Bits.extract(first[77], mask: 0x0f0f_0f0f)), zeros \(Bits.leadingZeros(first[77]))")

    let message = sums.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    var copy = [UInt8](repeating: 0, count: message.count)
    copy.withUnsafeMutableBytes { target in message.withUnsafeBytes { BulkMemory.copy($0, to: target) } }
    print("copied \(copy == message), order \(order(message, copy))")
    copy.withUnsafeMutableBytes { BulkMemory.fill(UnsafeMutableRawBufferPointer(rebasing: $0[200...]), with: 7) }
    print("order \(order(message, copy)), \(order(copy, message))")

    print("crc32 \(Digest.crc32(copy)), \(Digest.crc32(message, after: Digest.crc32(copy)))")
    print("sha256 \(Digest.sha256(message).map { Int($0) }.reduce(0, +)) \(Digest.sha256(copy)[0])")
  }

  static func order(_ first: [UInt8], _ second: [UInt8]) -> Int32 {
    first.withUnsafeBytes { one in second.withUnsafeBytes { BulkMemory.order(one, $0) } }
  }
}
