import Testing

@testable import ConvoNetwork

@Suite struct ThreadTeamTests {
  @Test(arguments: 1...4)
  func everyJobIsDoneOnce(threads: Int) throws {
    let team = try ThreadTeam(count: threads)
    #expect(team.count == threads)
    for jobs in [0, 1, 2, 7, 100] {
      var done = [Int](repeating: 0, count: jobs)
      var workers = [Int](repeating: -1, count: jobs)
      done.withUnsafeMutableBufferPointer { done in
        workers.withUnsafeMutableBufferPointer { workers in
          team.run(jobs) { [done, workers] thread, job in
            done[job] += 1
            workers[job] = thread
          }
        }
      }
      #expect(done.allSatisfy { $0 == 1 })
      #expect(workers.allSatisfy { (0..<threads).contains($0) })
    }
  }

  @Test func manyShortRounds() throws {
    let team = try ThreadTeam(count: 3)
    var sums = [Int](repeating: 0, count: 5)
    sums.withUnsafeMutableBufferPointer { sums in
      for round in 0..<2000 { team.run(5) { [sums] _, job in sums[job] += round } }
    }
    #expect(sums == [Int](repeating: 1_999_000, count: 5))
  }
}
