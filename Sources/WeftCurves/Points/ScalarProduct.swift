/// Sums of multiples of points by scalars of 256 bits, which need not be below the order of the points.
extension AffinePoint {
  /// The multiple by a scalar.
  func multiplied(by scalar: Limbs4) -> JacobianPoint<Curve> {
    withUnsafePointer(to: self) { point in
      withUnsafePointer(to: scalar) { scalar in
        Self.sumOfProducts(
          UnsafeBufferPointer(start: point, count: 1), UnsafeBufferPointer(start: scalar, count: 1))
      }
    }
  }

  /// Terms whose sum is taken at once: more would take more memory and save little.
  private static var groupSize: Int { 512 }

  /// Σ scalar · point, group by group in a bounded amount of memory; `nil` where `term` gives none for an index.
  static func sumOfProducts(
    count: Int, _ term: (_ index: Int) -> (point: Self, scalar: Limbs4)?
  ) -> JacobianPoint<Curve>? {
    let size = max(0, min(count, groupSize))
    return withUnsafeTemporaryAllocation(of: Self.self, capacity: size) { points in
      withUnsafeTemporaryAllocation(of: Limbs4.self, capacity: size) { scalars in
        var sum = JacobianPoint<Curve>.infinity
        var taken = 0
        for index in 0..<max(0, count) {
          guard let (point, scalar) = term(index) else { return nil }
          points.initializeElement(at: taken, to: point)
          scalars.initializeElement(at: taken, to: scalar)
          taken &+= 1
          if taken < size, index &+ 1 < count { continue }
          let group = sumOfProducts(
            UnsafeBufferPointer(start: points.baseAddress, count: taken),
            UnsafeBufferPointer(start: scalars.baseAddress, count: taken))
          sum = sum + group
          taken = 0
        }
        return sum
      }
    }
  }

  /// Σ scalar · point, by the method that takes fewer products of coordinates.
  ///
  /// - Parameters:
  ///   - points: any number.
  ///   - scalars: as many.
  static func sumOfProducts(
    _ points: UnsafeBufferPointer<Self>, _ scalars: UnsafeBufferPointer<Limbs4>
  ) -> JacobianPoint<Curve> {
    let count = min(points.count, scalars.count)
    var width = 4
    var best = Int.max
    for candidate in 4...12 {
      let cost = Self.windows(candidate) &* (11 &* count &+ 32 &<< (candidate &- 1))
      if cost < best { (width, best) = (candidate, cost) }
    }
    let straus = count &* 16 &* (Self.windows(4) &+ 8)
    return straus <= best
      ? interleaved(points, scalars, count) : bucketed(points, scalars, count, width: width)
  }

  /// Windows of digits of `width` bits, with one bit more for the last sign.
  @inline(__always)
  private static func windows(_ width: Int) -> Int { 256 / width &+ 1 }

  /// Straus's method: doublings are shared, each point has a table of its first eight multiples.
  private static func interleaved(
    _ points: UnsafeBufferPointer<Self>, _ scalars: UnsafeBufferPointer<Limbs4>, _ count: Int
  ) -> JacobianPoint<Curve> {
    withUnsafeTemporaryAllocation(of: JacobianPoint<Curve>.self, capacity: 8 &* count) { tables in
      for index in 0..<count {
        let point = points[index]
        var multiple = JacobianPoint(point)
        for entry in 0..<8 {
          tables.initializeElement(at: index &* 8 &+ entry, to: multiple)
          multiple = multiple + point
        }
      }
      var result = JacobianPoint<Curve>.infinity
      var window = windows(4)
      while window > 0 {
        window &-= 1
        result = result.doubled.doubled.doubled.doubled
        for index in 0..<count {
          let digit = scalars[index].signedDigit(window, width: 4)
          if digit > 0 {
            result = result + tables[index &* 8 &+ digit &- 1]
          } else if digit < 0 {
            result = result - tables[index &* 8 &- digit &- 1]
          }
        }
      }
      return result
    }
  }

  /// Pippenger's method: for each window the points with the same digit are added up first.
  private static func bucketed(
    _ points: UnsafeBufferPointer<Self>, _ scalars: UnsafeBufferPointer<Limbs4>, _ count: Int, width: Int
  ) -> JacobianPoint<Curve> {
    withUnsafeTemporaryAllocation(of: JacobianPoint<Curve>.self, capacity: 1 &<< (width &- 1)) { buckets in
      var result = JacobianPoint<Curve>.infinity
      var window = windows(width)
      while window > 0 {
        window &-= 1
        for _ in 0..<width { result = result.doubled }
        buckets.initialize(repeating: .infinity)
        for index in 0..<count {
          let digit = scalars[index].signedDigit(window, width: width)
          if digit > 0 {
            buckets[digit &- 1] = buckets[digit &- 1] + points[index]
          } else if digit < 0 {
            buckets[0 &- digit &- 1] = buckets[0 &- digit &- 1] + -points[index]
          }
        }
        // Σ (d + 1) · bucket[d], as the sum of the sums from the top.
        var running = JacobianPoint<Curve>.infinity
        var sum = JacobianPoint<Curve>.infinity
        for index in stride(from: buckets.count &- 1, through: 0, by: -1) {
          running = running + buckets[index]
          sum = sum + running
        }
        result = result + sum
      }
      return result
    }
  }
}

extension Limbs {
  /// The digit of a window in −2^(width − 1)…2^(width − 1): its bits, with the highest one counted as negative, and
  /// the bit below. (A. D. Booth, A signed binary multiplication technique, 1951.)
  @inline(__always)
  func signedDigit(_ window: Int, width: Int) -> Int {
    let bits =
      window == 0
      ? bits(from: 0, count: width) &<< 1 : bits(from: window &* width &- 1, count: width &+ 1)
    let digit = Int(truncatingIfNeeded: bits &>> 1 &+ bits & 1)
    return bits &>> UInt32(truncatingIfNeeded: width) & 1 == 0 ? digit : digit &- (1 &<< width)
  }
}
