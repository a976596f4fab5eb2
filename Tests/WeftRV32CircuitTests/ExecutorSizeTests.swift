import Testing
import WeftCircuit

@testable import WeftRV32Circuit

/// A row of the table of reference/circuits.md §13.
struct ReferenceSize: Sendable {
  var main: Int
  var interactions: Int
  var constraints: Int
  var chunks: Int
  var permutation: Int
  /// Constraints that the reference counts and the builder does not have, because they are others of them: the same
  /// formula as a gate of padding.
  var same: [String] = []
}

@Suite("Sizes of executors")
struct ExecutorSizeTests {
  /// rs2 or rd is accessed only where an instruction is: also the gate of that column.
  private static let access = "an access only where an instruction is"
  /// isValid is a bit: also the gate of that column.
  private static let valid = "isValid is zero where it is zero"
  /// A load-only chip has no stores.
  private static let stores = "stores are to memory or public values"

  static let reference: [String: ReferenceSize] = [
    "BaseAlu": ReferenceSize(
      main: 33, interactions: 20, constraints: 54, chunks: 12, permutation: 52, same: [access]),
    "LessThan": ReferenceSize(
      main: 34, interactions: 18, constraints: 62, chunks: 9, permutation: 40, same: [access]),
    "Shift": ReferenceSize(
      main: 50, interactions: 24, constraints: 137, chunks: 12, permutation: 52, same: [access]),
    "BranchEqual": ReferenceSize(main: 24, interactions: 11, constraints: 37, chunks: 6, permutation: 28),
    "BranchLessThan": ReferenceSize(main: 30, interactions: 13, constraints: 54, chunks: 7, permutation: 32),
    "JalLui": ReferenceSize(
      main: 17, interactions: 10, constraints: 31, chunks: 6, permutation: 28, same: [access]),
    "Jalr": ReferenceSize(
      main: 26, interactions: 16, constraints: 39, chunks: 8, permutation: 36, same: [access, valid]),
    "Auipc": ReferenceSize(
      main: 19, interactions: 12, constraints: 23, chunks: 6, permutation: 28, same: [valid]),
    "LoadStore": ReferenceSize(
      main: 38, interactions: 17, constraints: 66, chunks: 12, permutation: 52, same: [access, valid]),
    "LoadSignExtend": ReferenceSize(
      main: 33, interactions: 18, constraints: 54, chunks: 12, permutation: 52, same: [access, stores]),
    "Mul": ReferenceSize(
      main: 28, interactions: 21, constraints: 29, chunks: 13, permutation: 56, same: [valid]),
    "MulHigh": ReferenceSize(main: 36, interactions: 28, constraints: 44, chunks: 19, permutation: 80),
    "DivRem": ReferenceSize(main: 56, interactions: 29, constraints: 125, chunks: 19, permutation: 80),
  ]

  @Test(
    "Columns, interactions, constraints and LogUp columns are those of the reference",
    arguments: ExecutorUnderTest.all + ExecutorUnderTest.based)
  func sizes(chip: ExecutorUnderTest) throws {
    let air = try chip.description()
    let expected = try #require(Self.reference[chip.name])
    #expect(air.mainColumns.count == expected.main)
    #expect(air.interactions.count == expected.interactions)
    #expect(air.constraints.count == expected.constraints - expected.same.count)
    #expect(air.interactionChunks()?.count == expected.chunks)
    #expect(air.permutationColumnCount == expected.permutation)
    #expect(air.maximumDegree <= 3)
    #expect(air.isOrderFree)
  }

  @Test("Labels of constraints are unique")
  func labels() throws {
    for chip in ExecutorUnderTest.all {
      let labels = try chip.description().constraints.map(\.label)
      #expect(Set(labels).count == labels.count, "\(chip.name)")
    }
  }
}
