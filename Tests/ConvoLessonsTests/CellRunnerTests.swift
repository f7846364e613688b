import ConvoLanguage
import ConvoLessons
import ConvoOutput
import Testing

/// The order in which a lesson is shown and run.
@Suite struct CellRunnerTests {
  private let lesson: Lesson

  init() throws {
    lesson = try Lesson("one\n```convo\na\n```\n```convo\nb\n```\ntwo\n```convo\nc\n```\nthree", file: "l.md")
  }

  /// Runs the lesson and writes down what happens.
  private func run(
    mistakes: [String] = [], outcomes: [String: CellOutcome] = [:]
  ) -> (log: [String], ending: CellRunner.Ending) {
    var log: [String] = []
    let runner = CellRunner(
      check: { source in
        log.append("check \(source.text)")
        return mistakes.contains(source.text) ? [Self.mistake(in: source)] : []
      },
      show: { log.append("show '\($0.dump)'") },
      runCell: { source in
        log.append("run \(source.text)")
        return outcomes[source.text] ?? .succeeded
      })
    let ending = runner.run(lesson)
    return (log, ending)
  }

  private static func mistake(in source: SourceText) -> LocatedDiagnostic {
    LocatedDiagnostic(Diagnostic(code: "test", message: source.text, span: Span(0, 1)), in: source)
  }

  @Test func everythingInOrder() {
    let (log, ending) = run()
    #expect(
      log == [
        "check a", "check b", "check c", "show 'one'", "show ''", "run a", "run b", "show ''", "show 'two'", "show ''",
        "run c", "show ''", "show 'three'",
      ])
    #expect(ending == .finished(cells: 3))
  }

  @Test(arguments: [CellOutcome.failed, .interrupted])
  func stopsAtTheFirstThatDoesNotSucceed(outcome: CellOutcome) {
    let (log, ending) = run(outcomes: ["b": outcome])
    #expect(log.suffix(2) == ["run a", "run b"])
    #expect(ending == .stopped(outcome, cell: lesson.cells[1], number: 2, of: 3))
  }

  @Test func mistakesAreFoundBeforeAnythingRuns() {
    let (log, ending) = run(mistakes: ["b", "c"])
    #expect(log == ["check a", "check b", "check c"])
    #expect(ending == .refused([Self.mistake(in: lesson.cells[1]), Self.mistake(in: lesson.cells[2])]))
    guard case .refused(let mistakes) = ending else { return }
    #expect(mistakes.map { $0.rendered.prefix(6) } == ["l.md:6", "l.md:10".prefix(6)])
  }

  @Test func nothingToRun() throws {
    let runner = CellRunner(check: { _ in [] }, show: { _ in }, runCell: { _ in .failed })
    #expect(try runner.run(Lesson("")) == .finished(cells: 0))
  }
}
