/// The first 128 bytes of a `.npy` file of 32-bit numbers (NumPy enhancement proposal 1, version 1.0).
///
/// One header per shape: readers compare bytes, and nothing in a foreign header is interpreted.
enum ArrayHeader {
  static let byteCount = 128

  /// The header of `height` rows of `width` little-endian `uint32`, row by row.
  static func bytes(height: Int, width: Int) -> [UInt8] {
    let text = "{'descr': '<u4', 'fortran_order': False, 'shape': (\(height), \(width)), }"
    var bytes: [UInt8] = [0x93] + "NUMPY".utf8 + [1, 0, UInt8(byteCount - 10), 0] + text.utf8
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: byteCount - 1 - bytes.count)
    return bytes + [UInt8(ascii: "\n")]
  }
}
