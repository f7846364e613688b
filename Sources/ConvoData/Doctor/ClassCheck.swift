import ConvoImages

/// How the pictures are spread over the classes, and whether something other than their content tells them apart.
enum ClassCheck {
  /// From here on the classes are called uneven, and very uneven.
  private static let (uneven, veryUneven) = (1.5, 3.0)
  /// Fewer pictures of a class prove nothing about it.
  private static let fewestForGiveaway = 5

  static func findings(_ generator: ImageGenerator) -> [Finding] {
    guard generator.hasLabels, generator.classNames.count > 1 else { return [] }
    return emptyClasses(generator) + balance(generator) + giveaways(generator)
  }

  private static func emptyClasses(_ generator: ImageGenerator) -> [Finding] {
    let counts = generator.classCounts
    let empty = generator.classNames.indices.filter { counts[$0] == 0 }.map { generator.classNames[$0] }
    guard !empty.isEmpty else { return [] }
    let names = empty.map { "'\($0)'" }.joined(separator: ", ")
    return [
      Finding(
        .serious, "\(empty.count == 1 ? "the class \(names) has" : "the classes \(names) have") no picture",
        at: empty.map { Finding.Place($0) },
        advice: "add pictures, or name the classes to load with classes=[…]")
    ]
  }

  private static func balance(_ generator: ImageGenerator) -> [Finding] {
    let counts = generator.classCounts
    let filled = counts.indices.filter { counts[$0] > 0 }
    guard filled.count > 1, let most = filled.max(by: { counts[$0] < counts[$1] }),
      let least = filled.min(by: { counts[$0] < counts[$1] })
    else { return [] }
    let ratio = Double(counts[most]) / Double(counts[least])
    guard ratio >= uneven else { return [] }
    let share = Double(counts[most]) / Double(generator.count)
    let name = generator.classNames[most]
    return [
      Finding(
        ratio >= veryUneven ? .warning : .note,
        "the classes are uneven: \(counted(counts[most], "picture")) of '\(name)', \(counts[least]) of "
          + "'\(generator.classNames[least])'",
        advice: "add pictures of the rare class; always answering '\(name)' is right "
          + "\(Int((share * 100).rounded())) times in 100, so compare the accuracy with that")
    ]
  }

  /// A property of the files that is another one in each class will be learned in place of what they show.
  private static func giveaways(_ generator: ImageGenerator) -> [Finding] {
    let counts = generator.classCounts
    guard counts.allSatisfy({ $0 >= fewestForGiveaway }) else { return [] }
    let properties: [(name: String, value: (FileFacts) -> String)] = [
      ("format", { "\($0.header.format)" }), ("colour mode", { $0.header.colors }),
      ("size", { "\($0.header.height)x\($0.header.width)" }),
    ]
    return properties.compactMap { name, value in
      var labels: [String: Int] = [:]
      for (sample, facts) in zip(generator.samples, generator.facts) {
        let value = value(facts)
        guard labels[value, default: sample.label] == sample.label else { return nil }
        labels[value] = sample.label
        // Sizes that are all different give nothing away.
        guard labels.count <= 2 * counts.count else { return nil }
      }
      let byClass = generator.classNames.indices.map { label in
        "\(generator.classNames[label]) \(labels.filter { $0.value == label }.keys.sorted().joined(separator: " and "))"
      }
      return Finding(
        .warning, "the \(name) of the file alone tells the classes apart: \(byClass.joined(separator: ", "))",
        advice: "convert all pictures alike, or the model may learn the traces of the \(name) and not what is shown")
    }
  }
}

extension ImageGenerator {
  /// Whether the classes matter.
  var hasLabels: Bool {
    switch options.classMode {
    case .binary, .categorical, .sparse: true
    case .input, .none: false
    }
  }
}
