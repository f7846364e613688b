import Testing

@testable import ConvoScenes

@Suite struct WildPictureTests {
  @Test(arguments: WareClass.allCases, DatasetSplit.allCases)
  func theThingIsInThePictureAtAnyScale(ware: WareClass, split: DatasetSplit) throws {
    var shares: [Double] = []
    for index in 0..<40 {
      let recipe = try #require(WildRecipe(ware, split, index: index, seed: 0))
      var random = recipe.random
      let (model, focus, stage) = WildComposer(recipe: recipe).scene(&random)
      #expect(!focus.isEmpty)
      let box = Stage.outline(of: model, focus, in: stage.view)
      let (wide, high) = (box.right - box.left, box.bottom - box.top)
      // At least half of its breadth and of its height lies within the frame.
      #expect(min(300, box.right) - max(0, box.left) > wide / 2, "\(index)")
      #expect(min(300, box.bottom) - max(0, box.top) > high / 2, "\(index)")
      shares.append(max(wide, high) / 300)
    }
    let sorted = shares.sorted()
    #expect(sorted[0] > 0.2 && sorted[39] < 1.2)
    #expect(sorted[39] > 1.8 * sorted[0], "all of one size")
  }

  @Test func thingsAreWornSetOutAndLaidDown() throws {
    for ware in WareClass.allCases {
      var settings: [String: Int] = [:]
      for index in 0..<100 {
        switch try #require(WildRecipe(ware, .training, index: index, seed: 0)).setting {
        case .worn: settings["worn", default: 0] += 1
        case .arranged(let arrangement): settings["\(arrangement)", default: 0] += 1
        }
      }
      #expect(settings.count == 5)
      #expect(settings.values.allSatisfy { $0 >= 3 }, "\(settings)")
    }
  }
}
