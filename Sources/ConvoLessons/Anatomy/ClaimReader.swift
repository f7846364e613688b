import ConvoLanguage

/// Finds claims in HTML: `<!-- claim: 8 == 8 -->`, or `<!-- claim full: … -->`. Other comments are nothing to it.
enum ClaimReader {
  /// - Parameters:
  ///   - isBlock: whether the HTML has its lines for itself.
  ///   - line: one that the HTML stands in or behind.
  static func claims(
    in html: String, isBlock: Bool, from line: Int, _ mistakes: inout MistakeList
  ) -> [Lesson.Claim] {
    var claims: [Lesson.Claim] = []
    var rest = html[...]
    var line = line
    while let start = rest.firstRange(of: "<!--") {
      let comment = rest[start.lowerBound...]
      let first = comment.prefix { $0 != "\n" }
      line = mistakes.source.place(of: first, from: line)?.line ?? line
      guard let end = comment.firstRange(of: "-->") else {
        mistakes.add("this comment is never closed", help: "close it with -->", line: line)
        return claims
      }
      let text = comment[comment.index(comment.startIndex, offsetBy: 4)..<end.lowerBound]
      if let claim = claim(text, line: line, &mistakes) { claims.append(claim) }
      rest = comment[end.upperBound...]
      // CommonMark takes the whole line for HTML, and shows none of it.
      if isBlock, html.trimmed.hasPrefix("<!--"), isLost(rest) {
        mistakes.add(
          "a line that begins with a comment is not shown, so what stands behind it is lost",
          help: "put the comment at the line's end", line: line)
      }
    }
    return claims
  }

  /// Whether text comes before the next comment.
  private static func isLost(_ rest: Substring) -> Bool {
    let next = rest.firstRange(of: "<!--")?.lowerBound ?? rest.endIndex
    return !rest[..<next].trimmed.isEmpty
  }

  private static func claim(_ comment: Substring, line: Int, _ mistakes: inout MistakeList) -> Lesson.Claim? {
    guard let colon = comment.firstIndex(of: ":") else {
      if comment.trimmed.hasPrefix("claim") {
        mistakes.add("a claim is written claim: EXPRESSION", line: line, at: String(comment.trimmed))
      }
      return nil
    }
    let words = comment[..<colon].split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first, words.count <= 2 else { return nil }
    guard first == "claim" else {
      if Spelling.nearest(to: first, in: ["claim"]) != nil {
        mistakes.add("'\(first)' is nothing that a lesson knows", help: "did you mean 'claim'?", line: line, at: first)
      }
      return nil
    }
    if words.count == 2, words[1] != "full" {
      mistakes.add(
        "there is no claim '\(words[1])'", help: "there are claim: and claim full:", line: line, at: words[1])
      return nil
    }
    let text = comment[comment.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return mistakes.statement(text, line: line).map { Lesson.Claim(statement: $0, isOnlyFull: words.count == 2) }
  }
}
