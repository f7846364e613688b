import ConvoImages

/// The same picture in two generators: measured on what it was trained on, a model looks better than it is.
enum LeakCheck {
  static func findings(
    _ generator: ImageGenerator, _ copies: Copies, _ other: ImageGenerator, areMeantTogether: Bool
  ) -> [Finding] {
    guard generator.options.colorMode == other.options.colorMode else {
      return [
        Finding(
          .note,
          "the pictures were not compared with those of \(other.name), whose color_mode is "
            + other.options.colorMode.rawValue,
          advice: "load both with the same color_mode to look for pictures that are in both")
      ]
    }
    let here = DirectoryProbe.resolved(generator.directory)
    let there = DirectoryProbe.resolved(other.directory)
    var (sameFiles, places) = (0, [Finding.Place]())
    for (sample, facts) in zip(other.samples, other.facts) {
      guard let index = copies.original(of: facts) else { continue }
      let file = generator.samples[index].path
      if "\(here)/\(file)".utf8.elementsEqual("\(there)/\(sample.path)".utf8) { sameFiles += 1 }
      places.append(Finding.Place(file, "the same picture as \(sample.path) of \(other.name)"))
    }
    guard !places.isEmpty else { return [] }
    let isOneDataSet = sameFiles == places.count && sameFiles == min(generator.notBlank, other.notBlank)
    if isOneDataSet, !areMeantTogether {
      return [
        Finding(
          .note, "\(generator.name) and \(other.name) read the same files",
          advice: "never validate with one of them what was trained with the other")
      ]
    }
    return [
      Finding(
        .serious,
        "\(counted(places.count, "picture is", "pictures are")) in \(generator.name) and in \(other.name) as well",
        at: places.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) },
        advice: "delete them from one of the two: what a model was trained on says nothing about new pictures")
    ]
  }
}

extension ImageGenerator {
  fileprivate var notBlank: Int { facts.count { !$0.isBlank } }
}
