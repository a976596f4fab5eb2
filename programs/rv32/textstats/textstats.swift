// Statistics of a text: words by frequency, words by length, lines. Input: the text; without one, a text of
// its own. Exercises Dictionary, Set, classes with overriding, sorting, interpolation and 64-bit arithmetic.

/// Something that watches the words of a text go by and has a result to report.
class Observer {
  func see(_ word: String) {}
  func report() {}
}

final class Frequency: Observer {
  private var counts: [String: Int] = [:]

  override func see(_ word: String) {
    counts[word, default: 0] += 1
  }

  override func report() {
    // Most frequent first, then by text: the order must not depend on the dictionary's.
    let sorted = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    print("distinct words: \(counts.count)")
    for (word, count) in sorted.prefix(5) {
      print("  \(count) \(word)")
    }
  }
}

final class Lengths: Observer {
  private var longest: Set<String> = []
  private var length = 0
  private var total: UInt64 = 0
  private var words: UInt64 = 0

  override func see(_ word: String) {
    let count = word.utf8.count
    total += UInt64(count)
    words += 1
    if count > length {
      longest = [word]
      length = count
    } else if count == length {
      longest.insert(word)
    }
  }

  override func report() {
    let hundredths = words == 0 ? 0 : total * 100 / words
    let fraction = hundredths % 100
    print("words: \(words), mean length \(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)")
    for word in longest.sorted() {
      print("  longest: \(word) (\(length))")
    }
  }
}

/// Splits into runs of ASCII letters and bytes above 0x7f, letters in lower case.
func forEachWord(in text: [UInt8], _ body: (String) -> Void) {
  var word: [UInt8] = []
  func finish() {
    guard !word.isEmpty else { return }
    body(String(decoding: word, as: UTF8.self))
    word.removeAll(keepingCapacity: true)
  }
  for byte in text {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
    case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xff: word.append(byte)
    default: finish()
    }
  }
  finish()
}

let ownText = """
  A machine that remembers every step it takes can show, to anyone who asks, that it took them all.
  It writes down what it read and what it wrote; the reader need not repeat the work, only weigh the
  records. A step that is missing leaves a gap, a step that is invented leaves a mark, and the sum of all
  the marks must vanish. So the machine is honest not because it is good but because it is checked.
  """

@main
struct TextStatistics {
  static func main() {
    let input = Host.readInput()
    let text = input.isEmpty ? Array(ownText.utf8) : input
    let observers: [Observer] = [Lengths(), Frequency()]
    forEachWord(in: text) { word in
      for observer in observers { observer.see(word) }
    }
    print("lines: \(text.reduce(1) { $1 == 0x0a ? $0 + 1 : $0 })")
    for observer in observers { observer.report() }
  }
}
