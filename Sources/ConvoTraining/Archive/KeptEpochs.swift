import ConvoNetwork

/// The moments of its past that a `LearnedState` can go back to: the end of each epoch, and the beginning.
///
/// A copy refers to the same file. Two states that learned the same are equal whatever they keep of their past.
struct KeptEpochs: Sendable, Hashable {
  /// The end of an epoch.
  struct Moment: Sendable {
    let snapshot: EpochSnapshot
    /// The optimizer's, where it was not that of `compile` any more.
    let learningRate: Double?
    /// Whether the model has not been compiled since: the optimizer's state is of no use to another one.
    var isOfThisCompilation = true
  }

  private var archive: EpochArchive?
  private var moments: [Int: Moment] = [:]
  /// Why epochs are not kept.
  private var problems: [Int: ArchiveError] = [:]

  /// Those that can be gone back to, in order; 0 is the beginning.
  var epochs: [Int] { moments.keys.sorted() }

  /// Keeps the end of an epoch. Where there is no room, the oldest make some.
  ///
  /// - Parameter needed: Epochs that must not make room.
  /// - Returns: Why it is not kept; `nil` where it is.
  mutating func keep(
    _ epoch: Int, _ weights: UnsafeBufferPointer<Float>, _ optimizer: OptimizerState, learningRate: Double?,
    but needed: Set<Int> = []
  ) -> ArchiveError? {
    forget(from: epoch)
    do throws(ArchiveError) {
      let archive = try opened()
      while true {
        if let snapshot = try archive.keep(weights, optimizer) {
          moments[epoch] = Moment(snapshot: snapshot, learningRate: learningRate)
          return nil
        }
        guard let oldest = epochs.first(where: { !needed.contains($0) }) else { break }
        moments[oldest]?.snapshot.giveUp()
        moments[oldest] = nil
        problems[oldest] = ArchiveError("its place was needed for later epochs")
      }
      throw ArchiveError("it takes more than the \(archive.budget) bytes that are kept at most")
    } catch {
      problems[epoch] = error
      return error
    }
  }

  private mutating func opened() throws(ArchiveError) -> EpochArchive {
    if let archive { return archive }
    let opened = try EpochArchive()
    archive = opened
    return opened
  }

  /// Uses an archive of another size, for tests.
  mutating func use(_ archive: EpochArchive) {
    self.archive = archive
  }

  /// The end of an epoch. Throws why it is not kept.
  func moment(_ epoch: Int) throws(ArchiveError) -> Moment {
    guard let moment = moments[epoch] else {
      throw problems[epoch] ?? ArchiveError("it was not trained in this session")
    }
    return moment
  }

  /// Forgets an epoch and all later ones.
  mutating func forget(from epoch: Int) {
    moments = moments.filter { $0.key < epoch }
    problems = problems.filter { $0.key < epoch }
  }

  /// Notes that the optimizer begins afresh.
  mutating func recompile() {
    for epoch in moments.keys { moments[epoch]?.isOfThisCompilation = false }
  }

  static func == (left: KeptEpochs, right: KeptEpochs) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}
