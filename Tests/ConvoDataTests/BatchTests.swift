import ConvoData
import ConvoImages
import Testing

@Suite struct BatchTests {
  private func batch(_ mode: ClassMode, labels: [Int] = [0, 2, 1], rescale: Double? = nil) -> Batch {
    let images = labels.indices.map { index in
      PixelImage(height: 1, width: 2, channels: 3, bytes: (0..<6).map { UInt8(index * 100 + $0 * 7) })
    }
    return Batch(
      indices: Array(labels.indices), labels: labels, images: images, imageShape: [1, 2, 3], classMode: mode,
      standardization: Standardization(rescale: rescale))
  }

  private func written(_ count: Int, _ write: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: -1)
      write(buffer)
      initialized = count
    }
  }

  @Test func imagesAreScaledInSinglePrecision() {
    let batch = batch(.sparse, rescale: 1.0 / 255)
    let floats = written(18) { batch.writeImages(0..<3, into: $0) }
    #expect(floats == batch.pixels.map { Float($0) * Float(1.0 / 255) })
    #expect(floats[17] == Float(235) * Float(1.0 / 255))
  }

  @Test func withoutRescaleBytesStayNumbers() {
    let batch = batch(.sparse)
    #expect(written(18) { batch.writeImages(0..<3, into: $0) } == batch.pixels.map { Float($0) })
    #expect(batch.pixels.count == 18)
  }

  @Test func someSamplesOnly() {
    let batch = batch(.sparse)
    let floats = written(13) { batch.writeImages(1..<3, into: $0) }
    #expect(floats == batch.pixels[6...].map { Float($0) } + [-1])
    #expect(written(2) { batch.writeImages(1..<1, into: $0) } == [-1, -1])
    #expect(written(3) { batch.writeLabels(1..<3, classes: 3, into: $0) } == [2, 1, -1])
  }

  @Test func labelsInEachMode() {
    #expect(written(3) { batch(.binary, labels: [0, 1, 1]).writeLabels(0..<3, classes: 2, into: $0) } == [0, 1, 1])
    #expect(written(3) { batch(.sparse).writeLabels(0..<3, classes: 3, into: $0) } == [0, 2, 1])
    #expect(
      written(9) { batch(.categorical).writeLabels(0..<3, classes: 3, into: $0) } == [1, 0, 0, 0, 0, 1, 0, 1, 0])
    #expect(written(1) { batch(.none).writeLabels(0..<3, classes: 3, into: $0) } == [-1])
  }

  @Test func labelWidths() {
    #expect(ClassMode.allCases.map { $0.labelWidth(classes: 5, imageSize: 12) } == [1, 5, 1, 12, 0])
  }
}
