import Testing
import WeftField

@Suite("BabyBear")
struct BabyBearTests {
  @Test("The reference's sums, differences, products and inverses come out")
  func vectors() throws {
    guard let file = try Vectors.object("field_babybear.json") else { return }
    #expect(file["p"] as? Int == Int(BabyBear.order))
    #expect(try file.element("gen") == BabyBear.generator)
    #expect(try file.element("W4") == BabyBear4.nonResidue)
    let roots = try file.elements("two_adic_generators")
    #expect(roots.count == 28)
    for (k, root) in roots.enumerated() { #expect(try BabyBear.rootOfUnity(logOrder: k) == root) }
    let cases = try file.objects("cases")
    #expect(cases.count == 16)
    for entry in cases {
      let (a, b) = (try entry.element("a"), try entry.element("b"))
      #expect(try entry.element("add") == a + b)
      #expect(try entry.element("sub") == a - b)
      #expect(try entry.element("mul") == a * b)
      #expect(try entry.element("inv_a") == a.inverse)
      let (x, y) = (try BabyBear4(entry.elements("ex")), try BabyBear4(entry.elements("ey")))
      #expect(try x * y == BabyBear4(entry.elements("emul")))
      #expect(try x.inverse == BabyBear4(entry.elements("einv")))
      #expect(try x * a == BabyBear4(entry.elements("ebase")))
    }
  }

  @Test("The transforms of the reference follow from the roots of unity by the definition")
  func transforms() throws {
    guard let file = try Vectors.object("ntt_babybear.json") else { return }
    for entry in try file.objects("cases") {
      let logHeight = try #require(entry["log_h"] as? Int)
      let width = try #require(entry["width"] as? Int)
      guard logHeight <= 6 else { continue }
      let (input, output) = (try entry.elements("in"), try entry.elements("dft"))
      let root = try BabyBear.rootOfUnity(logOrder: logHeight)
      let height = 1 << logHeight
      for k in 0..<height {
        for column in 0..<width {
          var sum = BabyBear.zero
          for j in 0..<height { sum += input[j * width + column] * root.power(UInt64(j * k)) }
          #expect(sum == output[k * width + column])
        }
      }
    }
  }

  @Test("Arithmetic agrees with arithmetic on wide integers, also at the edges of the range")
  func againstIntegers() {
    let p = UInt64(BabyBear.order)
    var numbers = Numbers(state: 1)
    var values: [UInt64] = [0, 1, 2, p - 1, p - 2, p / 2, p / 2 + 1, 1 << 27, 255, 256]
    for _ in 0..<40 { values.append(numbers.next() % p) }
    for a in values {
      let x = BabyBear(a)
      #expect(UInt64(x.canonical) == a)
      #expect(UInt64((-x).canonical) == (p - a) % p)
      #expect(x.halved.doubled == x)
      #expect(x.signed == (a > p / 2 ? Int64(a) - Int64(p) : Int64(a)))
      if a == 0 { #expect(x.inverse == nil) } else { #expect((x * (x.inverse ?? 0)) == .one) }
      for b in values {
        let y = BabyBear(b)
        #expect(UInt64((x + y).canonical) == (a + b) % p)
        #expect(UInt64((x - y).canonical) == (a + p - b) % p)
        #expect(UInt64((x * y).canonical) == a * b % p)
      }
    }
  }

  @Test("Numbers that are not below the order are refused where they come from outside")
  func canonicalOnly() {
    #expect(BabyBear(canonical: BabyBear.order) == nil)
    #expect(BabyBear(canonical: .max) == nil)
    #expect(BabyBear(canonical: BabyBear.order - 1) == .minusOne)
    #expect(BabyBear(montgomery: BabyBear.order) == nil)
    #expect(BabyBear(BabyBear.order) == .zero)
    #expect(BabyBear(UInt32.max) == BabyBear(UInt64(UInt32.max)))
    #expect(BabyBear(-3) == -BabyBear(3 as UInt32))
    #expect("\(BabyBear(-1))" == "2013265920")
  }

  @Test("Roots of unity beyond 2^27 are refused by text")
  func noRoot() {
    let error = #expect(throws: FieldError.self) { try BabyBear.rootOfUnity(logOrder: 28) }
    #expect(
      error?.description == "the field has no root of unity of order 2^28; the largest is 2^27")
  }

  @Test("The generators generate: no proper divisor of the group's order maps them to one")
  func generators() {
    let order = UInt64(BabyBear.order - 1)
    #expect(BabyBear.generator.power(order) == .one)
    for prime in [2, 3, 5] as [UInt64] { #expect(BabyBear.generator.power(order / prime) != .one) }
    // The norm of a generator of the extension generates the base field's group.
    var norm = BabyBear4.one
    var conjugate = BabyBear4.generator
    for _ in 0..<4 {
      norm *= conjugate
      conjugate = conjugate.power(UInt64(BabyBear.order))
    }
    #expect(norm.isBase)
    for prime in [2, 3, 5] as [UInt64] { #expect(norm.c0.power(order / prime) != .one) }
  }
}

extension BabyBear4 {
  init(_ coefficients: [BabyBear]) throws {
    try #require(coefficients.count == 4)
    self.init(coefficients[0], coefficients[1], coefficients[2], coefficients[3])
  }
}
