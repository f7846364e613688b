public import ConvoImages

/// What the doctor says of a generator.
public struct Examination: Sendable {
  /// The most serious first.
  public let findings: [Finding]
  /// By label.
  public let classes: [ClassFacts]
  /// The most frequent first.
  public let kinds: [KindFacts]
}

/// One class of a generator.
public struct ClassFacts: Sendable, Equatable {
  public let name: String
  public let images: Int
  /// Files that cannot be read.
  public let leftOut: Int
  /// Mean of the pictures' brightness, 0…255; nil without pictures.
  public let brightness: Double?
}

/// Pictures of the same size, channels and format.
public struct KindFacts: Sendable, Equatable {
  public let header: ImageHeader
  public let images: Int

  /// The channels in words, as the file stores them.
  public var colors: String {
    let depth = header.bitDepth == 8 ? "" : ", \(header.bitDepth) bit"
    return header.colors + depth
  }
}

/// Looks through what is known of a generator's files. Nothing is read again: ten thousand pictures take
/// milliseconds.
public enum Doctor {
  /// - Parameters:
  ///   - others: generators to compare with.
  ///   - areMeantTogether: that one of them validates what the other trains; without it, generators of the very same
  ///     files, or without a class in common, are nothing to complain about.
  public static func examine(
    _ generator: ImageGenerator, with others: [ImageGenerator] = [], areMeantTogether: Bool = false
  ) -> Examination {
    let copies = Copies(generator)
    var findings = ClassCheck.findings(generator)
    for other in others {
      findings += ClassComparison.findings(generator, other, areMeantTogether: areMeantTogether)
      findings += LeakCheck.findings(generator, copies, other, areMeantTogether: areMeantTogether)
    }
    findings += copies.findings()
    findings += FileNameCheck.findings(generator)
    findings += PixelCheck.findings(generator)
    findings += ResizeCheck.findings(generator)
    findings += BatchCheck.findings(generator)
    // Stable: of the same severity, in the order above.
    let sorted = Finding.Severity.allCases.reversed().flatMap { severity in
      findings.filter { $0.severity == severity }
    }
    return Examination(findings: sorted, classes: classes(of: generator), kinds: kinds(of: generator))
  }

  private static func classes(of generator: ImageGenerator) -> [ClassFacts] {
    var leftOut: [Substring: Int] = [:]
    for problem in generator.problems {
      leftOut[problem.file.prefix { $0 != "/" }, default: 0] += 1
    }
    var brightness = Array(repeating: 0.0, count: generator.classNames.count)
    for (sample, facts) in zip(generator.samples, generator.facts) {
      brightness[sample.label] += Double(facts.brightness)
    }
    let counts = generator.classCounts
    return generator.classNames.indices.map { label in
      let name = generator.classNames[label]
      return ClassFacts(
        name: name, images: counts[label], leftOut: leftOut[name[...]] ?? 0,
        brightness: counts[label] == 0 ? nil : brightness[label] / Double(counts[label]))
    }
  }

  private static func kinds(of generator: ImageGenerator) -> [KindFacts] {
    var places: [Kind: Int] = [:]
    var kinds: [(header: ImageHeader, count: Int)] = []
    for facts in generator.facts {
      let kind = Kind(facts.header)
      if let place = places[kind] {
        kinds[place].count += 1
      } else {
        places[kind] = kinds.count
        kinds.append((facts.header, 1))
      }
    }
    // Equally frequent ones stay in the order in which they were found.
    return kinds.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map { KindFacts(header: $0.element.header, images: $0.element.count) }
  }

  private struct Kind: Hashable {
    let format: ImageHeader.Format
    let sides: [Int]

    init(_ header: ImageHeader) {
      format = header.format
      sides = [header.height, header.width, header.channels, header.bitDepth]
    }
  }
}

extension ImageHeader {
  /// The stored channels in words.
  var colors: String {
    switch (channels, format) {
    case (1, .png), (1, .bmp), (1, .tiff), (1, .gif): "gray or palette"
    case (1, _): "gray"
    case (2, _): "gray and alpha"
    case (3, _): "rgb"
    case (4, .jpeg): "cmyk"
    case (4, .tiff): "rgba or cmyk"
    case (4, _): "rgba"
    default: "\(channels) channels"
    }
  }
}
