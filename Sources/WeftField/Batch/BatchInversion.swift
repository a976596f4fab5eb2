extension BatchArithmetic {
  /// Elements that share one inversion; their prefix products stay in the first-level cache.
  static var inversionBlock: Int { 1024 }

  /// Replaces every element by its inverse: three products per element and one inversion per block. When an element
  /// is zero, nothing is changed.
  public static func invert(_ elements: UnsafeMutableBufferPointer<BabyBear>) throws(FieldError) {
    if let index = elements.firstIndex(where: \.isZero) { throw .zeroHasNoInverse(index: index) }
    guard let base = elements.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: BabyBear.self, capacity: inversionBlock) { prefix in
      guard let prefix = prefix.baseAddress else { return }
      for start in stride(from: 0, to: elements.count, by: inversionBlock) {
        invertBlock(min(inversionBlock, elements.count &- start), base + start, prefix)
      }
    }
  }

  /// Inverts elements that are not zero. Four independent chains, so that the products overlap.
  static func invertBlock(
    _ count: Int, _ elements: UnsafeMutablePointer<BabyBear>, _ prefix: UnsafeMutablePointer<BabyBear>
  ) {
    var products: InlineArray<4, BabyBear> = [.one, .one, .one, .one]
    var i = 0
    while i < count {
      let lane = i & 3
      prefix[i] = products[lane]
      products[lane] = products[lane] * elements[i]
      i &+= 1
    }
    let (ab, cd) = (products[0] * products[1], products[2] * products[3])
    let all = (ab * cd).inverseOrZero
    let (inverseAB, inverseCD) = (all * cd, all * ab)
    var inverses: InlineArray<4, BabyBear> = [
      inverseAB * products[1], inverseAB * products[0], inverseCD * products[3], inverseCD * products[2],
    ]
    i = count &- 1
    while i >= 0 {
      let lane = i & 3
      let element = elements[i]
      elements[i] = inverses[lane] * prefix[i]
      inverses[lane] = inverses[lane] * element
      i &-= 1
    }
  }

  /// Replaces every element of the extension by its inverse. When one is zero, nothing is changed.
  public static func invert(_ elements: UnsafeMutableBufferPointer<BabyBear4>) throws(FieldError) {
    if let index = elements.firstIndex(where: \.isZero) { throw .zeroHasNoInverse(index: index) }
    withUnsafeTemporaryAllocation(of: BabyBear4.self, capacity: inversionBlock) { prefix in
      for start in stride(from: 0, to: elements.count, by: inversionBlock) {
        let end = min(start &+ inversionBlock, elements.count)
        var product = BabyBear4.one
        for i in start..<end {
          prefix[i &- start] = product
          product *= elements[i]
        }
        guard var inverse = product.inverse else { return }
        for i in stride(from: end &- 1, through: start, by: -1) {
          let element = elements[i]
          elements[i] = inverse * prefix[i &- start]
          inverse *= element
        }
      }
    }
  }
}
