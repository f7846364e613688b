import ConvoLanguage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Looks whether a lesson's links lead somewhere: to files that are there, and to headings that are in them. What is on
/// the network is not looked at.
struct LinkCheck {
  let lesson: Lesson

  var mistakes: [LocatedDiagnostic] {
    lesson.links.compactMap { link in
      guard !InlineText.isAbsolute(link.url), let problem = problem(of: link.url) else { return nil }
      return LocatedDiagnostic(
        Diagnostic(
          code: "lesson", message: "this link leads nowhere: \(problem.message)", help: problem.help,
          span: Span(0, link.url.utf8.count)),
        in: SourceText(link.url, file: lesson.file, firstLine: link.line, firstColumn: link.column))
    }
  }

  private func problem(of url: String) -> (message: String, help: String)? {
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map { Self.decoded($0) }
    let (path, heading) = (parts[0], parts.count > 1 ? parts[1] : nil)
    guard !path.hasPrefix("/") else { return ("it begins with /", "begin at the folder of the lesson") }
    let target = path.isEmpty ? lesson.file ?? "" : folder + path
    guard path.isEmpty || access(target, F_OK) == 0 else { return ("there is no file '\(path)'", "") }
    guard let heading else { return nil }
    guard path.isEmpty || target.hasSuffix(".md") else { return nil }
    guard let text = try? LessonFile.text(at: target) else { return ("'\(path)' can't be read", "") }
    let anchors = Self.anchors(of: text)
    if anchors.contains(heading) { return nil }
    let near = Spelling.nearest(to: heading, in: anchors)
    return ("there is no heading '#\(heading)'", near.map { "did you mean '#\($0)'?" } ?? "")
  }

  /// The lesson's folder with a slash behind it, or nothing.
  private var folder: String {
    guard let file = lesson.file, let slash = file.lastIndex(of: "/") else { return "" }
    return String(file[...slash])
  }

  /// What the headings of a document are called in links, as code hosts make these names: small letters, digits,
  /// hyphens for blanks, and a number behind a name that is there already.
  static func anchors(of text: String) -> [String] {
    var anchors: [String] = []
    var heading: String?
    for event in MarkdownReader.events(of: LessonSource(text).markdown) {
      switch event {
      case .begin(.heading): heading = ""
      case .text(let text), .code(let text): heading?.append(text)
      case .softBreak: heading?.append(" ")
      case .end(.heading):
        let name = (heading ?? "").lowercased().compactMap { character -> Character? in
          character == " "
            ? "-" : character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
        }
        let count = anchors.count {
          $0 == String(name) || $0.hasPrefix(String(name) + "-") && Int($0.dropFirst(name.count + 1)) != nil
        }
        anchors.append(String(name) + (count > 0 ? "-\(count)" : ""))
        heading = nil
      case .begin, .end, .hardBreak, .codeBlock, .thematicBreak, .html, .line: break
      }
    }
    return anchors
  }

  /// With `%20` and the like resolved.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
