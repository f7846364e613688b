/// The pictures of a generator that show the same: in one class they count double, in two they contradict each other.
///
/// Blank pictures are all alike and are left to ``PixelCheck``.
struct Copies {
  private let generator: ImageGenerator
  /// The first file that shows a picture, by what it shows, and the others.
  private let first: [FileFacts.Identity: Int]
  private let later: [(original: Int, copy: Int)]

  init(_ generator: ImageGenerator) {
    self.generator = generator
    var first: [FileFacts.Identity: Int] = [:]
    first.reserveCapacity(generator.count)
    var later: [(original: Int, copy: Int)] = []
    for (index, facts) in generator.facts.enumerated() where !facts.isBlank {
      if let original = first[facts.identity] {
        later.append((original, index))
      } else {
        first[facts.identity] = index
      }
    }
    self.first = first
    self.later = later
  }

  /// A file of this generator that shows the same.
  func original(of facts: FileFacts) -> Int? {
    facts.isBlank ? nil : first[facts.identity]
  }

  func findings() -> [Finding] {
    let samples = generator.samples
    let isContradiction: ((original: Int, copy: Int)) -> Bool = { pair in
      generator.hasLabels && samples[pair.original].label != samples[pair.copy].label
    }
    let across = places(later.filter(isContradiction))
    let within = places(later.filter { !isContradiction($0) })
    var findings: [Finding] = []
    if !across.isEmpty {
      findings.append(
        Finding(
          .serious,
          "\(counted(across.count, "picture is", "pictures are")) in two classes, so one of the labels is wrong",
          at: across, advice: "look at them with show FILE and delete the one in the wrong class"))
    }
    if !within.isEmpty {
      findings.append(
        Finding(
          .warning,
          "\(counted(within.count, "picture is", "pictures are")) there twice, and "
            + "count\(within.count == 1 ? "s" : "") twice in training and in what is measured",
          at: within, advice: "delete the copies"))
    }
    return findings
  }

  private func places(_ pairs: [(original: Int, copy: Int)]) -> [Finding.Place] {
    pairs.map { original, copy in
      Finding.Place(generator.samples[copy].path, "the same picture as \(generator.samples[original].path)")
    }
  }
}
