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
    #expect(BuiltInDataset.horseOrHuman.splits.map(\.total) == [1027, 256])
    #expect(plan.first?.fileName == "horse001.png")
    #expect(plan.filter { $0.folder == "train/humans" }.last?.fileName == "human527.png")
  }

  @Test func classNamesAreInTheOrderOfTheirIndices() {
    for dataset in BuiltInDataset.allCases {
      #expect(dataset.classNames == dataset.classNames.sorted())
      for contents in dataset.splits { #expect(contents.counts.count == dataset.classNames.count) }
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
    #expect(DatasetRenderer.isRendered(.horseOrHuman, in: scratch.path + "/a/b"))
    for file in try scratch.files("a/b") where file.hasSuffix(".png") {
      try expectPicture(try #require(scratch.bytes(file)))
    }
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
