# pragma version 0.4.3
"""
@notice A storage-heavy ledger: accounts with histories, bookings that all happen or none, interest over all.
"""

struct Entry:
    stamp: uint64
    amount: int128
    balance: int128

accounts: DynArray[address, 256]
known: HashMap[address, bool]
balances: public(HashMap[address, int128])
history: HashMap[address, DynArray[Entry, 128]]
bookings: public(uint256)
checksum: public(bytes32)


@internal
def _book(account: address, amount: int128):
    if not self.known[account]:
        self.known[account] = True
        self.accounts.append(account)
    self.balances[account] += amount
    self.history[account].append(
        Entry(stamp=convert(self.bookings, uint64), amount=amount, balance=self.balances[account])
    )
    self.bookings += 1
    self.checksum = keccak256(abi_encode(self.checksum, account, amount))


@external
def book(source: address, target: address, amount: int128):
    assert amount > 0, "amount"
    self._book(source, -amount)
    self._book(target, amount)


@external
def fill(count: uint256, amount: int128):
    """
    @notice One booking for each of many accounts.
    """
    for index: uint256 in range(count, bound=256):
        self._book(convert(index + 4096, address), amount + convert(index, int128))


@external
def interest(percent: int128) -> int128:
    total: int128 = 0
    count: uint256 = len(self.accounts)
    for index: uint256 in range(count, bound=256):
        account: address = self.accounts[index]
        gain: int128 = self.balances[account] * percent // 100
        if gain != 0:
            self._book(account, gain)
            total += gain
    return total


@external
@view
def last(account: address) -> (uint64, int128, int128):
    size: uint256 = len(self.history[account])
    assert size > 0, "no entry"
    entry: Entry = self.history[account][size - 1]
    return entry.stamp, entry.amount, entry.balance


@external
@view
def total() -> int128:
    sum: int128 = 0
    for account: address in self.accounts:
        sum += self.balances[account]
    return sum
