#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import ConvoTensor
import ConvoThreads

/// Threads of the executor's own, asleep between the steps. They never belong to Swift's cooperative pool, which must not
/// be kept busy for seconds, and oneDNN works on each of them alone.
final class ThreadTeam {
  private let board: JobBoard
  private let threads: WorkerThreads

  var count: Int { threads.count }

  /// Starts the threads. Throws `noThreads` where the system gives none; fewer than asked for will do.
  init(count: Int) throws(ExecutorError) {
    let board = JobBoard()
    self.board = board
    threads = WorkerThreads(count: count) { index in
      ComputeThread.prepare()
      board.work(as: index)
    }
    if threads.isEmpty { throw .noThreads }
  }

  deinit {
    board.close()
    threads.join()
  }

  typealias Work = (_ thread: Int, _ job: Int) -> Void

  /// Does jobs `0..<jobs`, each once on one of the threads, and waits for the last. `work` gets the thread's index and
  /// the job's, and is let go of before the call returns.
  func run(_ jobs: Int, _ work: @escaping Work) {
    guard jobs > 0 else { return }
    board.post(jobs, work)
  }
}

/// The jobs that the threads take from, under a lock.
private final class JobBoard: @unchecked Sendable {
  typealias Work = ThreadTeam.Work

  // The lock guards all that follows.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let hasJobs = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let isDone = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var work: Work?
  private var jobs = 0
  private var next = 0
  private var unfinished = 0
  private var isClosed = false

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(hasJobs, nil)
    pthread_cond_init(isDone, nil)
  }

  deinit {
    pthread_cond_destroy(isDone)
    pthread_cond_destroy(hasJobs)
    pthread_mutex_destroy(lock)
    isDone.deallocate()
    hasJobs.deallocate()
    lock.deallocate()
  }

  /// Posts jobs and waits until all are done.
  func post(_ jobs: Int, _ work: @escaping Work) {
    pthread_mutex_lock(lock)
    self.work = work
    self.jobs = jobs
    next = 0
    unfinished = jobs
    pthread_cond_broadcast(hasJobs)
    while unfinished > 0 { pthread_cond_wait(isDone, lock) }
    self.work = nil
    pthread_mutex_unlock(lock)
  }

  /// Sends the threads home.
  func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_broadcast(hasJobs)
    pthread_mutex_unlock(lock)
  }

  /// A function of its own, so that the thread holds on to `work` no longer than the call: once the last job is done,
  /// what `work` captured may be gone.
  @inline(never)
  private func perform(_ thread: Int, _ job: Int) {
    work?(thread, job)
  }

  /// A thread's life.
  func work(as thread: Int) {
    pthread_mutex_lock(lock)
    while true {
      while !isClosed && next == jobs { pthread_cond_wait(hasJobs, lock) }
      guard !isClosed else { break }
      let job = next
      next += 1
      pthread_mutex_unlock(lock)
      perform(thread, job)
      pthread_mutex_lock(lock)
      unfinished -= 1
      if unfinished == 0 { pthread_cond_signal(isDone) }
    }
    pthread_mutex_unlock(lock)
  }
}
