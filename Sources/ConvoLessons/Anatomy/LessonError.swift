public import ConvoLanguage

/// Why a lesson could not be read.
public enum LessonError: Error, Hashable, Sendable {
  case missing(path: String)
  /// A directory, or something else that is no regular file.
  case notAFile(path: String, isDirectory: Bool)
  case noPermission(path: String)
  /// Sizes in bytes.
  case tooLarge(path: String, size: Int, limit: Int)
  /// The first line, from 1, with a byte sequence that is no UTF-8.
  case notUTF8(path: String, line: Int)
  /// All that is wrong with the lesson's text, in the order of its lines.
  case mistakes([LocatedDiagnostic])
  /// There is no folder with lessons; `isNamed` where one was asked for by its path.
  case noLessons(in: String, isNamed: Bool)
  case noSuchLesson(String, near: String?)
  /// Any other failed system call.
  case system(path: String, reason: String)
}

extension LessonError {
  /// What is wrong and where, in one sentence without a full stop.
  public var message: String {
    switch self {
    case .missing(let path): "there is no file '\(path)'"
    case .notAFile(let path, isDirectory: true): "'\(path)' is a directory, not a lesson"
    case .notAFile(let path, isDirectory: false): "'\(path)' is not a regular file"
    case .noPermission(let path): "no permission to read '\(path)'"
    case .tooLarge(let path, let size, let limit):
      "'\(path)' is too large for a lesson: \(size) bytes, more than \(limit)"
    case .notUTF8(let path, let line): "\(path):\(line): this is not text in UTF-8"
    case .mistakes(let mistakes): mistakes.first?.diagnostic.message ?? "the lesson has mistakes"
    case .noLessons(let folder, isNamed: true): "CONVO_LESSONS names '\(folder)', where there are no lessons"
    case .noLessons(_, isNamed: false): "the folder with the lessons is not found"
    case .noSuchLesson(let id, _): "there is no lesson '\(id)'"
    case .system(let path, let reason): "'\(path)' can't be read: \(reason)"
    }
  }

  /// How to mend it; may be empty.
  public var help: String {
    switch self {
    case .missing: "check the spelling; a relative path begins in the directory that convo was started in"
    case .notAFile(_, isDirectory: true): "name one of the files in it"
    case .notAFile(_, isDirectory: false): "name a Markdown file"
    case .noPermission: "change the file's permissions, or copy it to where you may read it"
    case .tooLarge: "a lesson is a Markdown file that a person can read; is this the right one?"
    case .notUTF8: "save the file as UTF-8"
    case .mistakes(let mistakes): mistakes.first?.diagnostic.help ?? ""
    case .noLessons: "start convo where the folder 'lessons' is, or set CONVO_LESSONS to its path"
    case .noSuchLesson(_, let near?): "did you mean '\(near)'?"
    case .noSuchLesson(_, nil): "lessons lists them"
    case .system: ""
    }
  }
}

extension LessonError {
  /// Everything that is wrong, ready to be shown.
  public var diagnostics: [LocatedDiagnostic] {
    if case .mistakes(let mistakes) = self { return mistakes }
    return [LocatedDiagnostic(Diagnostic(code: "file", message: message, help: help), in: SourceText(""))]
  }
}
