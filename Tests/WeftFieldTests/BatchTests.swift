import Testing
import WeftField

@Suite("Batches")
struct BatchTests {
  @Test("Batches agree with single elements at every length", arguments: [0, 1, 7, 8, 9, 16, 31, 100])
  func lengths(count: Int) throws {
    var numbers = Numbers(state: UInt64(count))
    let left = (0..<count).map { $0 == 0 ? BabyBear(-1) : $0 == 1 ? .zero : numbers.element() }
    let right = (0..<count).map { $0 < 2 ? BabyBear(-1) : numbers.element() }
    var result = [BabyBear](repeating: 7, count: count + 1)
    result.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BatchArithmetic.add(count, left, right, into: out)
    }
    #expect(result == zip(left, right).map { $0 + $1 } + [7])
    result.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BatchArithmetic.subtract(count, left, right, into: out)
    }
    #expect(result == zip(left, right).map { $0 - $1 } + [7])
    result.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BatchArithmetic.multiply(count, left, right, into: out)
    }
    #expect(result == zip(left, right).map { $0 * $1 } + [7])
    result.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BatchArithmetic.negate(count, left, into: out)
    }
    #expect(result == left.map { -$0 } + [7])
    result.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BatchArithmetic.scale(count, left, by: 12345, into: out)
    }
    #expect(result == left.map { $0 * 12345 } + [7])
    var canonical = [UInt32](repeating: 7, count: count + 1)
    canonical.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BatchArithmetic.canonical(count, left, into: out)
    }
    #expect(canonical == left.map(\.canonical) + [7])
    try result.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      try BatchArithmetic.elements(count, canonical: canonical, into: out)
    }
    #expect(result == left + [7])
  }

  @Test("A number that is not canonical is refused with its place, and nothing is written")
  func notCanonical() {
    let values: [UInt32] = [1, 2, 3, BabyBear.order, 5]
    var result = [BabyBear](repeating: 9, count: 5)
    let error = #expect(throws: FieldError.self) {
      try result.withUnsafeMutableBufferPointer { out in
        guard let out = out.baseAddress else { return }
        try BatchArithmetic.elements(5, canonical: values, into: out)
      }
    }
    #expect(
      error?.description == "value 2013265921 at index 3 is not below the field's order 2013265921")
    #expect(result == [9, 9, 9, 9, 9])
  }

  @Test("Inversion of many equals inversion one by one", arguments: [0, 1, 2, 5, 1023, 1024, 1025, 3000])
  func inversion(count: Int) throws {
    var numbers = Numbers(state: 77)
    let original = (0..<count).map { _ in numbers.element() + 1 }.map { $0.isZero ? 1 : $0 }
    var elements = original
    try elements.withUnsafeMutableBufferPointer { try BatchArithmetic.invert($0) }
    #expect(elements == original.map(\.inverseOrZero))
    let wide = original.map { BabyBear4($0, 1, $0, 3) }
    var inverted = wide
    try inverted.withUnsafeMutableBufferPointer { try BatchArithmetic.invert($0) }
    #expect(zip(wide, inverted).allSatisfy { $0 * $1 == .one })
  }

  @Test("A zero among the elements is refused with its place, and nothing is changed")
  func zero() {
    var elements: [BabyBear] = [3, 5, 0, 7]
    let error = #expect(throws: FieldError.self) {
      try elements.withUnsafeMutableBufferPointer { try BatchArithmetic.invert($0) }
    }
    #expect(error?.description == "the element at index 2 is zero and has no inverse")
    #expect(elements == [3, 5, 0, 7])
  }
}
