import ConvoKernel
import ConvoLanguage

/// Checks lessons of one library.
struct LibraryCheck {
  let library: LessonLibrary
  let isSmall: Bool
  let context: CommandContext

  /// What is wrong with a lesson, from its front matter to its last claim.
  func report(on original: Lesson) async -> CheckReport {
    let begin = ContinuousClock.now
    let isConcept = library.concepts.contains { $0.file == original.file }
    var report = CheckReport(
      name: original.id, failures: library.mistakes(of: original), counts: counts(of: original))
    do {
      let lesson = isSmall ? try original.atSmallSize() : original
      report.failures += LinkCheck(lesson: lesson).mistakes
      report.failures += lesson.program.flatMap { context.catalog.mistakes(in: $0.source) }
      // Nothing runs before all that can be found without running is in order.
      guard report.passes else {
        report.isComplete = false
        return report
      }
      let before = try library.lessons(before: original)
      let needed = isSmall ? try before.map { lesson throws(LessonError) in try lesson.atSmallSize() } : before
      let start = try await EndStates.shared.state(after: needed, settings: context.state.settings, in: context)
      await run(lesson, from: start, after: needed, into: &report)
      if isConcept, report.passes, original.head.needs.isEmpty {
        // A concept speaks with the learner's own model where there is one.
        let trained = try await EndStates.shared.state(
          after: [try Self.trainedSession()], settings: context.state.settings, in: context)
        await run(lesson, from: trained, after: nil, into: &report)
      }
    } catch let failure as EndStates.Failure {
      report.failures += failure.mistakes
      report.isComplete = false
    } catch let error as LessonError {
      report.failures += error.diagnostics
      report.isComplete = false
    } catch {
      report.failures.append(LocatedDiagnostic(Diagnostic(code: "system", message: "\(error)"), in: SourceText("")))
    }
    report.seconds = begin.duration(to: .now) / .seconds(1)
    return report
  }

  private func counts(of lesson: Lesson) -> [CheckReport.Kind: Int] {
    var counts: [CheckReport.Kind: Int] = [.link: lesson.links.count]
    for step in lesson.steps {
      switch step {
      case .prose(let prose): counts[.claim, default: 0] += prose.claims.count { !(isSmall && $0.isOnlyFull) }
      case .cell: counts[.cell, default: 0] += 1
      case .question: counts[.question, default: 0] += 1
      case .exercise: counts[.exercise, default: 0] += 1
      }
    }
    return counts
  }

  private func run(
    _ lesson: Lesson, from start: SessionState, after needed: [Lesson]?, into report: inout CheckReport
  ) async {
    var check = LessonCheck(lesson, isSmall: isSmall, from: start, in: context)
    await check.run()
    report.failures += check.failures
    report.isComplete = check.isComplete
    if let needed, check.failures.isEmpty {
      EndStates.shared.remember(check.state, after: (needed + [lesson])[...], context.state.settings)
    }
  }

  /// A session in which something was trained, as small as can be.
  private static func trainedSession() throws(LessonError) -> Lesson {
    let generator = "rescale=1/255 target_size=32x32 batch_size=4 class_mode=binary"
    return try Lesson(
      """
      ```convo
      make dataset horse-or-human into datasets/smallest limit=4
      load generator train from datasets/smallest/train \(generator)
      load generator validation from datasets/smallest/validation \(generator)
      new model input=32x32x3
      add conv2d 4 3x3 activation=relu
      add maxpooling2d 2x2
      add flatten
      add dense 1 activation=sigmoid
      compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.001 metrics=[accuracy]
      fit train epochs=2 validation_data=validation
      evaluate validation
      ```
      """)
  }
}
