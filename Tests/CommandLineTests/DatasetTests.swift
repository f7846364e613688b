import ConvoTestSupport
import Foundation
import Testing

/// Built-in data sets, drawn, listed and replaced by one's own.
@Suite struct DatasetTests {
  private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> ConvoProcess.Outcome {
    try ConvoProcess.run(arguments, in: folder.url)
  }

  private func rows(_ outcome: ConvoProcess.Outcome) throws -> [[String]] {
    let table = try #require(outcome.events.first { $0["event"] as? String == "table" })
    return try #require(table["rows"] as? [[String]])
  }

  private func texts(_ outcome: ConvoProcess.Outcome) -> [String] {
    outcome.events.compactMap { $0["event"] as? String == "text" ? $0["text"] as? String : nil }
  }

  @Test func whatIsBuiltInIsListedWithWhatIsDrawn() throws {
    let folder = try TemporaryFolder()
    #expect(
      try rows(run("datasets", "--json", in: folder)) == [
        ["horse-or-human", "none of 1,283", "–", "datasets/horse-or-human/"],
        ["handbags", "none of 3,030", "–", "datasets/handbags/"],
      ])
    let drawn = try run("datasets", "render", "handbags", "--limit", "1", "--json", in: folder)
    #expect(drawn.status == 0 && drawn.errors.isEmpty)
    #expect(texts(drawn) == ["datasets/handbags: 12 pictures drawn"])
    #expect(!drawn.events.contains { ($0["event"] as? String ?? "").hasPrefix("not JSON") })
    let list = try run("datasets", "--json", in: folder)
    let row = try #require(try rows(list).last)
    #expect(row[1] == "12 of 3,030 (limit=1)" && row[2].hasSuffix("KB"), "\(row)")
    #expect(texts(list).contains { $0.contains("\n  load generator train from path/to/train ") })
    // The same at the prompt, for people.
    let prompt = try run("-c", "datasets", in: folder)
    #expect(prompt.status == 0 && prompt.output.contains("12 of 3,030 (limit=1)"))
  }

  @Test func handbagsAreDrawnWhereTheyAreWantedAndLoad() throws {
    let folder = try TemporaryFolder()
    let program = """
      make dataset handbags into here limit=2
      load generator clean from here/clean/train color_mode=grayscale target_size=28x28 class_mode=sparse
      load generator wild from here/wild/validation target_size=300x300 class_mode=categorical
      load generator oops from here
      """
    let outcome = try run("--json", "-c", program, in: folder)
    #expect(outcome.status == 0)
    let sets = outcome.events.filter { $0["event"] as? String == "dataset" }
    #expect(sets.count == 3)
    for set in sets.prefix(2) {
      #expect(set["images"] as? Int == 6)
      #expect(set["classes"] as? [String: Int] == ["bag": 0, "shirt": 1, "shoe": 2])
    }
    #expect(texts(outcome).contains { $0.contains("did you mean: from here/clean") })
  }

  /// As the course's archives unpack.
  private func course(in folder: TemporaryFolder, classes: [String] = ["horses", "humans"]) throws -> [String] {
    let pictures = try TemporaryFolder()
    #expect(try run("datasets", "render", "horse-or-human", "--limit", "2", "--into", "p", in: pictures).status == 0)
    var files: [String] = []
    for split in ["train", "validation"] {
      for (name, own) in zip(["horses", "humans"], classes) {
        let place = folder.url.appending(path: "datasets/horse-or-human/\(split)/\(own)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (index, source) in try FileManager.default.contentsOfDirectory(
          at: pictures.url.appending(path: "p/\(split)/\(name)"), includingPropertiesForKeys: nil
        ).enumerated() {
          try FileManager.default.copyItem(at: source, to: place.appending(path: "\(own)-\(index).png"))
          files.append("\(split)/\(own)/\(own)-\(index).png")
        }
      }
    }
    return files.sorted()
  }

  private func files(in folder: TemporaryFolder) throws -> [String] {
    let base = folder.url.appending(path: "datasets/horse-or-human")
    return try FileManager.default.subpathsOfDirectory(atPath: base.path).filter { $0.contains(".") }.sorted()
  }

  @Test func theCoursesOwnPicturesAreUsedAndLeftAsTheyAre() throws {
    let folder = try TemporaryFolder()
    let before = try course(in: folder)
    #expect(before.count == 8)
    let program = """
      make dataset horse-or-human
      load generator train from datasets/horse-or-human/train class_mode=binary
      datasets
      """
    let outcome = try run("--json", "-c", program, in: folder)
    #expect(outcome.status == 0)
    #expect(
      texts(outcome).first
        == "datasets/horse-or-human holds pictures that convo did not draw: they are left as they are and used")
    #expect(try files(in: folder) == before)
    #expect(outcome.events.first { $0["event"] as? String == "dataset" }?["images"] as? Int == 4)
    #expect(try rows(outcome).first?[1] == "8, not drawn by convo")
  }

  @Test func otherPicturesInItsPlaceAreStillRefused() throws {
    let folder = try TemporaryFolder()
    let before = try course(in: folder, classes: ["cats", "dogs"])
    let outcome = try run("--json", "-c", "make dataset horse-or-human limit=1", in: folder)
    #expect(outcome.status == 1)
    let error = try #require(outcome.events.first { $0["event"] as? String == "error" })
    #expect(error["code"] as? String == "file")
    #expect((error["message"] as? String ?? "").contains("already holds"), "\(error)")
    #expect(try files(in: folder) == before)
    #expect(try rows(run("datasets", "--json", in: folder)).first?[1] == "none of 1,283; other files are there")
  }
}
