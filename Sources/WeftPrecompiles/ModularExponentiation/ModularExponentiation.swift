import CGMP

/// `base ^ exponent mod modulus` by GMP.
enum ModularExponentiation {
  /// Longest piece of an exponent that becomes a number at once. Longer ones, whose zeros need not be in the input,
  /// go piece by piece and take no more memory.
  private static let pieceSize = 1 << 16

  /// Writes the power, big-endian, into the end of a result of zeros. Modulus 0 gives 0.
  ///
  /// The base and the modulus must be of a length that the host can hold.
  static func power(_ operands: ModExpOperands, into result: UnsafeMutableRawBufferPointer) {
    let modulus = Natural(operands.modulus, length: Int(operands.modulusLength))
    if modulus.isZero { return }
    let base = Natural(operands.base, length: Int(operands.baseLength))
    let digits = operands.exponent
    let length = operands.exponentLength
    if length <= UInt64(pieceSize) {
      let exponent = Natural(digits, length: Int(length))
      Natural.power(base, exponent, modulo: modulus).write(to: result)
      return
    }
    // From the exponent's high end: r ← r^(2^(8·size)) · base^piece.
    var power = Natural.power(base, Natural(0), modulo: modulus)
    var left = length
    var offset = 0
    while left > 0 {
      let size = Int(min(left, UInt64(pieceSize)))
      let piece = Natural(digits.slice(at: offset, size: size), length: size)
      power = Natural.power(power, Natural(powerOfTwo: 8 * size), modulo: modulus)
      power = Natural.product(power, Natural.power(base, piece, modulo: modulus), modulo: modulus)
      offset += size
      left -= UInt64(size)
    }
    power.write(to: result)
  }
}

/// A natural number of any length.
private struct Natural: ~Copyable {
  private var value = __mpz_struct()

  init(_ number: UInt) { __gmpz_init_set_ui(&value, number) }

  init(powerOfTwo exponent: Int) {
    __gmpz_init(&value)
    __gmpz_setbit(&value, UInt(exponent))
  }

  /// Big-endian `bytes`, continued by zeros to `length`.
  init(_ bytes: UnsafeRawBufferPointer, length: Int) {
    __gmpz_init(&value)
    guard let start = bytes.firstIndex(where: { $0 != 0 }), let base = bytes.baseAddress else { return }
    __gmpz_import(&value, bytes.count - start, 1, 1, 1, 0, base + start)
    let missing = length - bytes.count
    if missing > 0 {
      withUnsafeMutablePointer(to: &value) { __gmpz_mul_2exp($0, $0, UInt(missing) * 8) }
    }
  }

  deinit {
    var value = value
    __gmpz_clear(&value)
  }

  var isZero: Bool { value._mp_size == 0 }

  /// - Parameter modulus: not zero.
  static func power(
    _ base: borrowing Natural, _ exponent: borrowing Natural, modulo modulus: borrowing Natural
  ) -> Natural {
    var (first, second, third) = (base.value, exponent.value, modulus.value)
    var result = Natural(0)
    __gmpz_powm(&result.value, &first, &second, &third)
    return result
  }

  static func product(
    _ first: borrowing Natural, _ second: borrowing Natural, modulo modulus: borrowing Natural
  ) -> Natural {
    var (left, right, third) = (first.value, second.value, modulus.value)
    var result = Natural(0)
    __gmpz_mul(&result.value, &left, &right)
    withUnsafeMutablePointer(to: &result.value) { __gmpz_mod($0, $0, &third) }
    return result
  }

  /// Writes the number big-endian into the end of `bytes`, which must be long enough and zero.
  func write(to bytes: UnsafeMutableRawBufferPointer) {
    var value = value
    let size = (__gmpz_sizeinbase(&value, 2) + 7) / 8
    guard !isZero, size <= bytes.count, let base = bytes.baseAddress else { return }
    __gmpz_export(base + (bytes.count - size), nil, 1, 1, 1, 0, &value)
  }
}
