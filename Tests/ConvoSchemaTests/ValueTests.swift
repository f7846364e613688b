import ConvoSchema
import Testing

@Suite struct ValueTests {
  @Test(arguments: [
    (Value.integer(3), "3"), (.number(0.5), "0.5"), (.number(2), "2"), (.boolean(true), "true"), (.none, "none"),
    (.text("relu"), "relu"), (.text("a b"), "\"a b\""), (.text("none"), "\"none\""), (.text("3x3"), "\"3x3\""),
    (.text("a\"\n"), "\"a\\\"\\n\""), (.size([3, 3]), "3x3"), (.list([.text("a"), .integer(1)]), "[a 1]"),
    (.list([]), "[]"),
  ])
  func notation(value: Value, text: String) {
    #expect(value.description == text)
  }

  @Test func boundsAreExact() {
    #expect(NumberBounds.fraction.contains(0) && !NumberBounds.fraction.contains(1))
    #expect(!NumberBounds.positive.contains(0) && NumberBounds.positive.contains(.leastNonzeroMagnitude))
    #expect(!NumberBounds.any.contains(.nan) && !NumberBounds.any.contains(.infinity))
    #expect(NumberBounds.fraction.description == "at least 0 and below 1")
  }

  @Test func usageShowsWhatIsRequiredFirst() {
    let conv = Schema(
      "conv2d", summary: "", parameters: [Parameter("filters", .integer(1...9), .positional, .required, help: "")])
    let add = Schema(
      "add", summary: "", parameters: [Parameter("layer", .oneOf([conv]), .positional, .required, help: "")])
    #expect(add.usage() == "add LAYER")
    #expect(add.usage(choosing: ["layer": conv]) == "add conv2d FILTERS")
  }

  @Test func anArgumentOfAnotherKindIsAnErrorAndNoTrap() {
    var arguments = Arguments(name: "x")
    arguments.set("units", to: .text("many"))
    #expect(throws: ArgumentError(parameter: "units", problem: "units must be a whole number, not many")) {
      try arguments.integer("units")
    }
    #expect(throws: ArgumentError(parameter: "rate", problem: "rate is missing")) { try arguments.number("rate") }
  }
}
