import WeftCircuit

/// Where the addresses of a circuit begin. Program counters and memory pointers on the buses are distances from there,
/// so that code and data beyond the field's numbers have traces too; registers and instructions hold whole addresses.
///
/// Below it the lowest three bytes are 0, and above it 2^30 bytes are left: all differences show in the top byte alone.
public struct AddressBase: Hashable, Sendable {
  public let address: UInt32

  public static let zero = AddressBase(checked: 0)

  /// - Throws: `badAddressBase` unless the address is a multiple of 2^24, and 2^30 bytes lie above it.
  public init(_ address: UInt32) throws(RV32CircuitError) {
    guard address & 0xff_ffff == 0, address <= 0xc000_0000 else { throw .badAddressBase(address) }
    self.init(checked: address)
  }

  private init(checked address: UInt32) { self.address = address }

  /// The top byte of an address's distance from here; below 64, or the distance is not one of the circuit's.
  func distance(topByte: Expression) -> Expression {
    address == 0 ? topByte : topByte - Expression(Int(address >> 24))
  }

  /// The top byte of the address that lies at a distance from here.
  func address(topByteOfDistance byte: Expression) -> Expression {
    address == 0 ? byte : byte + Expression(Int(address >> 24))
  }

  /// The upper half of an address's distance from here; with `condition` 0 that of the address itself.
  func distance(upperHalf: Expression, where condition: @autoclosure () -> Expression = 1) -> Expression {
    address == 0 ? upperHalf : upperHalf - Expression(Int(address >> 16)) * condition()
  }
}
