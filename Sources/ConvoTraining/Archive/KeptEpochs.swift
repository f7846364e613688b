import ConvoNetwork

/// The moments of its past that a `LearnedState` can go back to: the end of each epoch, and the beginning.
///
/// A copy refers to the same file. Two states that learned the same are equal whatever they keep of their past.
struct KeptEpochs: Sendable, Hashable {
  /// The end of an epoch.
  struct Moment: Sendable {
    let epoch: Int
    let snapshot: EpochSnapshot
    /// The optimizer's, where it was not that of `compile` any more.
    let learningRate: Double?
    /// Whether the model has not been compiled since: the optimizer's state is of no use to another one.
    var isOfThisCompilation = true
  }

  private var archive: EpochArchive?
  /// In order.
  private var moments: [Moment] = []
  /// The first epoch that was to be kept; `nil` before.
  private var first: Int?
  /// Why an epoch was not kept.
  private var problem: ArchiveError?

  /// Those that can be gone back to, in order; 0 is the beginning.
  var epochs: [Int] { moments.map(\.epoch) }

  /// Keeps the end of an epoch. Where there is no room, the oldest make some.
  ///
  /// - Parameter needed: Epochs that must not make room.
  /// - Returns: Why it is not kept; `nil` where it is.
  mutating func keep(
    _ epoch: Int, _ weights: UnsafeBufferPointer<Float>, _ optimizer: OptimizerState, learningRate: Double?,
    but needed: Set<Int> = []
  ) -> ArchiveError? {
    forget(from: epoch)
    first = min(first ?? epoch, epoch)
    do throws(ArchiveError) {
      let archive = try opened()
      while true {
        if let snapshot = try archive.keep(weights, optimizer) {
          moments.append(Moment(epoch: epoch, snapshot: snapshot, learningRate: learningRate))
          return nil
        }
        guard let oldest = moments.firstIndex(where: { !needed.contains($0.epoch) }) else { break }
        moments.remove(at: oldest).snapshot.giveUp()
      }
      throw ArchiveError("it takes more than the \(archive.budget) bytes that are kept at most")
    } catch {
      problem = error
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
    if let moment = moments.last(where: { $0.epoch == epoch }) { return moment }
    guard let first, first <= epoch else { throw ArchiveError("it was not trained in this session") }
    throw problem ?? .displaced
  }

  /// Forgets an epoch and all later ones.
  mutating func forget(from epoch: Int) {
    while let last = moments.last, last.epoch >= epoch { moments.removeLast() }
  }

  /// Notes that the optimizer begins afresh.
  mutating func recompile() {
    for index in moments.indices { moments[index].isOfThisCompilation = false }
  }

  static func == (left: KeptEpochs, right: KeptEpochs) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}
