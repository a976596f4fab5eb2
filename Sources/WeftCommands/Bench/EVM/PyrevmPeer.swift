import FoundationEssentials

/// revm through its Python binding (PyPI's package pyrevm), in a process of its own.
///
/// The binding adds about 3 µs to every call.
struct PyrevmPeer: Sendable {
  /// The interpreter that has the package.
  let python: String

  struct Result: Codable, Equatable {
    /// Of the whole transaction, on a state that nothing has touched.
    let gas: UInt64
    /// Median over the repetitions.
    let microseconds: Double
    let repetitions: Int
  }

  init?(python: String) {
    let probe = try? ChildProcess(executable: python, arguments: ["-c", "import pyrevm"]).run()
    guard probe?.status == 0 else { return nil }
    self.python = python
  }

  /// Repeats the transaction of a variant of the data for some time; the state is the same before each.
  func run(file: String, test: String, dataIndex: Int, seconds: Double) throws(ChildProcess.Failure) -> Result
  {
    let process = ChildProcess(
      executable: python, arguments: ["-c", Self.script, file, test, "\(dataIndex)", "\(seconds)"])
    let result = try process.run()
    guard result.status == 0 else { throw ChildProcess.Failure(reason: "exit code \(result.status)") }
    guard let decoded = try? JSONDecoder().decode(Result.self, from: Data(result.output)) else {
      throw ChildProcess.Failure(reason: "no result")
    }
    return decoded
  }

  private static let script = """
    import json, statistics, sys, time
    import pyrevm
    path, name, index, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    test = json.load(open(path))[name]
    block, transaction = test["env"], test["transaction"]
    number = lambda text: int(text, 16)
    evm = pyrevm.EVM(
        env=pyrevm.Env(
            cfg=pyrevm.CfgEnv(chain_id=1),
            block=pyrevm.BlockEnv(
                number=number(block["currentNumber"]), coinbase=block["currentCoinbase"],
                timestamp=number(block["currentTimestamp"]), gas_limit=number(block["currentGasLimit"]), basefee=0)),
        gas_limit=number(block["currentGasLimit"]))
    for address, account in test["pre"].items():
        evm.insert_account_info(address, pyrevm.AccountInfo(
            balance=number(account["balance"]), nonce=number(account["nonce"]),
            code=bytes.fromhex(account["code"][2:]) or None))
        for slot, value in account["storage"].items():
            evm.insert_account_storage(address, number(slot), number(value))
    data = bytes.fromhex(transaction["data"][index][2:])
    sender, to, gas = transaction["sender"], transaction["to"], number(transaction["gasLimit"][0])
    gas_used, times, end = None, [], time.perf_counter() + seconds
    # Processor time; of short calls, which are rarely interrupted, the time of the cheaper clock.
    clock = time.thread_time
    while len(times) < 5 or time.perf_counter() < end:
        checkpoint = evm.snapshot()
        begin = clock()
        evm.message_call(sender, to, calldata=data, gas=gas, gas_price=0)
        times.append(clock() - begin)
        if len(times) == 1 and times[0] < 2e-4:
            clock, times = time.perf_counter, [times[0]]
        gas_used = gas_used or evm.result.gas_used
        evm.revert(checkpoint)
    print(json.dumps(dict(gas=gas_used, microseconds=statistics.median(times) * 1e6, repetitions=len(times))))
    """
}
