import Testing

@testable import ConvoScenes

@Suite struct LayoutTests {
  @Test func theWholeSetHasTheCoursesLayoutAndSize() {
    let plan = BuiltInDataset.horseOrHuman.plan(limit: nil)
    let counts = Dictionary(grouping: plan, by: \.folder).mapValues(\.count)
    #expect(
      counts == ["train/horses": 500, "train/humans": 527, "validation/horses": 128, "validation/humans": 128])
    #expect(Set(plan.map { $0.folder + "/" + $0.fileName }).count == 1283)
    #expect(BuiltInDataset.horseOrHuman.pictureCount() == 1283)
    #expect(plan.first?.fileName == "horse001.png")
    #expect(plan.filter { $0.folder == "train/humans" }.last?.fileName == "human527.png")
  }

  @Test func classNamesAreInTheOrderOfTheirIndices() {
    for dataset in BuiltInDataset.allCases {
      #expect(dataset.classNames == dataset.classNames.sorted())
      for part in dataset.parts { #expect(part.classes.map(\.name) == dataset.classNames) }
    }
  }

  @Test(arguments: [1, 7, 128, 500, 600, Int.max]) func aLimitTakesTheFirstOfEachClass(limit: Int) {
    let dataset = BuiltInDataset.horseOrHuman
    let plan = dataset.plan(limit: limit)
    #expect(plan.count == min(500, limit) + min(527, limit) + 2 * min(128, limit))
    #expect(plan.count == dataset.pictureCount(limit: limit))
    #expect(Set(plan).isSubset(of: Set(dataset.plan(limit: nil))))
    #expect(plan.allSatisfy { $0.index < limit })
  }

  @Test func limitedRenderingWritesThoseFilesAndNoOthers() throws {
    let scratch = try Scratch()
    let recorder = Recorder()
    let report = try DatasetRenderer(.horseOrHuman, limit: 1, threads: 2)
      .render(into: scratch.path + "/a/b", progress: { recorder.add($0) })
    #expect(report == RenderReport(drawn: 4, kept: 0))
    #expect(
      try scratch.files("a/b") == [
        "a/b/.convo-dataset", "a/b/train/horses/horse001.png", "a/b/train/humans/human001.png",
        "a/b/validation/horses/horse001.png", "a/b/validation/humans/human001.png",
      ])
    #expect(recorder.all == (1...4).map { RenderProgress(done: $0, total: 4) })
    #expect(DatasetMarker.read(in: scratch.path + "/a/b")?.isComplete == true)
    for file in try scratch.files("a/b") where file.hasSuffix(".png") {
      try expectPicture(try #require(scratch.bytes(file)))
    }
  }

  @Test func handbagsComeCleanAndWild() {
    let plan = BuiltInDataset.handbags.plan(limit: nil)
    let counts = Dictionary(grouping: plan, by: \.folder).mapValues(\.count)
    var expected: [String: Int] = [:]
    for name in ["bag", "shirt", "shoe"] {
      expected["clean/train/" + name] = 600
      expected["clean/validation/" + name] = 150
      expected["wild/train/" + name] = 200
      expected["wild/validation/" + name] = 60
    }
    #expect(counts == expected)
    #expect(Set(plan.map { $0.folder + "/" + $0.fileName }).count == 3030)
    #expect(plan.first?.fileName == "bag001.png")
    #expect(plan.last?.folder == "wild/validation/shoe" && plan.last?.fileName == "shoe060.png")
    #expect(BuiltInDataset.handbags.pictureCount(limit: 100) == 3 * (100 + 100 + 100 + 60))
  }

  @Test func cleanPicturesAreSmallAndGreyAndWildOnesLargeAndColoured() throws {
    let scratch = try Scratch()
    let report = try DatasetRenderer(.handbags, limit: 1, threads: 2).render(into: scratch.path)
    #expect(report == RenderReport(drawn: 12, kept: 0))
    let files = try scratch.files().filter { $0.hasSuffix(".png") }
    #expect(files.count == 12)
    for file in files {
      let bytes = try #require(scratch.bytes(file))
      if file.hasPrefix("clean") {
        // 28 x 28, 8 bits, colour type 0: grey without alpha.
        #expect(Array(bytes[16..<29]) == [0, 0, 0, 28, 0, 0, 0, 28, 8, 0, 0, 0, 0])
      } else {
        try expectPicture(bytes)
      }
    }
    #expect(try DatasetRenderer(.handbags, limit: 1).render(into: scratch.path) == RenderReport(drawn: 0, kept: 12))
  }

  /// 300 x 300, 8 bits, colour type 2 (RGB without alpha), not interlaced: the fields of IHDR in the PNG specification.
  private func expectPicture(_ bytes: [UInt8]) throws {
    try #require(bytes.count > 60)
    #expect(Array(bytes[0..<8]) == [137, 80, 78, 71, 13, 10, 26, 10])
    #expect(Array(bytes[12..<16]) == Array("IHDR".utf8))
    #expect(Array(bytes[16..<29]) == [0, 0, 1, 44, 0, 0, 1, 44, 8, 2, 0, 0, 0])
    #expect(Array(bytes.suffix(8).prefix(4)) == Array("IEND".utf8))
  }
}
