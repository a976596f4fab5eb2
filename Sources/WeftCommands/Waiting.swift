import Glibc
import Synchronization
import Weft

/// Asynchronous work, for commands, which wait for it.
enum Waiting {
  /// The result of work that is done on so many threads, the present one among them. None of them belongs to the pool of
  /// Swift concurrency, from which a waiting command would take a thread away.
  static func result<Value: Sendable>(
    threads: Int, of work: sending @escaping () async throws -> Value
  ) throws -> Value {
    let executor = ThreadExecutor()
    let box = Box<Value>()
    Task.detached(executorPreference: executor) {
      do { box.fill(.success(try await work())) } catch { box.fill(.failure(error)) }
      executor.end()
    }
    Parallel.forEach(count: threads, threads: threads) { _ in executor.serve() }
    guard let result = box.value else { throw CommandError(.machine, "asynchronous work gave no result") }
    return try result.get()
  }

  /// Holds a result.
  private final class Box<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func fill(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }

    var value: Result<Value, any Error>? { result.withLock { $0 } }
  }
}

/// Runs the parts of asynchronous work on the threads that serve it.
private final class ThreadExecutor: TaskExecutor, @unchecked Sendable {  // semaphores are for several threads
  private struct State {
    var jobs: [UnownedJob] = []
    var hasEnded = false
  }

  private let state = Mutex(State())
  /// Counts jobs, and the end.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    sem_post(semaphore)
  }

  /// Lets the threads go that serve.
  func end() {
    state.withLock { $0.hasEnded = true }
    sem_post(semaphore)
  }

  /// Runs jobs until the end.
  func serve() {
    while true {
      sem_wait(semaphore)
      let (job, hasEnded) = state.withLock { state in
        (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.hasEnded)
      }
      if let job {
        job.runSynchronously(on: asUnownedTaskExecutor())
      } else if hasEnded {
        // For the next thread.
        sem_post(semaphore)
        return
      }
    }
  }
}
