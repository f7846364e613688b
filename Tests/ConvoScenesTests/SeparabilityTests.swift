import Testing

@testable import ConvoScenes

/// A network should have to look at shapes: no mean colour may tell the classes apart.
@Suite struct SeparabilityTests {
  private func mean(_ subject: SubjectClass, _ index: Int) throws -> [Double] {
    let recipe = try #require(SceneRecipe(subject, .training, index: index, seed: 0))
    let canvas = SceneComposer(recipe: recipe).picture()
    var sum = SIMD3<Float>(repeating: 0)
    canvas.withPixels { pixels, stride in
      for y in 0..<canvas.height {
        var row = SIMD3<Float>(repeating: 0)
        for x in 0..<canvas.width { row += Pixel.unpack(pixels[y * stride + x]) }
        sum += row / Float(canvas.width)
      }
    }
    let means = sum / Float(canvas.height)
    return [Double(means.x), Double(means.y), Double(means.z), Double(means.x - means.z)]
  }

  @Test func meanColoursDoNotTellTheClassesApart() throws {
    let count = 28
    let horses = try (0..<count).map { try mean(.horses, $0) }
    let humans = try (0..<count).map { try mean(.humans, $0) }
    for channel in 0..<4 {
      var best = 0.0
      for threshold in (horses + humans).map({ $0[channel] }) {
        let right = horses.filter { $0[channel] <= threshold }.count + humans.filter { $0[channel] > threshold }.count
        let share = Double(right) / Double(2 * count)
        best = max(best, share, 1 - share)
      }
      // With 56 pictures and the best of 56 thresholds, pure chance itself comes to about 0.6.
      #expect(best < 0.72, "channel \(channel)")
    }
  }
}
