import Weft

/// Costs of precompiled contracts over pairing-friendly curves, measured in one process and interleaved.
struct PrecompileBenchmark {
  struct Row {
    let name: String
    let contract: any Precompile
    let input: [UInt8]
    /// What it may cost, in microseconds.
    let bar: Double?
    var samples: [Double] = []

    var microseconds: Double { samples.min() ?? 0 }
    var gas: UInt64 { input.withUnsafeBytes { contract.gas(input: $0, fork: Fork.osaka.rawValue) } }
  }

  private(set) var rows: [Row] = []
  private let contracts: [UInt64: any Precompile]

  /// Makes the inputs and checks what each contract returns for them.
  init() throws(CommandError) {
    var registry = ExtensionRegistry()
    do throws(RegistrationError) { try registry.add(PrecompilesExtension()) } catch {
      throw CommandError(.machine, "\(error)")
    }
    contracts = registry.freeze().precompiles.mapValues(\.precompile)
    try addBN254()
    try addBLS12()
    try addPointEvaluation()
  }

  /// One sample of each row, of about a millisecond or one call; every other round backwards.
  mutating func measureRound(_ round: Int) {
    for index in round % 2 == 0 ? Array(rows.indices) : rows.indices.reversed() {
      let row = rows[index]
      let calls = row.samples.first.map { max(1, Int(1000 / max($0, 1))) } ?? 1
      let duration = ContinuousClock().measure {
        row.input.withUnsafeBytes { input in
          for _ in 0..<calls { _ = row.contract.run(input: input, fork: Fork.osaka.rawValue) { _ in } }
        }
      }
      rows[index].samples.append(duration.inSeconds * 1e6 / Double(calls))
    }
  }

  /// What a contract returns.
  private func call(_ address: UInt64, _ input: [UInt8]) throws(CommandError) -> [UInt8] {
    var output: [UInt8] = []
    guard let contract = contracts[address],
      input.withUnsafeBytes({ bytes in
        contract.run(input: bytes, fork: Fork.osaka.rawValue) { output = Array($0) }
      }) == .success
    else { throw CommandError(.mismatch, "precompiled contract \(address): the call failed") }
    return output
  }

  private mutating func add(
    _ name: String, _ address: UInt64, _ input: [UInt8], bar: Double? = nil, isRight: ([UInt8]) -> Bool
  ) throws(CommandError) {
    guard let contract = contracts[address], isRight(try call(address, input)) else {
      throw CommandError(.mismatch, "\(name): the result is wrong")
    }
    rows.append(Row(name: name, contract: contract, input: input, bar: bar))
  }

  // MARK: BN254

  private mutating func addBN254() throws(CommandError) {
    let order = Self.word("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001")
    let generator = Self.word("1").bytes + Self.word("2").bytes
    let twist = Self.bytes(
      """
      198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2
      1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed
      090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b
      12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa
      """)
    let scalar = Self.scalar(1, below: order)
    let (first, second) = (
      try call(7, generator + scalar.bytes), try call(7, generator + (order &- scalar).bytes)
    )
    let twice = try call(7, first + Self.word("2").bytes)
    try add("bn254 add", 6, first + first) { $0 == twice }
    let inverse = Self.inverse(scalar, order)
    try add("bn254 mul", 7, first + inverse.bytes, bar: 100) { $0 == generator }
    let pairs = first + twist + second + twist
    try add("bn254 pairing, 2", 8, pairs, bar: 2000) { $0 == Self.word("1").bytes }
  }

  // MARK: BLS12-381

  private static let order = word("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001")
  private static let first = padded(
    """
    17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb
    08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1
    """)
  private static let second = padded(
    """
    024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8
    13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e
    0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801
    0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be
    """)

  private mutating func addBLS12() throws(CommandError) {
    let groups: [(String, UInt64, UInt64, [UInt8])] = [
      ("G1", 11, 12, Self.first), ("G2", 13, 14, Self.second),
    ]
    for (group, addition, sum, generator) in groups {
      let two = try call(sum, generator + Self.word("2").bytes)
      try add("bls12 \(group) add", addition, generator + generator) { $0 == two }
      for count in [1, 16, 128] {
        var input: [UInt8] = []
        var total = UInt256.zero
        for index in 1...count {
          let (factor, scalar) = (
            Self.scalar(index, below: Self.order), Self.scalar(-index, below: Self.order)
          )
          input += try call(sum, generator + factor.bytes) + scalar.bytes
          total = total.addingModulo(factor.multipliedModulo(scalar, Self.order), Self.order)
        }
        // The multiple of the one generator.
        let expected = try call(sum, generator + total.bytes)
        try add("bls12 \(group) MSM, \(count)", sum, input) { $0 == expected }
      }
    }
    let scalar = Self.scalar(3, below: Self.order)
    let (p, minus) = (
      try call(12, Self.first + scalar.bytes), try call(12, Self.first + (Self.order &- scalar).bytes)
    )
    try add("bls12 pairing, 1", 15, p + Self.second, bar: 2000) { $0 == Self.word("0").bytes }
    try add("bls12 pairing, 2", 15, p + Self.second + minus + Self.second) { $0 == Self.word("1").bytes }
    // Points of the right order are annihilated by it, and sums take no others.
    let number = Self.padded(String(repeating: "0123456789abcdef", count: 12))
    let maps: [(String, UInt64, UInt64, Int)] = [("Fp to G1", 16, 12, 1), ("Fp2 to G2", 17, 14, 2)]
    for (name, address, sum, count) in maps {
      let input = Array(number.prefix(64 * count))
      let point = try call(address, input)
      let isOfOrder = try call(sum, point + Self.order.bytes).allSatisfy { $0 == 0 }
      try add("bls12 map \(name)", address, input) { $0 == point && isOfOrder && point.contains { $0 != 0 } }
    }
  }

  /// The commitment to the polynomial X, which has the value 5 at 5.
  private mutating func addPointEvaluation() throws(CommandError) {
    let hash = "014fa3bb4018340ca2fa8eb239e23af6ba465f6d5bc31db78988445da078db76"
    let five = String(repeating: "0", count: 63) + "5"
    let tau =
      "ad3eb50121139aa34db1d545093ac9374ab7bca2c0f3bf28e27c8dcd8fc7cb42d25926fc0c97b336e9f0fb35e5a04c81"
    let proof =
      "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"
    try add("kzg point evaluation", 10, Self.bytes(hash + five + five + tau + proof)) { output in
      output == Self.word("1000").bytes + Self.order.bytes
    }
  }
}

extension PrecompileBenchmark {
  /// The bytes of hexadecimal digits; other characters do not count.
  private static func bytes(_ text: String) -> [UInt8] {
    let digits = text.compactMap { $0.hexDigitValue.map { UInt8($0) } }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// The bytes of numbers of 48 bytes, each behind sixteen zeros.
  private static func padded(_ text: String) -> [UInt8] {
    let numbers = bytes(text)
    return stride(from: 0, to: numbers.count, by: 48).flatMap {
      [UInt8](repeating: 0, count: 16) + numbers[$0..<min($0 + 48, numbers.count)]
    }
  }

  private static func word(_ digits: String) -> UInt256 {
    digits.reduce(UInt256.zero) { $0.shiftedLeft(4) | UInt256(UInt64($1.hexDigitValue ?? 0)) }
  }

  /// A number that fills 254 bits or so, another for each index.
  private static func scalar(_ index: Int, below order: UInt256) -> UInt256 {
    let factor = word("9e3779b97f4a7c15f39cc0605cedc8341082276bf3a27251f86c6a11d0c18e95")
    return factor.multipliedModulo(factor &+ UInt256(UInt64(bitPattern: Int64(index))), order)
  }

  /// The inverse modulo a prime, by Fermat.
  private static func inverse(_ number: UInt256, _ prime: UInt256) -> UInt256 {
    var (result, base, exponent) = (UInt256.one, number, prime &- word("2"))
    while !exponent.isZero {
      if exponent.limb0 & 1 == 1 { result = result.multipliedModulo(base, prime) }
      base = base.multipliedModulo(base, prime)
      exponent = exponent.shiftedRight(1)
    }
    return result
  }
}

extension UInt256 {
  /// 32 bytes, the most significant first.
  fileprivate var bytes: [UInt8] {
    [limb3, limb2, limb1, limb0].flatMap { limb in
      (0..<8).map { UInt8(truncatingIfNeeded: limb >> (56 - 8 * $0)) }
    }
  }
}
