/// An opcode byte of the EVM.
public struct Opcode: RawRepresentable, Sendable, Hashable {
  public var rawValue: UInt8

  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
  @inlinable public init(_ rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var stop: Opcode { Opcode(0x00) }
  @inlinable public static var add: Opcode { Opcode(0x01) }
  @inlinable public static var mul: Opcode { Opcode(0x02) }
  @inlinable public static var sub: Opcode { Opcode(0x03) }
  @inlinable public static var div: Opcode { Opcode(0x04) }
  @inlinable public static var sdiv: Opcode { Opcode(0x05) }
  @inlinable public static var mod: Opcode { Opcode(0x06) }
  @inlinable public static var smod: Opcode { Opcode(0x07) }
  @inlinable public static var addmod: Opcode { Opcode(0x08) }
  @inlinable public static var mulmod: Opcode { Opcode(0x09) }
  @inlinable public static var exp: Opcode { Opcode(0x0a) }
  @inlinable public static var signextend: Opcode { Opcode(0x0b) }
  @inlinable public static var lt: Opcode { Opcode(0x10) }
  @inlinable public static var gt: Opcode { Opcode(0x11) }
  @inlinable public static var slt: Opcode { Opcode(0x12) }
  @inlinable public static var sgt: Opcode { Opcode(0x13) }
  @inlinable public static var eq: Opcode { Opcode(0x14) }
  @inlinable public static var iszero: Opcode { Opcode(0x15) }
  @inlinable public static var and: Opcode { Opcode(0x16) }
  @inlinable public static var or: Opcode { Opcode(0x17) }
  @inlinable public static var xor: Opcode { Opcode(0x18) }
  @inlinable public static var not: Opcode { Opcode(0x19) }
  @inlinable public static var byte: Opcode { Opcode(0x1a) }
  @inlinable public static var shl: Opcode { Opcode(0x1b) }
  @inlinable public static var shr: Opcode { Opcode(0x1c) }
  @inlinable public static var sar: Opcode { Opcode(0x1d) }
  @inlinable public static var clz: Opcode { Opcode(0x1e) }
  @inlinable public static var keccak256: Opcode { Opcode(0x20) }
  @inlinable public static var address: Opcode { Opcode(0x30) }
  @inlinable public static var balance: Opcode { Opcode(0x31) }
  @inlinable public static var origin: Opcode { Opcode(0x32) }
  @inlinable public static var caller: Opcode { Opcode(0x33) }
  @inlinable public static var callvalue: Opcode { Opcode(0x34) }
  @inlinable public static var calldataload: Opcode { Opcode(0x35) }
  @inlinable public static var calldatasize: Opcode { Opcode(0x36) }
  @inlinable public static var calldatacopy: Opcode { Opcode(0x37) }
  @inlinable public static var codesize: Opcode { Opcode(0x38) }
  @inlinable public static var codecopy: Opcode { Opcode(0x39) }
  @inlinable public static var gasprice: Opcode { Opcode(0x3a) }
  @inlinable public static var extcodesize: Opcode { Opcode(0x3b) }
  @inlinable public static var extcodecopy: Opcode { Opcode(0x3c) }
  @inlinable public static var returndatasize: Opcode { Opcode(0x3d) }
  @inlinable public static var returndatacopy: Opcode { Opcode(0x3e) }
  @inlinable public static var extcodehash: Opcode { Opcode(0x3f) }
  @inlinable public static var blockhash: Opcode { Opcode(0x40) }
  @inlinable public static var coinbase: Opcode { Opcode(0x41) }
  @inlinable public static var timestamp: Opcode { Opcode(0x42) }
  @inlinable public static var number: Opcode { Opcode(0x43) }
  @inlinable public static var prevrandao: Opcode { Opcode(0x44) }
  @inlinable public static var gaslimit: Opcode { Opcode(0x45) }
  @inlinable public static var chainid: Opcode { Opcode(0x46) }
  @inlinable public static var selfbalance: Opcode { Opcode(0x47) }
  @inlinable public static var basefee: Opcode { Opcode(0x48) }
  @inlinable public static var blobhash: Opcode { Opcode(0x49) }
  @inlinable public static var blobbasefee: Opcode { Opcode(0x4a) }
  @inlinable public static var pop: Opcode { Opcode(0x50) }
  @inlinable public static var mload: Opcode { Opcode(0x51) }
  @inlinable public static var mstore: Opcode { Opcode(0x52) }
  @inlinable public static var mstore8: Opcode { Opcode(0x53) }
  @inlinable public static var sload: Opcode { Opcode(0x54) }
  @inlinable public static var sstore: Opcode { Opcode(0x55) }
  @inlinable public static var jump: Opcode { Opcode(0x56) }
  @inlinable public static var jumpi: Opcode { Opcode(0x57) }
  @inlinable public static var pc: Opcode { Opcode(0x58) }
  @inlinable public static var msize: Opcode { Opcode(0x59) }
  @inlinable public static var gas: Opcode { Opcode(0x5a) }
  @inlinable public static var jumpdest: Opcode { Opcode(0x5b) }
  @inlinable public static var tload: Opcode { Opcode(0x5c) }
  @inlinable public static var tstore: Opcode { Opcode(0x5d) }
  @inlinable public static var mcopy: Opcode { Opcode(0x5e) }
  @inlinable public static var push0: Opcode { Opcode(0x5f) }
  @inlinable public static var create: Opcode { Opcode(0xf0) }
  @inlinable public static var call: Opcode { Opcode(0xf1) }
  @inlinable public static var callcode: Opcode { Opcode(0xf2) }
  @inlinable public static var `return`: Opcode { Opcode(0xf3) }
  @inlinable public static var delegatecall: Opcode { Opcode(0xf4) }
  @inlinable public static var create2: Opcode { Opcode(0xf5) }
  @inlinable public static var staticcall: Opcode { Opcode(0xfa) }
  @inlinable public static var revert: Opcode { Opcode(0xfd) }
  @inlinable public static var invalid: Opcode { Opcode(0xfe) }
  @inlinable public static var selfdestruct: Opcode { Opcode(0xff) }

  /// `PUSH1` is followed by `PUSH2`, and so on to `PUSH32`.
  @inlinable public static var push1: Opcode { Opcode(0x60) }
  @inlinable public static var push32: Opcode { Opcode(0x7f) }
  @inlinable public static var dup1: Opcode { Opcode(0x80) }
  @inlinable public static var dup16: Opcode { Opcode(0x8f) }
  @inlinable public static var swap1: Opcode { Opcode(0x90) }
  @inlinable public static var swap16: Opcode { Opcode(0x9f) }
  @inlinable public static var log0: Opcode { Opcode(0xa0) }
  @inlinable public static var log4: Opcode { Opcode(0xa4) }

  /// Bytes of the value that follows the opcode in code: 1 to 32 for `PUSH1` to `PUSH32`, else 0.
  @inlinable public var immediateByteCount: Int {
    let distance = rawValue &- 0x5f
    return distance <= 32 ? Int(distance) : 0
  }
}
