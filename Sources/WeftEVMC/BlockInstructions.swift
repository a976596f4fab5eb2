import CEVMC
import WeftEVM

/// BLOBBASEFEE, which the host gives as a price; everything else of the block is part of the environment.
enum BlockInstructions {
  static func all(_ session: EVMCSession) -> [EVMCInstruction] {
    [
      EVMCInstruction(.blobbasefee, "blobbasefee", gas: 2, takes: 0, gives: 1, since: .cancun) {
        (frame: inout EVMFrame) throws(EVMHalt) in
        frame.setOutput(0, to: session.blobBaseFee)
      }
    ]
  }
}
