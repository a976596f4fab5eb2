// The Swift face of the sample extensions' instructions: weft_bits.h, weft_bulk.h, weft_vectors.h, weft_digest.h.
// Compiled into each Swift guest, as WeftGuest.swift is; what a guest does not use costs nothing.
import WeftGuest

/// Operations on the bits of words: the extension Bits.
enum Bits {
  static func popcount(_ x: UInt32) -> UInt32 { bits_popcount(x) }
  /// 32 for 0.
  static func leadingZeros(_ x: UInt32) -> UInt32 { bits_clz(x) }
  /// 32 for 0.
  static func trailingZeros(_ x: UInt32) -> UInt32 { bits_ctz(x) }
  static func byteSwapped(_ x: UInt32) -> UInt32 { bits_reverse(x) }
  /// The low bits of `x` at the places of the mask.
  static func deposit(_ x: UInt32, mask: UInt32) -> UInt32 { bits_deposit(x, mask) }
  /// The bits of `x` at the places of the mask, next to one another.
  static func extract(_ x: UInt32, mask: UInt32) -> UInt32 { bits_extract(x, mask) }
}

/// Guest memory in bulk: the extension BulkMemory.
enum BulkMemory {
  /// Copies as many bytes as both have room for; they may overlap.
  static func copy(_ source: UnsafeRawBufferPointer, to destination: UnsafeMutableRawBufferPointer) {
    guard let from = source.baseAddress, let to = destination.baseAddress else { return }
    bulk_copy(to, from, UInt32(min(source.count, destination.count)))
  }

  static func fill(_ destination: UnsafeMutableRawBufferPointer, with byte: UInt8) {
    guard let start = destination.baseAddress else { return }
    bulk_fill(start, byte, UInt32(destination.count))
  }

  /// -1, 0 or 1: the order of the bytes, the shorter first where one begins with the other.
  static func order(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int32 {
    let count = min(first.count, second.count)
    if count > 0, let one = first.baseAddress, let other = second.baseAddress {
      let order = bulk_compare(one, other, UInt32(count))
      if order != 0 { return order }
    }
    return first.count == second.count ? 0 : first.count < second.count ? -1 : 1
  }
}

/// Arrays of words, eight at a time: the extension Vectors.
enum Vectors {
  /// The sums of corresponding words, as many as both have.
  static func sums(_ first: [UInt32], _ second: [UInt32]) -> [UInt32] {
    let count = min(first.count, second.count)
    return [UInt32](unsafeUninitializedCapacity: count) { sums, initialized in
      vectors_add(sums.baseAddress, first, second, UInt32(count))
      initialized = count
    }
  }

  /// The sum of all words, mod 2^32.
  static func total(_ words: [UInt32]) -> UInt32 { vectors_sum(words, UInt32(words.count)) }
}

/// Hashes: the extension Digest.
enum Digest {
  static func sha256(_ message: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { digest, initialized in
      digest_sha256(digest.baseAddress, message, UInt32(message.count))
      initialized = 32
    }
  }

  /// - Parameter crc: the checksum of what came before.
  static func crc32(_ message: [UInt8], after crc: UInt32 = 0) -> UInt32 {
    digest_crc32(crc, message, UInt32(message.count))
  }
}
