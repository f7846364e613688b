import ConvoKernel
import ConvoLanguage
import ConvoSchema

/// `check`: verifies lessons.
struct Check: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "check",
    summary: "Verifies lessons: claims, questions, exercises, links, cells",
    details: """
      Every claim has to hold; every exercise has to fail where it stands and to pass with its solution; the check of \
      every question's answer has to hold once the next cell has run; every link to a file or a heading has to lead \
      there; every cell has to run. What lessons need is run before them.
      """,
    parameters: [
      Parameter(
        "lessons", .list(of: .text), .positional, .defaults(to: .list([])),
        help: "Ids, or files; all lessons and concepts where none is named"),
      Parameter(
        "small", .boolean, .named, .defaults(to: .boolean(false)),
        help: "With small pictures, where a lesson offers that"),
    ],
    examples: [Example("check model", "one lesson or concept")])

  let names: [String]
  let isSmall: Bool

  init(_ arguments: Arguments) throws(ArgumentError) {
    names = try arguments.wordsIfGiven("lessons") ?? []
    isSmall = try arguments.boolean("small")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var reports: [CheckReport] = []
    for (library, lesson) in try wanted() {
      let report =
        switch lesson {
        case .success(let lesson):
          await LibraryCheck(library: library, isSmall: isSmall, context: context).report(on: lesson)
        case .failure(let unreadable): unreadable.report
        }
      report.show(in: context)
      reports.append(report)
      if context.interruption.isRequested { return [] }
    }
    let failed = reports.filter { !$0.passes }
    guard failed.isEmpty else {
      throw CommandError(
        .badValue,
        failed.count == 1 && reports.count == 1
          ? "the lesson does not pass" : "\(failed.count) of \(reports.count) lessons do not pass")
    }
    return []
  }

  /// A file that can't be read as a lesson.
  private struct Unreadable: Error {
    var report: CheckReport

    init(_ name: String, _ mistakes: [LocatedDiagnostic]) {
      report = CheckReport(name: name, failures: mistakes, isComplete: false)
    }
  }

  private func wanted() throws -> [(library: LessonLibrary, lesson: Result<Lesson, Unreadable>)] {
    if names.isEmpty {
      let library = try LessonLibrary.usualOrCommandError()
      let broken = library.unreadable.sorted { $0.key < $1.key }
      return broken.map { (library, .failure(Unreadable($0.key, $0.value))) }
        + (library.lessons + library.concepts).map { (library, .success($0)) }
    }
    return try names.map { name in
      guard name.contains("/") || name.hasSuffix(".md") else {
        let library = try LessonLibrary.usualOrCommandError()
        do throws(LessonError) {
          return (library, .success(try library.lesson(name)))
        } catch {
          if let concept = library.concept(name) { return (library, .success(concept)) }
          if case .mistakes(let mistakes) = error { return (library, .failure(Unreadable(name, mistakes))) }
          throw error.command("lessons")
        }
      }
      let library = LessonLibrary.around(name)
      do throws(LessonError) {
        return (library, .success(try Lesson(contentsOf: name)))
      } catch {
        guard case .mistakes(let mistakes) = error else { throw error.command("lessons") }
        return (library, .failure(Unreadable(name, mistakes)))
      }
    }
  }
}
