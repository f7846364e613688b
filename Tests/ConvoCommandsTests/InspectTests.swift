import ConvoImages
import ConvoTestSupport
import Foundation
import Testing

/// `inspect`, and the verdict of `load generator`, run by the real program.
@Suite struct InspectTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (number, name) in ["train/a/1", "train/a/2", "train/b/3", "train/b/4", "other/a/5", "other/b/6"].enumerated() {
      try write(number, to: name + ".png")
    }
  }

  /// A picture of 8x8 like no other.
  private func write(_ seed: Int, to name: String) throws {
    let file = folder.url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let bytes = (0..<192).map { UInt8(truncatingIfNeeded: ($0 + 1) * ($0 + 7 * seed + 3) * 31) }
    try PixelImage(height: 8, width: 8, channels: 3, bytes: bytes).writePNG(to: file.path)
  }

  private static let load = "load generator train from train target_size=8x8 batch_size=2"
  private static let loadOther = "load generator other from other target_size=8x8 batch_size=2"

  private func run(_ program: String..., options: [String] = []) throws -> ConvoProcess.Outcome {
    try ConvoProcess.run(options + ["-c", program.joined(separator: "\n")], in: folder.url)
  }

  @Test func aHealthyDataSet() throws {
    let outcome = try run(Self.load, Self.loadOther, "inspect train against other")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        Found 4 images belonging to 2 classes.
        class indices: a 0, b 1
        train is healthy
        Found 2 images belonging to 2 classes.
        class indices: a 0, b 1
        other is healthy
        Found 4 images belonging to 2 classes.
        class indices: a 0, b 1
        Classes of train
        ┏━━━━━━━┳━━━━━━━┳━━━━━━━━┳━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
        ┃ class ┃ label ┃ images ┃  share ┃ mean brightness ┃
        ┡━━━━━━━╇━━━━━━━╇━━━━━━━━╇━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
        \(outcome.output.split(separator: "\n").filter { $0.hasPrefix("│ a ") || $0.hasPrefix("│ b ") }
          .joined(separator: "\n"))
        └───────┴───────┴────────┴────────┴─────────────────┘
        Pictures of train
        ┏━━━━━━━━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━┳━━━━━━━━┓
        ┃ height x width ┃ colours ┃ format ┃ images ┃
        ┡━━━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━╇━━━━━━━━┩
        │ 8x8            │ rgb     │ png    │      4 │
        └────────────────┴─────────┴────────┴────────┘
        train is healthy: there is nothing to complain about

        """)
    #expect(outcome.output.contains("│ a     │     0 │      2 │ 50.0 % │"))
  }

  @Test func findingsSayWhatWhereAndWhatToDo() throws {
    try write(0, to: "train/b/copy of 1\n.png")
    try Data().write(to: folder.url.appending(path: "train/a/empty.png"))
    let outcome = try run(Self.load, "inspect train")
    #expect(outcome.output.contains("\ntrain has 2 findings, 1 serious: inspect train\n"))
    let findings = outcome.output.components(separatedBy: "└────────────────┴─────────┴────────┴────────┘\n")[1]
      .replacing("\n    ", with: " ")  // lines that were broken
    #expect(
      findings == """
        serious: 1 picture is in two classes, so one of the labels is wrong
          b/copy of 1\\n.png: the same picture as a/1.png
          → look at them with show FILE and delete the one in the wrong class
        warning: 1 file can't be read and is left out
          a/empty.png: the file is empty
          → replace or delete it
        note: the classes are uneven: 3 pictures of 'b', 2 of 'a'
          → add pictures of the rare class; always answering 'b' is right 60 times in 100, so compare the accuracy with that
        note: the last of 3 batches holds only 1 picture of 2
          → nothing is lost without steps_per_epoch; with steps_per_epoch=2, 1 picture of every epoch stays unseen, others each time

        """)
    #expect(outcome.output.contains("│ a     │     0 │      2 │ 40.0 % │"))
  }

  /// Programs get every file with what is the matter with it.
  @Test func problemsAreEvents() throws {
    try write(0, to: "other/a/leak\n.png")
    try Data([1]).write(to: folder.url.appending(path: "other/b/no.png"))
    let outcome = try run(Self.load, Self.loadOther, "inspect other", options: ["--json"])
    let datasets = outcome.events.filter { $0["event"] as? String == "dataset" }
    let problems = try #require(datasets.last?["problems"] as? [[String: String]])
    #expect(
      problems.prefix(2) == [
        ["file": "a/leak\n.png", "problem": "the same picture as a/1.png of train"],
        ["file": "b/no.png", "problem": "\(try #require(problems.dropFirst().first?["problem"]))"],
      ])
    #expect(problems.dropFirst(2).map { $0["file"] }.allSatisfy { $0 == "other" })
    #expect(outcome.events.filter { $0["event"] as? String == "table" }.count == 2)
    // load generator says it as well: a verdict of one line.
    let texts = outcome.events.compactMap { $0["text"] as? String }
    #expect(texts.contains("other has 2 findings, 1 serious: inspect other"))
  }

  @Test func mistakesAreNamed() throws {
    #expect(try run(Self.load, "inspect trian").errors.contains("did you mean 'train'?"))
    #expect(try run(Self.load, "inspect train against otehr").errors.contains("there is no generator 'otehr'"))
    #expect(try run(Self.load, "inspect train against train").errors.contains("with itself"))
  }

  @Test func quietShowsTheFindings() throws {
    try write(0, to: "train/a/copy.png")
    let outcome = try run(Self.load, "inspect train", options: ["--quiet"])
    #expect(outcome.output.contains("warning: 1 picture is there twice"))
  }
}
