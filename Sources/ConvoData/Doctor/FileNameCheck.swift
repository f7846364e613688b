import ConvoImages

/// Files that cannot be read, that are passed over, or whose names say something else than their content.
enum FileNameCheck {
  static func findings(_ generator: ImageGenerator) -> [Finding] {
    unreadable(generator) + passedOver(generator) + misnamed(generator)
  }

  private static func unreadable(_ generator: ImageGenerator) -> [Finding] {
    guard !generator.problems.isEmpty else { return [] }
    let count = generator.problems.count
    return [
      Finding(
        .warning, "\(counted(count, "file")) can't be read and \(count == 1 ? "is" : "are") left out",
        at: generator.problems.map { Finding.Place($0.file, "\($0.problem)") },
        advice: "replace or delete \(count == 1 ? "it" : "them")")
    ]
  }

  private static func passedOver(_ generator: ImageGenerator) -> [Finding] {
    let ignored = generator.ignored
    var findings: [Finding] = []
    if ignored.outsideClasses > 0 {
      findings.append(
        Finding(
          .warning,
          "\(counted(ignored.outsideClasses, "picture lies", "pictures lie")) beside the classes and "
            + "\(ignored.outsideClasses == 1 ? "belongs" : "belong") to none",
          advice: "move \(ignored.outsideClasses == 1 ? "it" : "them") into the directory of a class"))
    }
    if ignored.count > 0 {
      findings.append(
        Finding(
          .note,
          "\(counted(ignored.count, "file is", "files are")) passed over: "
            + "no name of a picture ends like \(ignored.count == 1 ? "its" : "theirs")",
          at: ignored.examples.map { Finding.Place($0, "no picture by its name") },
          advice: "give pictures one of the endings \(DirectoryScan.suffixes.joined(separator: ", "))"))
    }
    return findings
  }

  private static func misnamed(_ generator: ImageGenerator) -> [Finding] {
    let places = zip(generator.samples, generator.facts).compactMap { sample, facts -> Finding.Place? in
      guard let expected = format(ofName: sample.path), expected != facts.header.format else { return nil }
      return Finding.Place(sample.path, "is a \(facts.header.format.name) picture")
    }
    guard !places.isEmpty else { return [] }
    return [
      Finding(
        .note,
        "\(counted(places.count, "name")) \(places.count == 1 ? "says" : "say") another format than the file has",
        at: places, advice: "nothing has to be done here, where the content decides; other programs may go by the name")
    ]
  }

  /// The format that a file's ending stands for; nil for an ending without a meaning.
  static func format(ofName path: String) -> ImageHeader.Format? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    return ImageHeader.Format(extension: name[name.index(after: dot)...])
  }
}
