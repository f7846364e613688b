import ConvoOutput
import Testing

/// The numbers beside the axes.
@Suite struct ChartScaleTests {
  private func make(
    _ values: [Double], ticks: Int = 5, isTight: Bool = false, isWhole: Bool = false
  ) -> ChartScale? {
    ChartScale(ChartAxis("", isWhole: isWhole), values: values, ticks: ticks, isTight: isTight)
  }

  @Test func stepsAreOneTwoOrFive() throws {
    let loss = try #require(make([0.21, 0.69]))
    #expect(loss.ticks.map(loss.label) == ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7"])
    #expect(loss.lower == loss.ticks[0] && loss.upper == loss.ticks[5])
    let large = try #require(make([0, 1234]))
    #expect(large.ticks.map(large.label) == ["0", "500", "1000", "1500"])
    let small = try #require(make([0.9991, 0.9999], ticks: 4))
    #expect(small.ticks.map(small.label) == ["0.9990", "0.9992", "0.9994", "0.9996", "0.9998", "1.0000"])
  }

  @Test func epochsAreWholeAndFillTheWidth() throws {
    let few = try #require(make([1, 2, 3], ticks: 15, isTight: true, isWhole: true))
    #expect(few.ticks.map(few.label) == ["1", "2", "3"])
    #expect(few.place(of: 1) == 0 && few.place(of: 2) == 0.5 && few.place(of: 3) == 1)
    let many = try #require(make([1, 300], ticks: 8, isTight: true, isWhole: true))
    #expect(many.ticks.map(many.label) == ["50", "100", "150", "200", "250", "300"])
    let one = try #require(make([7], ticks: 8, isTight: true, isWhole: true))
    #expect(one.place(of: 7) == 0.5 && one.ticks == [7])
  }

  @Test func aGivenRangeIsPartOfTheScale() throws {
    let axis = ChartAxis("", range: 0...1)
    let scale = try #require(ChartScale(axis, values: [0.4, 0.5], ticks: 5, isTight: false))
    #expect(scale.ticks.map(scale.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
  }

  @Test func nothingFiniteIsNoScale() {
    #expect(make([]) == nil)
    #expect(make([.nan, .infinity, -.infinity]) == nil)
  }

  /// Whatever the values are, they lie between 0 and 1, in their order, and so do the ticks.
  @Test(
    arguments: [
      [0, 0], [1e300, 1e300], [-.greatestFiniteMagnitude, .greatestFiniteMagnitude],
      [.greatestFiniteMagnitude, .greatestFiniteMagnitude], [.leastNonzeroMagnitude, 1e-300],
      [1, 1 + 2e-16], [1e16, 1e16 + 2],
      [-3, 1e-9], [.leastNonzeroMagnitude, 1], [0, 1e308], [-7.5, -7.25],
    ] as [[Double]])
  func everyRangeHasAScale(_ range: [Double]) throws {
    for ticks in [0, 2, 5, 15] {
      for isTight in [false, true] {
        for isWhole in [false, true] {
          let scale = try #require(make(range, ticks: ticks, isTight: isTight, isWhole: isWhole))
          let places = range.map(scale.place)
          #expect(places[0] >= 0 && places[0] <= places[1] && places[1] <= 1)
          #expect(!scale.ticks.isEmpty && scale.ticks.count < 70)
          #expect(scale.ticks.allSatisfy(\.isFinite) && scale.ticks == scale.ticks.sorted())
          #expect(scale.ticks.map(scale.label).allSatisfy { !$0.isEmpty && $0.count < 16 })
        }
      }
    }
  }
}
