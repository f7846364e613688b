#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import ConvoTensor
import ConvoThreads
import Synchronization

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

  /// Runs `body` on the first thread and waits for it. Within, `runLed` shares jobs out: work of many short phases goes
  /// that way, since nobody has to be woken between two of them.
  func lead(_ body: @escaping () -> Void) {
    board.lead(body)
  }

  /// As `run`, called within `lead`: the first thread does its part of the jobs.
  func runLed(_ jobs: Int, _ work: @escaping Work) {
    guard jobs > 0 else { return }
    board.postAsLeader(jobs, work)
  }
}

/// The jobs that the threads take from, under a lock.
private final class JobBoard: @unchecked Sendable {
  typealias Work = ThreadTeam.Work

  // The lock guards all that follows, but for the two counters.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let hasJobs = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let isDone = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var leader: (() -> Void)?
  private var isLed = false
  private var work: Work?
  private var jobs = 0
  private var next = 0
  private var isClosed = false
  /// Changed under the lock, and looked at without it by threads that are not asleep yet.
  private let unfinished = Atomic<Int>(0)
  private let posts = Atomic<Int>(0)

  /// How often a thread looks for news before it sleeps: for about as long as two wakings take. Each time it gives way to
  /// any other thread that could run.
  private static let looks = 1000

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
    putUp(jobs, work)
    while unfinished.load(ordering: .relaxed) > 0 { pthread_cond_wait(isDone, lock) }
    self.work = nil
    pthread_mutex_unlock(lock)
  }

  /// Posts jobs from the first thread, does what nobody else takes, and waits until all are done.
  func postAsLeader(_ jobs: Int, _ work: @escaping Work) {
    pthread_mutex_lock(lock)
    putUp(jobs, work)
    while takeJob(as: 0) {}
    pthread_mutex_unlock(lock)
    watch { unfinished.load(ordering: .acquiring) == 0 }
    pthread_mutex_lock(lock)
    while unfinished.load(ordering: .relaxed) > 0 { pthread_cond_wait(isDone, lock) }
    self.work = nil
    pthread_mutex_unlock(lock)
  }

  /// Has the first thread run something, and waits for it.
  func lead(_ body: @escaping () -> Void) {
    pthread_mutex_lock(lock)
    leader = body
    isLed = true
    announce()
    while isLed { pthread_cond_wait(isDone, lock) }
    pthread_mutex_unlock(lock)
  }

  /// Sends the threads home.
  func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    announce()
    pthread_mutex_unlock(lock)
  }

  private func putUp(_ jobs: Int, _ work: @escaping Work) {
    self.work = work
    self.jobs = jobs
    next = 0
    unfinished.store(jobs, ordering: .relaxed)
    announce()
  }

  private func announce() {
    posts.wrappingAdd(1, ordering: .releasing)
    pthread_cond_broadcast(hasJobs)
  }

  /// A function of its own, so that the thread holds on to `work` no longer than the call: once the last job is done,
  /// what `work` captured may be gone.
  @inline(never)
  private func perform(_ thread: Int, _ job: Int) {
    work?(thread, job)
  }

  /// A function of its own for the same reason.
  @inline(never)
  private func performLeading() {
    let body = leader
    leader = nil
    pthread_mutex_unlock(lock)
    body?()
    pthread_mutex_lock(lock)
  }

  /// Does the next job, if there is one left. Called and left under the lock.
  private func takeJob(as thread: Int) -> Bool {
    guard next < jobs else { return false }
    let job = next
    next += 1
    pthread_mutex_unlock(lock)
    perform(thread, job)
    pthread_mutex_lock(lock)
    if unfinished.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { pthread_cond_broadcast(isDone) }
    return true
  }

  /// A thread's life.
  func work(as thread: Int) {
    pthread_mutex_lock(lock)
    while !isClosed {
      if thread == 0 && leader != nil {
        performLeading()
        isLed = false
        pthread_cond_broadcast(isDone)
      } else if !takeJob(as: thread) {
        waitForNews(as: thread)
      }
    }
    pthread_mutex_unlock(lock)
  }

  /// Called and left under the lock.
  private func waitForNews(as thread: Int) {
    let seen = posts.load(ordering: .relaxed)
    pthread_mutex_unlock(lock)
    watch { posts.load(ordering: .acquiring) != seen }
    pthread_mutex_lock(lock)
    while posts.load(ordering: .relaxed) == seen { pthread_cond_wait(hasJobs, lock) }
  }

  private func watch(for isThere: () -> Bool) {
    for _ in 0..<Self.looks {
      if isThere() { return }
      sched_yield()
    }
  }
}
