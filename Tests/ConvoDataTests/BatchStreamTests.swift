import ConvoImages
import ConvoThreads
import Foundation
import Testing

@testable import ConvoData

@Suite(.timeLimit(.minutes(1))) struct BatchStreamTests {
  private func folder() throws -> PictureFolder { try PictureFolder.numbered(["a": 11, "b": 12]) }

  @Test func anEpochGoesOnWithTheNextPass() throws {
    let folder = try folder()
    let generator = try folder.generator()
    let batches = try generator.batches(epoch: 3, steps: 8).all()
    #expect(batches.map(\.count) == [4, 4, 4, 4, 4, 3, 4, 4])
    #expect(
      batches.flatMap(\.indices) == generator.order(epoch: 3, pass: 0) + generator.order(epoch: 3, pass: 1).prefix(8))
    #expect(batches.allSatisfy { $0.levels.map(Int.init) == $0.indices })
    #expect(batches.allSatisfy { $0.labels == $0.indices.map { $0 < 11 ? 0 : 1 } })
    #expect(
      batches.allSatisfy {
        $0.imageShape == [2, 3, 1] && $0.classMode == .categorical && $0.standardization.rescale == nil
      })
  }

  @Test func ordersAreFreshAndRepeatable() throws {
    let folder = try folder()
    let (one, other) = (try folder.generator(), try folder.generator())
    #expect(one.order(epoch: 2, pass: 1) == other.order(epoch: 2, pass: 1))
    #expect(one.order(epoch: 2, pass: 0) != one.order(epoch: 3, pass: 0))
    #expect(one.order(epoch: 2, pass: 0) != one.order(epoch: 2, pass: 1))
    #expect(try folder.generator { $0.seed = 2 }.order(epoch: 2, pass: 1) != one.order(epoch: 2, pass: 1))
    let unshuffled = try folder.generator { $0.shuffle = false }
    #expect(unshuffled.order(epoch: 9, pass: 4) == Array(0..<23))
  }

  @Test(arguments: [1, 2, 3, 8], [0, 1 << 20])
  func threadsChangeNothing(threads: Int, budget: Int) throws {
    let folder = try folder()
    let reference = try folder.generator(threads: 1).batches(epoch: 1, steps: 13).all()
    let generator = try folder.generator(cache: PixelCache(budget: budget), threads: threads)
    let batches = try generator.batches(epoch: 1, steps: 13).all()
    #expect(batches.map(\.indices) == reference.map(\.indices))
    #expect(batches.map(\.pixels) == reference.map(\.pixels))
  }

  @Test func anEpochCanBeEnteredLater() throws {
    let folder = try folder()
    let generator = try folder.generator()
    let all = try generator.batches(epoch: 0, steps: 10).all().map(\.indices)
    #expect(try generator.batches(epoch: 0, from: 4, steps: 6).all().map(\.indices) == Array(all[4...]))
  }

  @Test func fewStepsOrNone() throws {
    let folder = try folder()
    let generator = try folder.generator()
    for steps in [0, -1, Int.min] { #expect(try generator.batches(epoch: 0, steps: steps).next() == nil) }
    let stream = generator.batches(epoch: 0, from: .min, steps: 1)
    #expect(try stream.next()?.indices == Array(generator.order(epoch: 0, pass: 0).prefix(4)))
    #expect(try stream.next() == nil)
    #expect(try stream.next() == nil)
  }

  /// However long nobody takes a batch, no more than the queue's depth is decoded.
  @Test func theQueueIsBounded() throws {
    let decoded = Monitor(0)
    let plan = SampleBatches(count: 23, batchSize: 4, from: 0) { _ in Array(0..<23) }
    let image = PixelImage(height: 1, width: 1, channels: 1, bytes: [0])
    let prefetcher = Prefetcher(plan, steps: .max, depth: 2) { _ in
      decoded.update { $0 += 1 }
      return .success(image)
    }
    let workers = WorkerThreads(count: 3) { _ in prefetcher.work() }
    for taken in 0..<20 {
      // Batches of a pass of 23: every sixth has 3 pictures.
      let expected = (0..<(taken + 2)).reduce(0) { $0 + ($1 % 6 == 5 ? 3 : 4) }
      let reached: Int? = decoded.wait(milliseconds: 5000) { $0 >= expected ? $0 : nil }
      #expect(reached == expected)
      usleep(2000)
      #expect(decoded.withLock { $0 } == expected)
      #expect(prefetcher.batchesAhead == 2)
      #expect(prefetcher.next()?.plan.indices.count == (taken % 6 == 5 ? 3 : 4))
    }
    prefetcher.cancel()
    workers.join()
    #expect(prefetcher.batchesAhead == 0)
  }

  @Test func aStreamDecodesTwoBatchesAhead() throws {
    let folder = try folder()
    let generator = try folder.generator()
    let stream = generator.batches(epoch: 0, steps: 9)
    for _ in 0..<3 {
      #expect(try stream.next() != nil)
      var waited = 0
      while stream.batchesAhead < 2, waited < 5000 {
        usleep(1000)
        waited += 1
      }
      usleep(2000)
      #expect(stream.batchesAhead == 2)
    }
  }

  /// The consumer waits for a picture that never comes, until somebody cancels.
  @Test func cancellingWakesTheWaiting() throws {
    let gate = Monitor(false)
    let plan = SampleBatches(count: 4, batchSize: 2, from: 0) { _ in Array(0..<4) }
    let image = PixelImage(height: 1, width: 1, channels: 1, bytes: [0])
    let prefetcher = Prefetcher(plan, steps: 9, depth: 2) { _ in
      gate.wait { $0 ? () : nil }
      return .success(image)
    }
    let workers = WorkerThreads(count: 2) { _ in prefetcher.work() }
    let canceller = WorkerThreads(count: 1) { _ in
      usleep(20_000)
      prefetcher.cancel()
    }
    #expect(prefetcher.next() == nil)
    canceller.join()
    gate.update { $0 = true }
    workers.join()
    #expect(prefetcher.next() == nil)
  }

  @Test func streamsCanBeLeftAtAnyPoint() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 0), threads: 4)
    for taken in 0..<30 {
      let stream = generator.batches(epoch: taken, steps: .max)
      for _ in 0..<(taken % 5) { #expect(try stream.next() != nil) }
      if taken % 2 == 0 {
        stream.cancel()
        #expect(try stream.next() == nil)
      }
    }
  }

  @Test func filesThatGoAwayAreLeftOutAndReportedOnce() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 0)) { $0.shuffle = false }
    try folder.remove("a/001.png")
    try folder.add("b/000.png", bytes: [1, 2, 3])
    let reported = Monitor<[String]>([])
    let stream = generator.batches(epoch: 0, steps: 12) { problem in reported.update { $0.append(problem.description) }
    }
    let batches = try stream.all()
    #expect(batches.map(\.count) == [3, 4, 3, 4, 4, 3, 3, 4, 3, 4, 4, 3])
    #expect(batches[0].indices == [0, 2, 3])
    #expect(batches[0].levels == [0, 2, 3])
    let expected = [
      "a/001.png: there is no such file",
      "b/000.png: it is not a picture that can be read (PNG, JPEG, BMP, PPM, TIFF, GIF, WebP)",
    ]
    #expect(stream.problems.map(\.description) == expected)
    #expect(reported.withLock { $0 } == expected)
    let later = generator.batches(epoch: 1, steps: 6)
    #expect(try later.all().map(\.count) == [3, 4, 3, 4, 4, 3])
    #expect(later.problems == [])
  }

  /// Pictures that are replaced between loading and training are read as they are then, in whatever size or format;
  /// what takes the place of a picture and is none is left out, and what is new does not count.
  @Test func filesThatChangeAreReadAsTheyAre() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 0)) { $0.shuffle = false }
    try folder.add("a/000.png", level: 200, height: 40, width: 9)
    try folder.remove("a/001.png")
    try folder.makeDirectory("a/001.png")
    try folder.remove("a/002.png")
    try folder.link("a/002.png", to: "000.png")
    try folder.remove("a/003.png")
    try folder.link("a/003.png", to: "003.png")
    try folder.add("a/0000.png", level: 77)
    let stream = generator.batches(epoch: 0, steps: 6)
    let batches = try stream.all()
    #expect(batches[0].indices == [0, 2])
    #expect(batches[0].levels == [200, 200])
    #expect(batches.flatMap(\.indices) == [0, 2] + Array(4..<23))
    #expect(batches.allSatisfy { $0.images.allSatisfy { [$0.height, $0.width] == [2, 3] } })
    #expect(
      stream.problems.map(\.description) == [
        "a/001.png: it is a directory, not a picture", "a/003.png: the link leads back to itself",
      ])
  }

  /// A class that is moved away and back is missed for as long as it is gone.
  @Test func aDirectoryComesBack() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 0)) { $0.shuffle = false }
    try FileManager.default.moveItem(atPath: folder.path + "/a", toPath: folder.path + "/elsewhere")
    #expect(try generator.batches(epoch: 0, steps: 6).all().flatMap(\.indices) == Array(11..<23))
    try FileManager.default.moveItem(atPath: folder.path + "/elsewhere", toPath: folder.path + "/a")
    #expect(try generator.batches(epoch: 0, steps: 6).all().flatMap(\.indices) == Array(0..<23))
  }

  /// What was kept when the generator was made needs no file any more.
  @Test func keptPicturesOutliveTheirFiles() throws {
    let folder = try folder()
    let generator = try folder.generator()
    try folder.remove("a")
    try folder.remove("b")
    let stream = generator.batches(epoch: 0, steps: 6)
    #expect(try stream.all().flatMap(\.indices).sorted() == Array(0..<23))
    #expect(stream.problems == [])
  }

  /// A whole batch without pictures is passed over, and a directory without any ends the stream with an error.
  @Test func wholeBatchesThatGoAway() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 0)) { $0.shuffle = false }
    for number in 4..<8 { try folder.remove("a/00\(number).png") }
    #expect(try generator.batches(epoch: 0, steps: 3).all().map(\.indices) == [[0, 1, 2, 3], [8, 9, 10, 11]])
    try folder.remove("a")
    try folder.remove("b")
    let stream = generator.batches(epoch: 0, steps: 6)
    let error = #expect(throws: BatchStreamError.self) { try stream.next() }
    #expect(error?.description.hasPrefix("no picture in '\(folder.path)' can be read any more, for example ") == true)
    #expect(stream.problems.count == 23 - 4)
  }

  @Test func filesAreDeletedWhileStreaming() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 0), threads: 3)
    let path = folder.path
    let deleter = WorkerThreads(count: 1) { _ in
      for number in 0..<12 {
        unlink("\(path)/b/\(number < 10 ? "00" : "0")\(number).png")
        usleep(300)
      }
    }
    let stream = generator.batches(epoch: 0, steps: 60)
    var last: Batch?
    while let batch = try stream.next() {
      #expect(batch.levels.map(Int.init) == batch.indices)
      last = batch
    }
    deleter.join()
    #expect(last != nil)
    #expect(Set(stream.problems.map(\.file)).count == stream.problems.count)
    #expect(try generator.batches(epoch: 1, steps: 6).all().flatMap(\.indices).sorted() == Array(0..<11))
  }

  @Test func twoStreamsAtOnce() throws {
    let folder = try folder()
    let generator = try folder.generator(cache: PixelCache(budget: 60), threads: 2)
    let (first, second) = (generator.batches(epoch: 0, steps: 6), generator.batches(epoch: 1, steps: 6))
    for step in 0..<6 {
      let orders = [0, 1].map { generator.order(epoch: $0, pass: 0).dropFirst(4 * step).prefix(4) }
      #expect(try first.next()?.indices == Array(orders[0]))
      #expect(try second.next()?.indices == Array(orders[1]))
    }
  }
}
