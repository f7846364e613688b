import ConvoData
import ConvoImages
import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `inspect`: the dataset doctor.
struct Inspect: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "inspect",
    summary: "Looks for what is wrong with a generator's pictures, and says what to do",
    details: """
      Counts by class; sizes, colours and formats; files that can't be read; the same picture twice, in two classes, or \
      in another generator as well (one that a model trained on says nothing about new ones); blank pictures; what \
      resizing does to their detail; what the size of the batches leaves over. Serious is what makes results wrong, a \
      warning costs accuracy, a note is worth knowing.

      Without against, the pictures are compared with those of all other generators of the session.
      """,
    parameters: [
      Parameter("name", .name(of: .generator), .positional, .required, help: "The generator"),
      Parameter(
        "other", .name(of: .generator), .after("against"), .optional,
        help: "The only generator to compare with, such as the one that validates"),
    ],
    examples: [
      Example("inspect train", "everything about a generator", after: ExampleSetUp.generators),
      Example(
        "inspect validation against train", "whether pictures of one are in the other",
        after: ExampleSetUp.generators),
    ])

  let name: String
  let other: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.text("name")
    other = try arguments.textIfGiven("other")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let generator = try context.generator(name, parameter: "name")
    var others = context.state.generators.filter { $0.name != name }
    if let other {
      guard other != name else {
        throw CommandError(
          .badValue, "a generator can't be compared with itself",
          help: "inspect \(name) looks for pictures in it twice",
          parameter: "other")
      }
      others = [try context.generator(other, parameter: "other")]
    }
    let examination = try await context.onOwnThread { [others] in
      Doctor.examine(generator, with: others, areMeantTogether: other != nil)
    }
    context.emit(
      .dataset(
        DatasetReport(
          name: name, images: generator.count, classes: generator.classNames, problems: [],
          findings: examination.findings.flatMap { $0.problems(in: generator.directory) })))
    context.emit(.table(examination.classTable(of: generator)))
    context.emit(.table(examination.kindTable(of: generator)))
    for finding in examination.findings { context.emit(.text(finding.text)) }
    if examination.findings.isEmpty { context.say("\(name) is healthy: there is nothing to complain about", .success) }
    return []
  }
}

extension Examination {
  fileprivate func classTable(of generator: ImageGenerator) -> Table {
    let hasLeftOut = classes.contains { $0.leftOut > 0 }
    let rows = classes.enumerated().map { label, facts in
      let share = Double(facts.images) / Double(max(1, generator.count))
      return [
        FileNameText.oneLine(facts.name), String(label), NumberText.grouped(facts.images),
        NumberText.fixed(share * 100, 1) + " %", facts.brightness.map { NumberText.fixed($0, 0) } ?? "–",
      ] + (hasLeftOut ? [NumberText.grouped(facts.leftOut)] : [])
    }
    return Table(
      title: "Classes of \(generator.name)",
      columns: [
        .init("class"), .init("label", .right), .init("images", .right), .init("share", .right),
        .init("mean brightness", .right),
      ] + (hasLeftOut ? [.init("unreadable", .right)] : []), rows: rows)
  }

  /// More kinds than this are summed up.
  private static let mostKinds = 8

  /// All kinds if they are few; otherwise the most frequent ones, the smallest, the largest and how many others.
  fileprivate func kindTable(of generator: ImageGenerator) -> Table {
    var shown = kinds.map { (kind: $0, remark: "") }
    var rest = 0
    if let size = sizeRange, kinds.count > Self.mostKinds {
      shown = Array(shown.prefix(Self.mostKinds - 2))
      for (index, remark) in [(size.smallest, "smallest"), (size.largest, "largest")] {
        if shown.indices.contains(index) {
          shown[index].remark = remark
        } else {
          shown.append((kinds[index], remark))
        }
      }
      rest = generator.count - shown.reduce(0) { $0 + $1.kind.images }
    }
    var rows = shown.map { kind, remark in
      [
        "\(kind.header.height)x\(kind.header.width)", kind.colors, "\(kind.header.format)",
        NumberText.grouped(kind.images) + (remark.isEmpty ? "" : " (\(remark))"),
      ]
    }
    if rest > 0 { rows.append(["others", "", "", NumberText.grouped(rest)]) }
    return Table(
      title: "Pictures of \(generator.name)",
      columns: [.init("height x width"), .init("colours"), .init("format"), .init("images", .right)], rows: rows)
  }

  /// The kinds with the fewest and the most pixels.
  private var sizeRange: (smallest: Int, largest: Int)? {
    func pixels(_ index: Int) -> Int { kinds[index].header.height * kinds[index].header.width }
    guard let smallest = kinds.indices.min(by: { pixels($0) < pixels($1) }),
      let largest = kinds.indices.max(by: { pixels($0) < pixels($1) })
    else { return nil }
    return (smallest, largest)
  }
}
