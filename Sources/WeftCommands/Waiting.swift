import Glibc
import Synchronization

/// Asynchronous work, for commands, which wait for it.
enum Waiting {
  /// The result of work that is done on the threads of Swift concurrency.
  static func result<Value: Sendable>(of work: sending @escaping () async throws -> Value) throws -> Value {
    let box = Box<Value>()
    Task.detached {
      do { box.fill(.success(try await work())) } catch { box.fill(.failure(error)) }
    }
    return try box.take().get()
  }

  /// Holds a result until somebody takes it.
  private final class Box<Value: Sendable>: Sendable {
    private let value = Mutex<Result<Value, any Error>?>(nil)
    private let isFilled = Semaphore()

    func fill(_ result: Result<Value, any Error>) {
      value.withLock { $0 = result }
      isFilled.signal()
    }

    func take() -> Result<Value, any Error> {
      while true {
        if let result = value.withLock({ $0 }) { return result }
        isFilled.wait()
      }
    }
  }

  private final class Semaphore: @unchecked Sendable {  // semaphores are for several threads
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
      sem_destroy(semaphore)
      semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }
    func wait() { sem_wait(semaphore) }
  }
}
