import WeftEVM

/// Compares post-states account by account, for people.
enum PostStateDifference {
  /// One line for each thing that differs, accounts in the order of their addresses; empty where nothing does.
  static func lines(expected: [FixtureAccount], actual: [FixtureAccount]) -> [String] {
    let wanted = Dictionary(expected.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let found = Dictionary(actual.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let addresses = Set(wanted.keys).union(found.keys).map { (text: fixtureText($0), address: $0) }
    var lines: [String] = []
    for (text, address) in addresses.sorted(by: { $0.text < $1.text }) {
      switch (wanted[address], found[address]) {
      case (let first?, let second?):
        let parts = differences(first, second)
        if !parts.isEmpty { lines += ["\(text)"] + parts.map { "  \($0)" } }
      case (let account?, nil): lines.append("\(text) is missing (\(summary(account)))")
      case (nil, let account?): lines.append("\(text) should not exist (\(summary(account)))")
      case (nil, nil): break
      }
    }
    return lines
  }

  private static func differences(_ expected: FixtureAccount, _ actual: FixtureAccount) -> [String] {
    var lines: [String] = []
    if expected.nonce != actual.nonce {
      lines.append("nonce: expected \(expected.nonce), got \(actual.nonce)")
    }
    if expected.balance != actual.balance {
      lines.append("balance: expected \(fixtureText(expected.balance)), got \(fixtureText(actual.balance))")
    }
    if expected.code != actual.code {
      lines.append("code: expected \(text(expected.code)), got \(text(actual.code))")
    }
    let (wanted, found) = (slots(expected), slots(actual))
    for key in Set(wanted.keys).union(found.keys).sorted(by: { fixtureOrder($0, $1) })
    where wanted[key] != found[key] {
      let (first, second) = (wanted[key] ?? .zero, found[key] ?? .zero)
      lines.append("storage \(fixtureText(key)): expected \(fixtureText(first)), got \(fixtureText(second))")
    }
    return lines
  }

  /// Slots that are not zero.
  private static func slots(_ account: FixtureAccount) -> [UInt256: UInt256] {
    Dictionary(
      account.storage.filter { !$0.value.isZero }.map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func summary(_ account: FixtureAccount) -> String {
    "nonce \(account.nonce), balance \(fixtureText(account.balance)), \(account.code.count) bytes of code, "
      + "\(account.storage.count) slots"
  }

  private static func text(_ code: [UInt8]) -> String {
    let digits = code.prefix(24).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
    return "0x\(digits)" + (code.count > 24 ? "… (\(code.count) bytes)" : "")
  }
}

/// "0x…" with the fewest digits.
func fixtureText(_ word: UInt256) -> String {
  let limbs = [word.limb3, word.limb2, word.limb1, word.limb0].drop { $0 == 0 }
  guard let first = limbs.first else { return "0x0" }
  return "0x" + String(first, radix: 16)
    + limbs.dropFirst().map { limb in
      let digits = String(limb, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
}

/// An address with all its digits.
func fixtureText(_ address: Address) -> String {
  let digits = fixtureText(address.word).dropFirst(2)
  return "0x" + String(repeating: "0", count: max(0, 40 - digits.count)) + digits
}

/// A hash with all its digits.
func fixtureText(_ hash: Hash256) -> String {
  let digits = fixtureText(hash.word).dropFirst(2)
  return "0x" + String(repeating: "0", count: max(0, 64 - digits.count)) + digits
}

/// The order of numbers.
func fixtureOrder(_ first: UInt256, _ second: UInt256) -> Bool {
  first.high != second.high ? first.high < second.high : first.low < second.low
}
