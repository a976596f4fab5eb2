/// What a LOG instruction has written.
extension Log {
  init(_ record: LogRecord, data: UnsafeRawBufferPointer) {
    let topics = [record.topic0, record.topic1, record.topic2, record.topic3].prefix(record.topicCount)
    self.init(
      address: Address(word: record.address), topics: topics.map { Hash256(word: $0) }, data: Array(data))
  }
}
