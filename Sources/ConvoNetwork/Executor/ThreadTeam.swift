#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import ConvoTensor

/// Threads of the executor's own, asleep between the steps. They never belong to Swift's cooperative pool, which must not
/// be kept busy for seconds, and oneDNN works on each of them alone.
final class ThreadTeam {
  private let board: JobBoard
  private var threads: [pthread_t] = []

  var count: Int { threads.count }

  /// Starts the threads. Throws `noThreads` where the system gives none; fewer than asked for will do.
  init(count: Int) throws(ExecutorError) {
    board = JobBoard()
    // Signals are for the threads that know what to do with them.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    for index in 0..<count {
      guard let thread = Self.start(index, board) else { break }
      threads.append(thread)
    }
    if threads.isEmpty { throw .noThreads }
  }

  deinit {
    board.close()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Does jobs `0..<jobs`, each once on one of the threads, and waits for the last. `work` gets the thread's index and
  /// the job's.
  func run(_ jobs: Int, _ work: (_ thread: Int, _ job: Int) -> Void) {
    guard jobs > 0 else { return }
    withoutActuallyEscaping(work) { board.post(jobs, $0) }
  }

  /// What a new thread is told.
  private final class Assignment {
    let index: Int
    let board: JobBoard

    init(index: Int, board: JobBoard) {
      self.index = index
      self.board = board
    }
  }

  private static func start(_ index: Int, _ board: JobBoard) -> pthread_t? {
    let assignment = Unmanaged.passRetained(Assignment(index: index, board: board))
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    pthread_attr_setstacksize(attributes, 8 << 20)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, attributes, { ThreadTeam.main($0) }, assignment.toOpaque())
    guard status == 0 else {
      assignment.release()
      return nil
    }
    return thread
  }

  private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let assignment = Unmanaged<Assignment>.fromOpaque(argument).takeRetainedValue()
    ComputeThread.prepare()
    assignment.board.work(as: assignment.index)
    return nil
  }
}

/// The jobs that the threads take from, under a lock.
private final class JobBoard: @unchecked Sendable {
  typealias Work = (_ thread: Int, _ job: Int) -> Void

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
