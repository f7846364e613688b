import ConvoThreads
import Testing

@Suite struct WorkerThreadsTests {
  @Test(arguments: [0, 1, 3, 8])
  func everyThreadWorksOnceAndHasItsNumber(count: Int) {
    let numbers = Monitor<[Int]>([])
    let threads = WorkerThreads(count: count) { number in numbers.withLock { $0.append(number) } }
    #expect(threads.count == count)
    threads.join()
    #expect(numbers.withLock { $0.sorted() } == Array(0..<count))
  }

  @Test(arguments: [-1, 0, 1, 4])
  func theCallingThreadWorksToo(count: Int) {
    let calls = Monitor(0)
    WorkerThreads.run(count) { calls.withLock { $0 += 1 } }
    #expect(calls.withLock { $0 } == max(1, count))
  }

  @Test func tooManyAreCutDown() {
    let threads = WorkerThreads(count: .max) { _ in }
    #expect(threads.count == WorkerThreads.most)
    threads.join()
  }

  @Test func detachedThreadsFinishTheirWork() {
    let done = Monitor(false)
    WorkerThreads(count: 1) { _ in done.update { $0 = true } }.detach()
    #expect(done.wait { $0 ? true : nil })
  }
}
