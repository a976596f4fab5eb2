/// Operations on whole buffers of elements, eight at a time.
///
/// Buffers may be the same (in place) but must not overlap otherwise. Counts are of elements and at least 0.
public enum BatchArithmetic {
  /// `result[i] = left[i] + right[i]`.
  @inlinable
  public static func add(
    _ count: Int, _ left: UnsafePointer<BabyBear>, _ right: UnsafePointer<BabyBear>,
    into result: UnsafeMutablePointer<BabyBear>
  ) {
    var i = 0
    while i &+ PackedBabyBear.count <= count {
      (PackedBabyBear.load(left + i) + PackedBabyBear.load(right + i)).store(result + i)
      i &+= PackedBabyBear.count
    }
    while i < count {
      result[i] = left[i] + right[i]
      i &+= 1
    }
  }

  /// `result[i] = left[i] − right[i]`.
  @inlinable
  public static func subtract(
    _ count: Int, _ left: UnsafePointer<BabyBear>, _ right: UnsafePointer<BabyBear>,
    into result: UnsafeMutablePointer<BabyBear>
  ) {
    var i = 0
    while i &+ PackedBabyBear.count <= count {
      (PackedBabyBear.load(left + i) - PackedBabyBear.load(right + i)).store(result + i)
      i &+= PackedBabyBear.count
    }
    while i < count {
      result[i] = left[i] - right[i]
      i &+= 1
    }
  }

  /// `result[i] = left[i] · right[i]`.
  @inlinable
  public static func multiply(
    _ count: Int, _ left: UnsafePointer<BabyBear>, _ right: UnsafePointer<BabyBear>,
    into result: UnsafeMutablePointer<BabyBear>
  ) {
    var i = 0
    while i &+ PackedBabyBear.count <= count {
      (PackedBabyBear.load(left + i) * PackedBabyBear.load(right + i)).store(result + i)
      i &+= PackedBabyBear.count
    }
    while i < count {
      result[i] = left[i] * right[i]
      i &+= 1
    }
  }

  /// `result[i] = −operand[i]`.
  @inlinable
  public static func negate(
    _ count: Int, _ operand: UnsafePointer<BabyBear>, into result: UnsafeMutablePointer<BabyBear>
  ) {
    var i = 0
    while i &+ PackedBabyBear.count <= count {
      (-PackedBabyBear.load(operand + i)).store(result + i)
      i &+= PackedBabyBear.count
    }
    while i < count {
      result[i] = -operand[i]
      i &+= 1
    }
  }

  /// `result[i] = operand[i] · factor`.
  @inlinable
  public static func scale(
    _ count: Int, _ operand: UnsafePointer<BabyBear>, by factor: BabyBear,
    into result: UnsafeMutablePointer<BabyBear>
  ) {
    let factors = PackedBabyBear(factor)
    var i = 0
    while i &+ PackedBabyBear.count <= count {
      (PackedBabyBear.load(operand + i) * factors).store(result + i)
      i &+= PackedBabyBear.count
    }
    while i < count {
      result[i] = operand[i] * factor
      i &+= 1
    }
  }

  /// The canonical numbers of elements.
  @inlinable
  public static func canonical(
    _ count: Int, _ elements: UnsafePointer<BabyBear>, into values: UnsafeMutablePointer<UInt32>
  ) {
    var i = 0
    while i &+ PackedBabyBear.count <= count {
      UnsafeMutableRawPointer(values + i).storeBytes(
        of: PackedBabyBear.load(elements + i).canonical, as: SIMD8<UInt32>.self)
      i &+= PackedBabyBear.count
    }
    while i < count {
      values[i] = elements[i].canonical
      i &+= 1
    }
  }

  /// The elements of canonical numbers from outside. When one is not below p, nothing is written.
  @inlinable
  public static func elements(
    _ count: Int, canonical values: UnsafePointer<UInt32>, into elements: UnsafeMutablePointer<BabyBear>
  ) throws(FieldError) {
    var i = 0
    while i < count {
      guard values[i] < BabyBear.order else { throw .notCanonical(value: UInt64(values[i]), index: i) }
      i &+= 1
    }
    i = 0
    while i &+ PackedBabyBear.count <= count {
      let packed = UnsafeRawPointer(values + i).loadUnaligned(as: SIMD8<UInt32>.self)
      PackedBabyBear(reducing: packed).store(elements + i)
      i &+= PackedBabyBear.count
    }
    while i < count {
      elements[i] = BabyBear(values[i])
      i &+= 1
    }
  }
}
