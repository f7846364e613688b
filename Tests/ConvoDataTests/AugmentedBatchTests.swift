import ConvoImages
import Testing

@testable import ConvoData

@Suite struct AugmentedBatchTests {
  private func folder() throws -> PictureFolder {
    let folder = try PictureFolder()
    var random = SplitMix64(seed: 4)
    for number in 0..<11 {
      try folder.makeDirectory("a")
      let bytes = (0..<12 * 14 * 3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      try PixelImage(height: 12, width: 14, channels: 3, bytes: bytes).writePNG(
        to: "\(folder.path)/a/\(number + 10).png")
    }
    return folder
  }

  private func generator(
    _ folder: PictureFolder, threads: Int = 2, cache: PixelCache = PixelCache(),
    _ change: (inout GeneratorOptions) -> Void = { _ in }
  ) throws -> ImageGenerator {
    try folder.generator(cache: cache, threads: threads) {
      $0.targetSize = ImageSize(height: 12, width: 14)
      $0.colorMode = .rgb
      $0.rescale = 1.0 / 255
      $0.augmentation.rotationRange = 30
      $0.augmentation.widthShiftRange = .upTo(0.2)
      $0.augmentation.zoomRange = NumberRange(0.8, 1.2)
      $0.augmentation.horizontalFlip = true
      change(&$0)
    }
  }

  private func floats(_ batch: Batch, _ range: Range<Int>? = nil) -> [Float] {
    let range = range ?? 0..<batch.count
    let count = range.count * batch.imageShape.reduce(1, *)
    return [Float](unsafeUninitializedCapacity: count) { buffer, written in
      batch.writeImages(range, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      written = count
    }
  }

  @Test func theSameBitsForAnyThreadsCacheAndStart() throws {
    let folder = try folder()
    let whole = try generator(folder).batches(epoch: 2, steps: 7).all().map { floats($0) }
    #expect(whole.count == 7)
    let alone = try generator(folder, threads: 1, cache: PixelCache(budget: 0)).batches(epoch: 2, steps: 7).all()
    #expect(alone.map { floats($0) } == whole)
    let late = try generator(folder, threads: 4).batches(epoch: 2, from: 4, steps: 3).all()
    #expect(late.map { floats($0) } == Array(whole[4...]))
    // Sample by sample, as threads write them.
    for batch in alone { #expect((0..<batch.count).flatMap { floats(batch, $0..<$0 + 1) } == floats(batch)) }
  }

  @Test func everyEpochAndPassDiffers() throws {
    let generator = try generator(folder()) { $0.shuffle = false }
    let stepsPerPass = generator.stepsPerPass
    let first = try generator.batches(epoch: 0, steps: 2 * stepsPerPass).all().map { floats($0) }
    let second = try generator.batches(epoch: 1, steps: stepsPerPass).all().map { floats($0) }
    for step in 0..<stepsPerPass {
      #expect(first[step] != first[step + stepsPerPass])
      #expect(first[step] != second[step])
    }
  }

  /// A file that becomes unreadable changes nothing for the others.
  @Test func drawsBelongToTheFile() throws {
    let folder = try folder()
    let before = try generator(folder)
    try folder.add("a/10.png", bytes: [1, 2, 3])
    let after = try generator(folder)
    #expect(after.count == before.count - 1)
    for index in 0..<after.count {
      #expect(after.transform(of: index, epoch: 1, pass: 0) == before.transform(of: index + 1, epoch: 1, pass: 0))
    }
  }

  @Test func previewsAreTheBatchInWholeLevels() throws {
    let generator = try generator(folder()) { $0.shuffle = false }
    let batches = try generator.batches(epoch: 3, steps: generator.stepsPerPass).all()
    let values = batches.flatMap { floats($0) }
    let previews = try (0..<generator.count).flatMap { try generator.preview($0, epoch: 3, pass: 0).bytes }
    #expect(values.count == previews.count)
    #expect(zip(values, previews).allSatisfy { abs($0 * 255 - Float($1)) <= 0.501 })
    #expect(try generator.preview(0, epoch: 3, pass: 1) != generator.preview(0, epoch: 3, pass: 0))
  }

  @Test func withoutAugmentationPreviewsAreTheImages() throws {
    let generator = try generator(folder()) { $0.augmentation = Augmentation() }
    #expect(try generator.preview(4, epoch: 1, pass: 2) == generator.image(4))
    #expect(try generator.batches(epoch: 0, steps: 1).all()[0].changes == nil)
  }

  /// Keras's `batch_y = batch_x.copy()`: what the network sees, augmented and standardized.
  @Test func inputLabelsAreTheImagesAsTheNetworkSeesThem() throws {
    let generator = try generator(folder()) {
      $0.classMode = .input
      $0.normalization.samplewiseCenter = true
    }
    for batch in try generator.batches(epoch: 0, steps: 3).all() {
      let images = floats(batch)
      let labels = [Float](unsafeUninitializedCapacity: images.count) { buffer, written in
        batch.writeLabels(
          0..<batch.count, classes: 1, into: UnsafeMutableBufferPointer(rebasing: buffer[..<images.count]))
        written = images.count
      }
      #expect(labels == images)
    }
  }

  /// The order of Keras's pipeline: augmentation of bytes first, then rescaling, then each sample's own mean.
  @Test func augmentationComesBeforeStandardization() throws {
    let folder = try folder()
    let plain = try generator(folder)
    let centred = try generator(folder) { $0.normalization.samplewiseCenter = true }
    let size = 12 * 14 * 3
    let (before, after) = (
      floats(try plain.batches(epoch: 0, steps: 1).all()[0]), floats(try centred.batches(epoch: 0, steps: 1).all()[0])
    )
    for start in stride(from: 0, to: before.count, by: size) {
      let mean = before[start..<start + size].map(Double.init).reduce(0, +) / Double(size)
      #expect(
        zip(before[start..<start + size], after[start..<start + size]).allSatisfy {
          abs(Double($0) - mean - Double($1)) < 1e-6
        })
    }
  }
}
