// Public values from Swift, by provable instructions only. The input is a list of decimal numbers; public are
// how many there are, their sum, the greatest, and the median.
@main
struct RevealSwift {
  static func main() {
    let numbers = decimals(in: Provable.readInput()).sorted()
    guard let greatest = numbers.last else {
      Provable.print("no number in the input\n")
      Provable.fail()
    }
    Provable.reveal(UInt32(numbers.count), at: 0)
    Provable.reveal(numbers.reduce(0, &+), at: 1)
    Provable.reveal(greatest, at: 2)
    Provable.reveal(numbers[numbers.count / 2], at: 3)
    Provable.print("revealed count, sum, greatest, median\n")
    Provable.succeed()
  }

  /// Runs of ASCII digits, each mod 2^32.
  static func decimals(in text: [UInt8]) -> [UInt32] {
    var numbers: [UInt32] = []
    var current: UInt32?
    for byte in text {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        current = (current ?? 0) &* 10 &+ UInt32(byte - UInt8(ascii: "0"))
      } else if let number = current {
        numbers.append(number)
        current = nil
      }
    }
    if let number = current { numbers.append(number) }
    return numbers
  }
}
