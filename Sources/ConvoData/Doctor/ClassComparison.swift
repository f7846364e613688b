/// Whether two generators give the same labels to the same classes.
enum ClassComparison {
  static func findings(
    _ generator: ImageGenerator, _ other: ImageGenerator, areMeantTogether: Bool
  ) -> [Finding] {
    guard generator.hasLabels, other.hasLabels else { return [] }
    let (names, others) = (generator.classNames, other.classNames)
    // Byte by byte, as the file system compares.
    let (ours, theirs) = (Set(names.map { Array($0.utf8) }), Set(others.map { Array($0.utf8) }))
    guard names.map({ Array($0.utf8) }) != others.map({ Array($0.utf8) }) else { return [] }
    guard areMeantTogether || !ours.isDisjoint(with: theirs) else { return [] }
    let order = areMeantTogether ? names : names.filter { theirs.contains(Array($0.utf8)) }
    let advice = "load both with the same classes=[\(order.joined(separator: " "))]"
    guard ours == theirs else {
      let missing = names.filter { !theirs.contains(Array($0.utf8)) }
      let added = others.filter { !ours.contains(Array($0.utf8)) }
      let differences =
        (missing.isEmpty ? [] : ["\(other.name) has no \(list(missing))"])
        + (added.isEmpty ? [] : ["\(generator.name) has no \(list(added))"])
      return [
        Finding(
          .serious,
          "the classes of \(generator.name) and \(other.name) differ: "
            + differences.joined(separator: ", and "), advice: advice)
      ]
    }
    let label = names.indices.first { names[$0] != others[$0] } ?? 0
    return [
      Finding(
        .serious,
        "the classes of \(generator.name) and \(other.name) are in another order: class \(label) is "
          + "'\(names[label])' here and '\(others[label])' there", advice: advice)
    ]
  }

  private static func list(_ names: [String]) -> String {
    let most = 3
    let shown = names.prefix(most).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }
}
