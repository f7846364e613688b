import ConvoImages
import ConvoTestSupport
import Testing

/// What `Fixtures/record_transforms.py` recorded of Keras.
private struct Transforms: Decodable {
  struct Case: Decodable {
    let picture: String
    let fill_mode: String
    let cval: Double
    let theta, tx, ty, shear, zx, zy: Double?
    let flip_horizontal, flip_vertical: Bool?
    let channel_shift_intensity, brightness: Double?
    let expected: RecordedArray

    var transform: ImageTransform {
      var transform = ImageTransform()
      transform.theta = theta ?? 0
      transform.tx = tx ?? 0
      transform.ty = ty ?? 0
      transform.shear = shear ?? 0
      transform.zx = zx ?? 1
      transform.zy = zy ?? 1
      transform.flipHorizontal = flip_horizontal ?? false
      transform.flipVertical = flip_vertical ?? false
      transform.channelShift = channel_shift_intensity
      transform.brightness = brightness
      return transform
    }

    var surroundings: Surroundings? {
      FillMode(rawValue: fill_mode).map { Surroundings($0, value: cval) }
    }
  }

  let pictures: [String: RecordedArray]
  let cases: [Case]

  func image(_ name: String) throws -> PixelImage {
    let array = try #require(pictures[name])
    return PixelImage(
      height: array.shape[0], width: array.shape[1], channels: array.shape[2], bytes: array.values.map { UInt8($0) })
  }
}

@Suite struct TransformTests {
  private let transforms: Transforms

  init() throws {
    transforms = try recorded("transforms", near: "\(Recorded.folder)/record_transforms.py")
  }

  private func written(_ image: PixelImage, _ transform: ImageTransform, _ surroundings: Surroundings) -> [Float] {
    [Float](unsafeUninitializedCapacity: image.bytes.count) { buffer, count in
      count = image.bytes.count
      buffer.initialize(repeating: .nan)
      image.write(transform, surroundings: surroundings, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    }
  }

  @Test func equalKeras() throws {
    #expect(transforms.cases.count > 100)
    for (number, example) in transforms.cases.enumerated() {
      let image = try transforms.image(example.picture)
      let found = written(image, example.transform, try #require(example.surroundings))
      let expected = example.expected.values
      #expect(found.count == expected.count)
      let error = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
      // Brightness cuts to whole levels: a value a hair below one may fall to the level before.
      let tolerance: Float = example.brightness == nil ? 1e-3 : 1
      #expect(error <= tolerance, "case \(number): \(example.picture) \(example.transform) \(example.fill_mode)")
    }
  }
}
