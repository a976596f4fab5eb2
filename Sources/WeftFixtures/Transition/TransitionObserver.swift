import WeftEVM

/// Watches the transactions of a transition.
public protocol TransitionObserver: AnyObject {
  /// A transaction is about to be executed.
  /// - Parameters:
  ///   - index: its number in the block, if it is not refused.
  ///   - hash: its name.
  /// - Returns: what watches its instructions.
  func willExecute(_ index: Int, hash: Hash256) -> (any EVMInspector)?
  /// The transaction is part of the block.
  func didExecute(_ index: Int, _ result: TransactionResult)
}
