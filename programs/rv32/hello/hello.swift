// Hello in Embedded Swift: strings, interpolation, an array, a closure.
@main
struct Hello {
  static func main() {
    let squares = (1...8).map { $0 * $0 }
    print("Hello from Embedded Swift on RV32IM")
    print("squares \(squares.count), their sum \(squares.reduce(0, +)), bits of Int \(Int.bitWidth)")
  }
}
