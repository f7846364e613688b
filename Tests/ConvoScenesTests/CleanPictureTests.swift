import Testing

@testable import ConvoScenes

@Suite struct CleanPictureTests {
  private func rows(_ ware: WareClass, _ split: DatasetSplit, _ index: Int) throws -> [[Float]] {
    let recipe = try #require(CleanRecipe(ware, split, index: index, seed: 0))
    let canvas = CleanComposer(recipe: recipe).picture()
    var rows: [[Float]] = []
    canvas.withPixels { pixels, stride in
      for y in 0..<canvas.height { rows.append((0..<canvas.width).map { Pixel.grey(pixels[y * stride + $0]) }) }
    }
    return rows
  }

  @Test(arguments: WareClass.allCases, DatasetSplit.allCases)
  func theThingFillsABlackPictureAndStandsInItsMiddle(ware: WareClass, split: DatasetSplit) throws {
    for index in 0..<13 {
      let rows = try rows(ware, split, index)
      let tall = rows.indices.filter { rows[$0].contains { $0 > 0.02 } }
      let wide = (0..<28).filter { x in rows.contains { $0[x] > 0.02 } }
      let (top, bottom) = (try #require(tall.first), try #require(tall.last))
      let (left, right) = (try #require(wide.first), try #require(wide.last))
      #expect((25...28).contains(max(bottom - top, right - left) + 1), "\(index)")
      #expect(abs(top + bottom - 27) <= 2 && abs(left + right - 27) <= 2, "\(index)")
      #expect([rows[0][0], rows[0][27], rows[27][0], rows[27][27]].allSatisfy { $0 < 0.3 }, "\(index)")
      let bright = rows.joined().filter { $0 > 0.02 }
      #expect(bright.count > 90 && bright.reduce(0, +) / Float(bright.count) > 0.12, "\(index)")
    }
  }

  /// A thing's own colours must not be the only thing that differs between two pictures of a style.
  @Test func picturesOfOneStyleDifferInOutline() throws {
    var outlines: [String: Set<[Bool]>] = [:]
    for index in 0..<60 {
      let recipe = try #require(CleanRecipe(.bag, .training, index: index, seed: 0))
      outlines[recipe.ware.styleName, default: []].insert(try rows(.bag, .training, index).joined().map { $0 > 0.02 })
    }
    #expect(outlines.values.reduce(0) { $0 + $1.count } > 57)
  }
}
