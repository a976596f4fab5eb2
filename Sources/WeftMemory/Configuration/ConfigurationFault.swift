/// One thing that is wrong with a memory configuration.
public enum ConfigurationFault: Hashable, Sendable, CustomStringConvertible {
  case outOfRange(parameter: String, value: Int, allowed: ClosedRange<Int>)
  case maxAccessSize(Int)
  /// A time would take more than two limbs of the range table.
  case tooManyLimbs(timestampBits: Int, rangeLimbBits: Int)
  case duplicateSpace(AddressSpaceID)
  case duplicateName(String)
  /// A change names a space that is not declared.
  case unknownSpace(AddressSpaceID)
  /// Space 0, and only space 0, holds immediates.
  case immediateKind(AddressSpaceID)
  case spaceOutOfRange(AddressSpaceID, height: Int)
  case blockSize(AddressSpaceID, Int, maximum: Int)
  case partialBlock(AddressSpaceID, cellCount: UInt64, blockSize: Int)
  case spaceTooLarge(AddressSpaceID, cellCount: UInt64, maximum: UInt64)
  /// The register file has 128 byte cells in blocks of four.
  case registerLayout(AddressSpace)

  public var description: String {
    switch self {
    case .outOfRange(let parameter, let value, let allowed):
      "\(parameter) is \(value), allowed are \(allowed.lowerBound) to \(allowed.upperBound)"
    case .maxAccessSize(let size):
      "maxAccessSize is \(size), allowed are 2, 4, 8, 16 and 32"
    case .tooManyLimbs(let timestampBits, let rangeLimbBits):
      "\(timestampBits) timestamp bits need more than two limbs of \(rangeLimbBits) bits"
    case .duplicateSpace(let id):
      "\(id) is declared twice"
    case .duplicateName(let name):
      "the space name \"\(name)\" is used twice"
    case .unknownSpace(let id):
      "\(id) is not declared"
    case .immediateKind(let id):
      "\(id): space 0, and only space 0, holds immediates"
    case .spaceOutOfRange(let id, let height):
      "\(id) does not fit addressSpaceHeight \(height)"
    case .blockSize(let id, let size, let maximum):
      "\(id) has block size \(size), allowed are powers of two up to \(maximum)"
    case .partialBlock(let id, let cellCount, let blockSize):
      "\(id) has \(cellCount) cells, not a multiple of its block size \(blockSize)"
    case .spaceTooLarge(let id, let cellCount, let maximum):
      "\(id) has \(cellCount) cells, at most \(maximum) are possible"
    case .registerLayout(let space):
      "\(space.id) is the register file: 128 byte cells in blocks of 4"
    }
  }
}
