import ConvoKernel
import Synchronization

/// The lessons that were left in this process, with the session as it was there: who comes back need not wait until
/// everything has run again.
final class LeftLessons: Sendable {
  static let shared = LeftLessons()

  private let walks = Mutex<[String: (place: LessonPlace, state: SessionState)]>([:])

  /// Keeps a lesson that is left. What was played is not kept.
  func keep(_ walk: LessonWalk) {
    var place = walk.place
    let state = place.playedFrom ?? walk.state.applying(.removePart(LessonPlace.self))
    place.playedFrom = nil
    place.review = []
    walks.withLock { $0[place.lesson.id] = (place, state) }
  }

  /// The lesson as it was left; `nil` where it was not, or where its text or its progress is another by now.
  func lesson(_ lesson: Lesson, progress: LessonProgress) -> (place: LessonPlace, state: SessionState)? {
    guard let left = walks.withLock({ $0[lesson.id] }), left.place.lesson.hash == lesson.hash,
      left.place.progress == progress
    else { return nil }
    return left
  }
}
