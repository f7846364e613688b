import Testing

@testable import ConvoScenes

/// A network should have to look at shapes: no mean colour may tell the classes apart.
@Suite struct SeparabilityTests {
  /// Red, green, blue, red against blue, grey.
  private func means(_ kind: PictureKind, count: Int) throws -> [[Double]] {
    let dataset: BuiltInDataset
    switch kind {
    case .figure: dataset = .horseOrHuman
    case .clean, .wild: dataset = .handbags
    }
    return try (0..<count).map { index in
      let picture = PlannedPicture(kind, .training, index: index, in: dataset.parts[0])
      let canvas = try #require(picture.picture(seed: 0))
      var sum = SIMD3<Float>(repeating: 0)
      canvas.withPixels { pixels, stride in
        for y in 0..<canvas.height {
          var row = SIMD3<Float>(repeating: 0)
          for x in 0..<canvas.width { row += Pixel.unpack(pixels[y * stride + x]) }
          sum += row / Float(canvas.width)
        }
      }
      let means = sum / Float(canvas.height)
      return [means.x, means.y, means.z, means.x - means.z, (means * SIMD3(0.299, 0.587, 0.114)).sum()].map(Double.init)
    }
  }

  /// The greatest share of pictures that a rule gets right which calls all below a threshold one class and all above it
  /// another.
  private func bestThreshold(_ classes: [[Double]]) -> Double {
    let total = classes.reduce(0) { $0 + $1.count }
    var best = 0
    for threshold in classes.joined() {
      let below = classes.map { values in values.count { $0 <= threshold } }
      let above = zip(classes, below).map { $0.count - $1 }
      best = max(best, (below.max() ?? 0) + (above.max() ?? 0))
    }
    return Double(best) / Double(total)
  }

  @Test func theBestThresholdIsFound() {
    #expect(bestThreshold([[1, 2], [3, 4]]) == 1)
    #expect(bestThreshold([[1, 2], [1, 2], [3, 4]]) == 2.0 / 3)
    #expect(bestThreshold([[1, 3], [2, 4]]) == 0.75)
  }

  @Test func meanColoursDoNotTellHorsesFromHumans() throws {
    let classes = try [SubjectClass.horses, .humans].map { try means(.figure($0), count: 28) }
    for channel in 0..<4 {
      // With 56 pictures and the best of 56 thresholds, pure chance itself comes to about 0.6.
      #expect(bestThreshold(classes.map { $0.map { $0[channel] } }) < 0.72, "channel \(channel)")
    }
  }

  @Test func meanBrightnessDoesNotTellCleanBagsShirtsAndShoesApart() throws {
    let classes = try WareClass.allCases.map { try means(.clean($0), count: 60).map { $0[4] } }
    // Two classes told apart for certain and the third always mistaken would be 0.67; chance is 0.33.
    #expect(bestThreshold(classes) < 0.58)
  }

  @Test func meanColoursDoNotTellWildBagsShirtsAndShoesApart() throws {
    let classes = try WareClass.allCases.map { try means(.wild($0), count: 20) }
    for channel in 0..<5 {
      // Of 60 pictures: chance and the best of 60 thresholds come to about 0.45.
      #expect(bestThreshold(classes.map { $0.map { $0[channel] } }) < 0.56, "channel \(channel)")
    }
  }
}
