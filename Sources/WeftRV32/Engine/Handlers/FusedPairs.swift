/// Pairs of instructions that one handler carries out in fast runs.
enum FusedPairs {
  static func handler(_ first: Operation, _ second: Operation) -> Handler? {
    nil
  }
}
