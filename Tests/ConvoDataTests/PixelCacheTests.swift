import ConvoData
import ConvoImages
import Testing

@Suite struct PixelCacheTests {
  @Test func checkedPicturesAreKept() throws {
    let cache = PixelCache()
    let folder = try PictureFolder.numbered(["a": 3, "b": 4])
    let generator = try folder.generator(cache: cache)
    #expect(cache.usedBytes == 7 * 6)
    // Kept pictures no longer need their files.
    try folder.remove("a")
    #expect(try generator.image(2).bytes == Array(repeating: 2, count: 6))
  }

  @Test func aGeneratorGivesItsMemoryBack() throws {
    let cache = PixelCache()
    let folder = try PictureFolder.numbered(["a": 3, "b": 4])
    var first: ImageGenerator? = try folder.generator(cache: cache)
    let second = try folder.generator(cache: cache) { $0.colorMode = .rgb }
    #expect(cache.usedBytes == 7 * 6 + 7 * 18)
    #expect(try first?.image(5).channels == 1)
    #expect(try second.image(5).channels == 3)
    first = nil
    #expect(cache.usedBytes == 7 * 18)
  }

  @Test(arguments: [0, 5, 6, 20, 42]) func theBudgetIsKept(budget: Int) throws {
    let cache = PixelCache(budget: budget)
    let generator = try PictureFolder.numbered(["a": 3, "b": 4]).kept { try $0.generator(cache: cache) }
    #expect(cache.usedBytes == budget / 6 * 6)
    let levels = try generator.value.batches(epoch: 0, steps: 2).all().flatMap { zip($0.indices, $0.levels) }
    #expect(levels.count == 7)
    #expect(levels.allSatisfy { $0 == Int($1) })
    #expect(cache.usedBytes == budget / 6 * 6)
  }

  @Test func aLowerBudgetLetsGoAtOnce() throws {
    let cache = PixelCache()
    let folder = try PictureFolder.numbered(["a": 3, "b": 4])
    let generator = try folder.generator(cache: cache)
    cache.budget = 15
    #expect(cache.usedBytes == 12)
    #expect(try generator.image(6).bytes[0] == 6)
    #expect(cache.usedBytes == 12)
    cache.budget = -1
    #expect((cache.budget, cache.usedBytes) == (0, 0))
    cache.budget = 100
    for index in 0..<7 { _ = try generator.image(index) }
    #expect(cache.usedBytes == 42)
  }

  @Test func theDefaultIsOneGiB() {
    #expect(PixelCache().budget == 1_073_741_824)
  }
}

/// A value together with the folder that it reads from.
struct Kept<Value> {
  let folder: PictureFolder
  let value: Value
}

extension PictureFolder {
  func kept<Value>(_ make: (PictureFolder) throws -> Value) rethrows -> Kept<Value> {
    Kept(folder: self, value: try make(self))
  }
}
