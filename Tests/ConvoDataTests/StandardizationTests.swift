import ConvoImages
import ConvoTestSupport
import Testing

@testable import ConvoData

/// What `Fixtures/record_standardization.py` recorded of Keras.
private struct Standardized: Decodable {
  struct Case: Decodable {
    let dataset: String
    let rescale: Double?
    let featurewise_center, featurewise_std_normalization, samplewise_center, samplewise_std_normalization: Bool?
    let zca_whitening: Bool?
    let zca_epsilon: Double?
    let expected: RecordedArray

    var normalization: Normalization {
      var normalization = Normalization()
      normalization.featurewiseCenter = featurewise_center ?? false
      normalization.featurewiseStd = featurewise_std_normalization ?? false
      normalization.samplewiseCenter = samplewise_center ?? false
      normalization.samplewiseStd = samplewise_std_normalization ?? false
      normalization.zcaWhitening = zca_whitening ?? false
      normalization.zcaEpsilon = zca_epsilon ?? 1e-6
      return normalization
    }
  }

  let datasets: [String: RecordedArray]
  let cases: [Case]

  static func read() throws -> Standardized {
    try recorded("standardization", near: #filePath.replacing("StandardizationTests.swift", with: "Fixtures/-"))
  }

  func images(_ name: String) throws -> [PixelImage] {
    let array = try #require(datasets[name])
    let size = array.shape[1...].reduce(1, *)
    return (0..<array.shape[0]).map { index in
      PixelImage(
        height: array.shape[1], width: array.shape[2], channels: array.shape[3],
        bytes: array.values[index * size..<(index + 1) * size].map { UInt8($0) })
    }
  }
}

@Suite struct StandardizationTests {
  /// A folder with all but the last picture of a data set, which no statistics may know.
  private func folder(_ images: [PixelImage]) throws -> PictureFolder {
    let folder = try PictureFolder()
    try folder.makeDirectory("a")
    for (number, image) in images.dropLast().enumerated() {
      try image.writePNG(to: "\(folder.path)/a/\(number + 100).png")
    }
    return folder
  }

  private func generator(
    _ folder: PictureFolder, _ image: PixelImage, _ example: Standardized.Case, threads: Int = 2
  ) throws -> ImageGenerator {
    try folder.generator(threads: threads) {
      $0.targetSize = ImageSize(height: image.height, width: image.width)
      $0.colorMode = image.channels == 1 ? .grayscale : image.channels == 3 ? .rgb : .rgba
      $0.rescale = example.rescale
      $0.normalization = example.normalization
    }
  }

  private func written(_ images: [PixelImage], _ standardization: Standardization) -> [Float] {
    let shape = [images[0].height, images[0].width, images[0].channels]
    let batch = Batch(
      indices: Array(images.indices), labels: images.map { _ in 0 }, images: images, imageShape: shape,
      classMode: .none,
      standardization: standardization)
    let count = images.count * images[0].bytes.count
    return [Float](unsafeUninitializedCapacity: count) { buffer, written in
      buffer.initialize(repeating: .nan)
      batch.writeImages(0..<images.count, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      written = count
    }
  }

  @Test func equalsKeras() throws {
    let record = try Standardized.read()
    #expect(record.cases.count > 50)
    for example in record.cases {
      let images = try record.images(example.dataset)
      let generator = try generator(folder(images), images[0], example)
      let shown = Array(images[..<3]) + [images[images.count - 1]]
      let found = written(shown, generator.standardization)
      // Keras works in 32 bits: the mean of thousands of values near 100, and the whitening of singular values that
      // differ a hundredfold, are right to so many digits.
      let tolerance: Float = example.zca_whitening == true ? 2e-3 : 2e-5
      let error = largestError(found, example.expected.values)
      #expect(
        error < tolerance,
        "\(example.dataset) \(example.normalization) \(String(describing: example.rescale)): \(error)")
    }
  }

  @Test func theSameBitsForAnyNumberOfThreadsAndAnyGroup() throws {
    let record = try Standardized.read()
    for example in record.cases where example.normalization.needsStatistics {
      let images = try record.images(example.dataset)
      let folder = try folder(images)
      let all = try [1, 2, 4].map { try generator(folder, images[0], example, threads: $0).standardization }
      #expect(all[0] == all[1] && all[0] == all[2])
      #expect(written(images, all[0]) == images.flatMap { written([$0], all[0]) })
    }
  }

  /// After whitening, the values of the data set's pictures are uncorrelated, each with a variance of 1.
  @Test func whitenedPicturesAreUncorrelated() throws {
    let record = try Standardized.read()
    let images = try record.images("colour").dropLast()
    let example = try #require(record.cases.first { $0.dataset == "colour" && $0.zca_whitening == true })
    let generator = try generator(folder(record.images("colour")), images[0], example)
    let values = written(Array(images), generator.standardization)
    let size = images[0].bytes.count
    for left in 0..<size {
      for right in 0..<size {
        let products = (0..<images.count).map { Double(values[$0 * size + left]) * Double(values[$0 * size + right]) }
        let covariance = products.reduce(0, +) / Double(images.count)
        #expect(abs(covariance - (left == right ? 1 : 0)) < 1e-3)
      }
    }
  }

  @Test func statisticsOfAnotherGenerator() throws {
    let record = try Standardized.read()
    let example = try #require(record.cases.first { $0.dataset == "many" && $0.zca_whitening == true })
    let images = try record.images("many")
    let train = try generator(folder(images), images[0], example)
    let others = try folder(Array(images.prefix(8)))
    func validation(_ change: (inout GeneratorOptions) -> Void = { _ in }) throws(GeneratorError) -> ImageGenerator {
      var options = train.options
      change(&options)
      return try ImageGenerator(
        name: "validation", directory: others.path, options: options, statistics: train, cache: PixelCache(), threads: 1
      )
    }
    #expect(try validation().standardization == train.standardization)
    #expect(try generator(others, images[0], example).standardization != train.standardization)
    // A whitening that the other one does not have is measured on its pictures all the same.
    let larger = try validation { $0.normalization.zcaEpsilon = 0.5 }
    let direct = try folder(images).generator {
      $0 = train.options
      $0.normalization.zcaEpsilon = 0.5
    }
    #expect(larger.standardization == direct.standardization)
    let error = #expect(throws: GeneratorError.self) { try validation { $0.rescale = 0.25 } }
    #expect(
      error?.description == "the statistics of pictures do not fit: it has rescale=none, and this one rescale=0.25")
  }

  @Test func plainRescalingIsRecognized() {
    #expect(Standardization(rescale: nil).factorAlone == 1)
    #expect(Standardization(rescale: 0.5).factorAlone == 0.5)
  }

  @Test func largePicturesAreNotWhitened() throws {
    let folder = try PictureFolder.numbered(["a": 1])
    let error = #expect(throws: GeneratorError.self) {
      try folder.generator {
        $0.targetSize = ImageSize(height: 300, width: 300)
        $0.colorMode = .rgb
        $0.normalization.zcaWhitening = true
      }
    }
    #expect(
      error?.description == """
        zca_whitening of pictures of 300x300x3 is too much work: it takes a matrix of 270000 x 270000 numbers; the limit \
        is 3072 numbers in a picture
        """)
  }
}
