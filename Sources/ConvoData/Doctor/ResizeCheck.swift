import ConvoImages

/// What becomes of the pictures' detail when they are resized to `target_size`.
enum ResizeCheck {
  /// From here on something is said: pixels of the file for one that is kept; the ratio of sides; how much the
  /// proportions change.
  private static let (leftOut, invented, distorted) = (2.0, 1.5, 1.2)
  /// From here on it costs accuracy.
  private static let (muchLeftOut, muchDistorted) = (25.0, 1.5)

  static func findings(_ generator: ImageGenerator) -> [Finding] {
    shrinking(generator) + enlarging(generator) + distortion(generator)
  }

  private static func shrinking(_ generator: ImageGenerator) -> [Finding] {
    guard generator.options.interpolation == .nearest else { return [] }
    return finding(generator, from: leftOut, much: muchLeftOut) { height, width in
      let (rows, columns) = scale(generator.options, height, width)
      return 1 / (rows * columns)
    } make: { ratio, sizes in
      (
        "\(sizes) by interpolation=nearest, which uses one pixel in \(Int(ratio.rounded())) and leaves the others out",
        "load with interpolation=bilinear, which averages them, or with a larger target_size"
      )
    }
  }

  private static func enlarging(_ generator: ImageGenerator) -> [Finding] {
    return finding(generator, from: invented, much: .infinity) { height, width in
      let (rows, columns) = scale(generator.options, height, width)
      return min(rows, columns)
    } make: { _, sizes in
      ("\(sizes), which invents pixels and takes time for no detail", "load with a smaller target_size")
    }
  }

  private static func distortion(_ generator: ImageGenerator) -> [Finding] {
    return finding(generator, from: distorted, much: muchDistorted) { height, width in
      let (rows, columns) = scale(generator.options, height, width)
      return max(rows / columns, columns / rows)
    } make: { ratio, sizes in
      let percent = Int(((ratio - 1) * 100).rounded())
      return (
        "\(sizes), which changes the proportions by \(percent) %",
        "load with keep_aspect_ratio=true, which cuts the middle out, or with a target_size of the pictures' own "
          + "proportions"
      )
    }
  }

  /// By how much the rows and the columns are stretched.
  private static func scale(_ options: GeneratorOptions, _ height: Int, _ width: Int) -> (rows: Double, columns: Double)
  {
    let rows = Double(options.targetSize.height) / Double(height)
    let columns = Double(options.targetSize.width) / Double(width)
    // What does not fit the proportions is cut off, and the rest scaled alike.
    return options.keepAspectRatio ? (max(rows, columns), max(rows, columns)) : (rows, columns)
  }

  /// A finding about the pictures whose measure reaches a threshold; their most frequent size is the example.
  private static func finding(
    _ generator: ImageGenerator, from threshold: Double, much: Double, measure: (_ height: Int, _ width: Int) -> Double,
    make: (_ measure: Double, _ sizes: String) -> (what: String, advice: String)
  ) -> [Finding] {
    var counts: [Size: Int] = [:]
    var total = 0
    for facts in generator.facts where measure(facts.header.height, facts.header.width) >= threshold {
      counts[Size(height: facts.header.height, width: facts.header.width), default: 0] += 1
      total += 1
    }
    // Of equally frequent ones the smallest, whatever order the dictionary has.
    guard let example = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { return [] }
    let ratio = measure(example.height, example.width)
    let target = generator.options.targetSize
    let pictures = total == generator.count ? "all pictures" : counted(total, "picture")
    let sizes =
      "\(pictures) \(total == 1 ? "is" : "are") resized\(counts.count > 1 ? ", most of them" : "") from "
      + "\(example.height)x\(example.width) to \(target.height)x\(target.width)"
    let (what, advice) = make(ratio, sizes)
    return [Finding(ratio >= much ? .warning : .note, what, advice: advice)]
  }
}

/// The size of a picture's file.
private struct Size: Hashable, Comparable {
  let height: Int
  let width: Int

  static func < (one: Size, other: Size) -> Bool { (one.height, one.width) < (other.height, other.width) }
}
