import ConvoKernel
import ConvoLanguage

extension LessonError {
  /// As a command reports it. Mistakes in a lesson's text are shown one by one elsewhere; here stands the first.
  func command(_ parameter: String? = nil) -> CommandError {
    var message = message
    if case .mistakes(let mistakes) = self, let first = mistakes.first, let file = first.file {
      message = "\(file):\(first.position?.line ?? 1): \(message)"
    }
    return CommandError(
      { if case .noSuchLesson = self { .unknownName } else { .file } }(), message, help: help, parameter: parameter)
  }
}

extension LessonLibrary {
  static func usualOrCommandError() throws(CommandError) -> LessonLibrary {
    do throws(LessonError) {
      return try usual()
    } catch {
      throw error.command()
    }
  }
}
