/// The hash of a list of logs, with which the official tests compare them.
public enum LogsHash {
  /// `keccak(rlp([[address, [topics], data], …]))`.
  public static func hash(of logs: [Log]) -> Hash256 {
    var encoder = RLPEncoder()
    encoder.append(logs)
    return Keccak256.hash(encoder.bytes)
  }
}

extension RLPEncoder {
  /// Adds logs as a list of `[address, [topics], data]`.
  mutating func append(_ logs: [Log]) {
    list { list in
      for log in logs {
        list.list { entry in
          entry.append(log.address)
          entry.list { topics in for topic in log.topics { topics.append(topic) } }
          entry.append(log.data)
        }
      }
    }
  }
}
