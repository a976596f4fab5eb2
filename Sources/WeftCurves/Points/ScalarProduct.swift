/// Sums of multiples of points by scalars of 256 bits, which need not be below the order of the points.
extension AffinePoint {
  /// The multiple by a scalar.
  func multiplied(by scalar: Limbs4) -> JacobianPoint<Curve> {
    withUnsafePointer(to: self) { point in
      withUnsafePointer(to: scalar) { Self.interleaved(point, $0, 1) }
    }
  }

  /// Terms whose sum is taken at once: more would take more memory and save little.
  private static var groupSize: Int { 512 }

  /// Σ scalar · point, group by group in a bounded amount of memory; `nil` where `term` gives none for an index.
  static func sumOfProducts(
    count: Int, _ term: (_ index: Int) -> (point: Self, scalar: Limbs4)?
  ) -> JacobianPoint<Curve>? {
    let size = max(1, min(count, groupSize))
    return withUnsafeTemporaryAllocation(of: Self.self, capacity: size) { points in
      withUnsafeTemporaryAllocation(of: Limbs4.self, capacity: size) { scalars in
        guard let points = points.baseAddress, let scalars = scalars.baseAddress else { return nil }
        var sum = JacobianPoint<Curve>.infinity
        var (index, taken) = (0, 0)
        while index < count {
          guard let (point, scalar) = term(index) else { return nil }
          (points + taken).initialize(to: point)
          (scalars + taken).initialize(to: scalar)
          index &+= 1
          taken &+= 1
          if taken == size || index == count {
            sum = sum + sumOfProducts(points, scalars, taken)
            taken = 0
          }
        }
        return sum
      }
    }
  }

  /// Σ scalar · point, by the method that takes fewer products of coordinates.
  ///
  /// - Parameter count: how many points and scalars there are, at most `groupSize`.
  static func sumOfProducts(
    _ points: UnsafePointer<Self>, _ scalars: UnsafePointer<Limbs4>, _ count: Int
  ) -> JacobianPoint<Curve> {
    var width = 4
    var best = Int.max
    for candidate in 4...12 {
      let cost = windows(candidate) &* (11 &* count &+ 32 &<< (candidate &- 1))
      if cost < best { (width, best) = (candidate, cost) }
    }
    let straus = count &* 16 &* (windows(4) &+ 8)
    return straus <= best
      ? interleaved(points, scalars, count) : bucketed(points, scalars, count, width: width)
  }

  /// Windows of digits of `width` bits, with one bit more for the last sign.
  @inline(__always)
  private static func windows(_ width: Int) -> Int {
    Int(truncatingIfNeeded: 256 / UInt64(truncatingIfNeeded: max(1, width))) &+ 1
  }

  /// Straus's method: doublings are shared, each point has a table of its first eight multiples.
  static func interleaved(
    _ points: UnsafePointer<Self>, _ scalars: UnsafePointer<Limbs4>, _ count: Int
  ) -> JacobianPoint<Curve> {
    let count = max(0, min(count, groupSize))
    return withUnsafeTemporaryAllocation(of: JacobianPoint<Curve>.self, capacity: 8 &* count) { tables in
      guard let tables = tables.baseAddress else { return .infinity }
      var index = 0
      while index < count {
        let table = tables + index &* 8
        var multiple = JacobianPoint(points[index])
        for entry in 0..<8 {
          (table + entry).initialize(to: multiple)
          multiple = multiple + points[index]
        }
        index &+= 1
      }
      var result = JacobianPoint<Curve>.infinity
      var window = windows(4)
      while window > 0 {
        window &-= 1
        result = result.doubled.doubled.doubled.doubled
        index = 0
        while index < count {
          let table = tables + index &* 8
          let digit = scalars[index].signedDigit(window, width: 4)
          if digit > 0 {
            result = result + table[digit &- 1]
          } else if digit < 0 {
            result = result - table[0 &- digit &- 1]
          }
          index &+= 1
        }
      }
      return result
    }
  }

  /// Pippenger's method: for each window the points with the same digit are added up first.
  ///
  /// - Parameter width: bits of a window, 1…12.
  static func bucketed(
    _ points: UnsafePointer<Self>, _ scalars: UnsafePointer<Limbs4>, _ count: Int, width: Int
  ) -> JacobianPoint<Curve> {
    let width = max(1, min(width, 12))
    let size = 1 &<< (width &- 1)
    return withUnsafeTemporaryAllocation(of: JacobianPoint<Curve>.self, capacity: max(0, size)) { buckets in
      guard let buckets = buckets.baseAddress else { return .infinity }
      var result = JacobianPoint<Curve>.infinity
      var window = windows(width)
      while window > 0 {
        window &-= 1
        var index = 0
        while index < width {
          result = result.doubled
          index &+= 1
        }
        index = 0
        while index < size {
          (buckets + index).initialize(to: .infinity)
          index &+= 1
        }
        index = 0
        while index < count {
          let digit = scalars[index].signedDigit(window, width: width)
          if digit > 0 {
            buckets[digit &- 1] = buckets[digit &- 1] + points[index]
          } else if digit < 0 {
            buckets[0 &- digit &- 1] = buckets[0 &- digit &- 1] + -points[index]
          }
          index &+= 1
        }
        // Σ (d + 1) · bucket[d], as the sum of the sums from the top.
        var running = JacobianPoint<Curve>.infinity
        var sum = JacobianPoint<Curve>.infinity
        index = size
        while index > 0 {
          index &-= 1
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
    return bits &>> UInt64(truncatingIfNeeded: width) & 1 == 0 ? digit : digit &- (1 &<< width)
  }
}
