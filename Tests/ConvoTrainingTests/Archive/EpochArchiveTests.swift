import ConvoData
import ConvoNetwork
import Testing

@testable import ConvoTraining

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the weights of epochs are kept.
@Suite struct EpochArchiveTests {
  private let empty = OptimizerState(for: SGD(), weights: 0)

  private func keep(_ numbers: [Float], in archive: EpochArchive) throws -> EpochSnapshot? {
    try numbers.withUnsafeBufferPointer { buffer throws(ArchiveError) in try archive.keep(buffer, empty) }
  }

  @Test func whatIsKeptComesBack() throws {
    let archive = try EpochArchive()
    let numbers = (0..<5000).map { Float($0) * 0.1 }
    let first = try #require(try keep(numbers, in: archive))
    let second = try #require(try keep(numbers.reversed(), in: archive))
    #expect(try first.weights() == numbers)
    #expect(try second.weights() == numbers.reversed())
    #expect(try first.optimizer() == nil)
  }

  @Test func placesAreUsedAgain() throws {
    let archive = try EpochArchive(budget: 3 * 40)
    var kept = try (0..<3).map { try keep(Array(repeating: Float($0), count: 10), in: archive) }
    #expect(kept.allSatisfy { $0 != nil })
    #expect(try keep(Array(repeating: 9, count: 10), in: archive) == nil)
    kept.remove(at: 1)
    let other = try #require(try keep(Array(repeating: 9, count: 10), in: archive))
    #expect(try other.weights() == Array(repeating: 9, count: 10))
    #expect(try kept[1]?.weights() == Array(repeating: 2, count: 10))
    kept[0]?.giveUp()
    let error = #expect(throws: ArchiveError.self) { try kept[0]?.weights() }
    #expect(error?.problem == "its place was needed for later epochs")
  }

  /// Free parts that touch become one, whatever the order in which they come back.
  @Test func freePartsAreJoined() {
    var orders: [[Int]] = [[]]
    for _ in 0..<4 { orders = orders.flatMap { order in (0..<4).filter { !order.contains($0) }.map { order + [$0] } } }
    #expect(orders.count == 24)
    for order in orders {
      var space = FreeSpace(size: 40)
      let places = (0..<4).compactMap { _ in space.take(10) }
      #expect(places == [0, 10, 20, 30] && space.take(1) == nil)
      for index in order { space.give(places[index]..<places[index] + 10) }
      #expect(space.parts == [0..<40])
    }
  }

  /// The oldest make room, but never the best one.
  @Test func anArchiveWithoutRoomKeepsTheLatestAndTheBest() throws {
    let images = try StripedImages([6, 6])
    let model = try smallModel(descent(0.01))
    let trainer = Trainer(model, threads: 1)
    let generator = try images.generator(batch: 5)
    var start = LearnedState(initial: model, seed: 1)
    // Weights and momentum of three epochs.
    start.kept.use(try EpochArchive(budget: 3 * 2 * 4 * start.weights.count))
    let log = try FitLog(trainer, from: start, on: generator, validation: generator, FitSettings(epochs: 6))
    let best = try #require(log.state.bestEpoch)
    #expect(Set(log.state.keptEpochs) == Set([best] + (1...6).filter { $0 != best }.suffix(2)))
    #expect(log.events.filter { $0.hasPrefix("not kept") }.isEmpty)
    let error = #expect(throws: RewindError.self) { try log.state.rewound(to: 1, of: model) }
    if best != 1, case .notKept(_, let reason, _)? = error {
      #expect(reason.problem == "its place was needed for later epochs")
    }
  }

  @Test func withoutRoomForOneTrainingGoesOn() throws {
    let images = try StripedImages([6, 6])
    let model = try smallModel()
    let generator = try images.generator(batch: 5)
    let start = LearnedState(initial: model, seed: 1)
    var cramped = start
    cramped.kept.use(try EpochArchive(budget: 100))
    let straight = try FitLog(Trainer(model, threads: 1), from: start, on: generator, FitSettings(epochs: 3))
    let log = try FitLog(Trainer(model, threads: 1), from: cramped, on: generator, FitSettings(epochs: 3))
    #expect(log.state.isTheSame(as: straight.state))
    #expect(log.state.keptEpochs == [])
    #expect(
      log.events.filter { $0.hasPrefix("not kept") }
        == ["not kept 0: it takes more than the 100 bytes that are kept at most"])
  }

  /// A device that is always full.
  @Test func aWriteThatFailsGivesItsPlaceBack() throws {
    let archive = EpochArchive(descriptor: open("/dev/full", O_RDWR), budget: 8)
    for _ in 0..<2 {
      let error = #expect(throws: ArchiveError.self) { try keep([1, 2], in: archive) }
      #expect(error?.problem == "the file can't be written: No space left on device")
    }
  }

  @Test func aFileThatIsCutShortIsNotTakenForNumbers() throws {
    let path = "/tmp/convo-cut-\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    unlink(path)
    let archive = EpochArchive(descriptor: descriptor, budget: 100)
    let kept = try #require(try keep([1, 2, 3], in: archive))
    ftruncate(descriptor, 8)
    let error = #expect(throws: ArchiveError.self) { try kept.weights() }
    #expect(error?.problem == "the file is shorter than what was written")
  }

  @Test func aDirectoryThatIsNotThere() {
    let error = #expect(throws: ArchiveError.self) { try EpochArchive(directory: "/nowhere") }
    #expect(error?.problem == "no file can be made in '/nowhere': No such file or directory")
  }
}
