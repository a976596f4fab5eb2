import WeftExport
import WeftJSON
import WeftMachine
import WeftRV32Circuit

extension RV32Traces {
  /// The traces as a segment of a directory, with what they leave open.
  ///
  /// - Parameter firstInstruction: instructions that retired in the segments before.
  public func exportSegment(exit: ExitStatus, firstInstruction: UInt64 = 0) -> ExportSegment {
    ExportSegment(
      traces: traces,
      run: [
        "firstInstruction": JSONTree(firstInstruction), "instructions": JSONTree(instructionCount),
        "exit": .string("\(exit)"), "openness": .string(openness),
        "unconstrained": JSONTree(
          unconstrained.map {
            ["instruction": .string($0.instruction), "count": JSONTree($0.count)]
          }),
        "hintWords": JSONTree(hintWordCount),
      ])
  }
}
