/// The state root of a block (Yellow Paper, 4.1).
public enum StateRoot {
  public static func root(of state: InMemoryState) -> Hash256 {
    var entries: [SecureTrie.Entry] = []
    entries.reserveCapacity(state.accounts.count)
    for (address, account) in state.accounts {
      entries.append(
        SecureTrie.entry(
          address, nonce: account.nonce, balance: account.balance,
          storageRoot: SecureTrie.storageRoot(account.storage),
          codeHash: account.codeHash))
    }
    return SecureTrie.root(of: entries)
  }
}
