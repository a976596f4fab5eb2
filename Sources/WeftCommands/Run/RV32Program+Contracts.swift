import Weft

extension RV32Program {
  /// What a program needs to call EVM contracts, if it has an instruction that does so.
  var contractExtensions: [any VMExtension] {
    contains(where: EVMCallsExtension.owns) ? [EVMCallsExtension()] : []
  }
}
