import Testing
import WeftField

@Suite("The extension of degree 4")
struct ExtensionTests {
  @Test("Products agree with schoolbook multiplication modulo X^4 − 11")
  func schoolbook() {
    var numbers = Numbers(state: 2)
    for round in 0..<200 {
      let x = round == 0 ? BabyBear4(-1, -1, -1, -1) : numbers.extensionElement()
      let y = round < 2 ? BabyBear4(-1, -1, -1, -1) : numbers.extensionElement()
      var product = [BabyBear](repeating: 0, count: 7)
      for (i, a) in x.coefficients.enumerated() {
        for (j, b) in y.coefficients.enumerated() { product[i + j] += a * b }
      }
      for i in 4..<7 { product[i - 4] += 11 * product[i] }
      #expect((x * y).coefficients == Array(product[..<4]))
      #expect(x.squared == x * x)
      #expect((x + y) - y == x)
      #expect(-x + x == .zero)
    }
  }

  @Test("An inverse times its element is one; zero has none")
  func inverses() throws {
    var numbers = Numbers(state: 3)
    for _ in 0..<100 {
      let x = numbers.extensionElement()
      let inverse = try #require(x.inverse)
      #expect(x * inverse == .one)
    }
    #expect(BabyBear4.zero.inverse == nil)
    #expect(BabyBear4(5).inverse == BabyBear4(BabyBear(5).inverseOrZero))
  }
}
