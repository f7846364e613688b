import ConvoLanguage

/// What a lesson says of itself in its front matter.
public struct LessonHead: Sendable {
  /// A text in the lesson's cells that gives way to another where pictures are to be small.
  struct Replacement: Sendable, Hashable {
    var text: String
    var replacement: String
    var line: Int
  }

  public var id: String
  public var title: String
  /// The heading of the notes that the lesson is about.
  public var notes: String?
  /// The lessons whose end state this one starts from.
  public var needs: [String]
  /// How long it takes to work through it.
  public var minutes: Int?
  /// Its place in the course.
  public var order: Int?
  /// Other names that a concept goes by.
  public var also: [String]
  var replacements: [Replacement]
  /// Where the needs and the names stand, for mistakes that show when all lessons are seen together.
  var lines: [String: Int]
  /// Whether there is front matter at all.
  var isWritten: Bool

  private static let keys = ["id", "title", "notes", "needs", "minutes", "order", "small", "also"]

  /// Of a document without front matter: the name of its file, and its first heading.
  init(documentAt file: String?, title: String?) {
    let name = file?.split(separator: "/").last ?? "lesson"
    id = String(name.hasSuffix(".md") ? name.dropLast(3) : name)
    self.title = title ?? id
    (needs, also, replacements, lines, isWritten) = ([], [], [], [:], false)
  }

  private init(id: String, title: String, lines: [String: Int]) {
    self.id = id
    self.title = title
    self.lines = lines
    (needs, also, replacements, isWritten) = ([], [], [], true)
  }

  /// The front matter; `nil` where there is none, or it has no name.
  static func read(from source: LessonSource, _ mistakes: inout MistakeList) -> LessonHead? {
    guard let range = source.frontMatter else { return nil }
    let fields = Field.read(range.map(source.line), firstLine: range.lowerBound, comments: true, &mistakes)
    let block = FieldBlock("the front matter", line: 1, fields: fields, keys: keys, &mistakes)
    var values: [String: [(text: String, line: Int)]] = [:]
    for field in fields { values[field.key] = FrontMatterValue.values(of: field, &mistakes) }
    func one(_ key: String, isRequired: Bool = false) -> String? {
      guard let field = block.first(key) else {
        if isRequired { mistakes.add("the front matter needs '\(key)'", help: "add a line: \(key): …", line: 1) }
        return nil
      }
      guard let value = values[key]?.first, values[key]?.count == 1, !value.text.isEmpty else {
        mistakes.add("'\(key)' is one text", line: field.value.line)
        return nil
      }
      return value.text
    }
    func number(_ key: String) -> Int? {
      guard let text = one(key) else { return nil }
      if let number = Int(text), (0...9999).contains(number) { return number }
      mistakes.add("'\(key)' is a whole number, not '\(text)'", line: block.first(key)?.value.line ?? 1, at: text)
      return nil
    }
    let id = one("id", isRequired: true)
    let title = one("title", isRequired: true)
    for (key, names) in [("id", id.map { [$0] } ?? []), ("needs", values["needs"]?.map(\.text) ?? [])] {
      for name in names where !isName(name) {
        mistakes.add(
          "'\(name)' is no lesson's id", help: "an id has small letters, digits and '-'",
          line: block.first(key)?.value.line ?? 1, at: name)
      }
    }
    var head = LessonHead(
      id: id ?? "", title: title ?? "",
      lines: Dictionary(fields.map { ($0.key, $0.value.line) }) { first, _ in first })
    head.notes = one("notes")
    head.minutes = number("minutes")
    head.order = number("order")
    head.needs = values["needs"]?.map(\.text) ?? []
    head.also = values["also"]?.map(\.text) ?? []
    head.replacements = (values["small"] ?? []).compactMap { replacement($0.text, line: $0.line, &mistakes) }
    return head
  }

  private static func replacement(_ text: String, line: Int, _ mistakes: inout MistakeList) -> Replacement? {
    let parts = text.split(separator: " -> ", maxSplits: 1).map { String($0.trimmed) }
    guard parts.count == 2, !parts[0].isEmpty else {
      mistakes.add(
        "'small' has lines of the form '- TEXT -> SMALLER TEXT'", help: "as in - 300x300 -> 100x100", line: line)
      return nil
    }
    return Replacement(text: parts[0], replacement: parts[1], line: line)
  }

  private static func isName(_ text: String) -> Bool {
    text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
  }
}
