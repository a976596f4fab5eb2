import Glibc
import Synchronization

/// Independent pieces of work on several threads.
public enum Parallel {
  /// Calls `body` once for every index below `count`, on at most `threads` threads, and returns when all are done. The
  /// pieces are taken in order; which thread takes which is left open, so `body` must not depend on it.
  public static func forEach(count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let helpers = max(0, min(threads, count) - 1)
    let work = Work(count: count, body: body)
    var handles: [pthread_t] = []
    for _ in 0..<helpers {
      var handle = pthread_t()
      let argument = Unmanaged.passRetained(work)
      let status = pthread_create(&handle, nil, runWork, argument.toOpaque())
      // Fewer threads do the same work.
      guard status == 0 else {
        argument.release()
        break
      }
      handles.append(handle)
    }
    work.run()
    for handle in handles { pthread_join(handle, nil) }
  }

  /// The results of independent pieces of work, in the order of their indices.
  public static func map<T: Sendable>(
    count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> T
  ) -> [T] {
    let results = Results<T>(count: count)
    forEach(count: count, threads: threads) { index in
      let value = body(index)
      results.values.withLock { $0[index] = value }
    }
    return results.values.withLock { $0.compactMap(\.self) }
  }

  /// Processors of the machine.
  public static var processorCount: Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}

private final class Results<T: Sendable>: Sendable {
  let values: Mutex<[T?]>

  init(count: Int) { values = Mutex(Array(repeating: nil, count: count)) }
}

private final class Work: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let body: @Sendable (Int) -> Void

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func run() {
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
