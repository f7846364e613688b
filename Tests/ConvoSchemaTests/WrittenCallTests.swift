import Testing

@testable import ConvoSchema

@Suite struct WrittenCallTests {
  private static let schema = Schema(
    "norm", summary: "",
    parameters: [
      Parameter("size", .number(.nonNegative), .positional, .defaults(to: .number(2)), help: "How large"),
      Parameter("axis", .list(of: .integer(-4...3)), .positional, .defaults(to: .integer(0)), help: "Along which"),
      Parameter("kind", .choice(["ROC", "PR"]), .named, .defaults(to: .text("ROC")), help: "Which"),
      Parameter("strict", .optional(.boolean), .named, .defaults(to: .none), help: "Whether"),
    ])

  private func arguments(_ text: String) throws -> Arguments {
    try Self.schema.arguments(of: #require(WrittenCall(text)), for: "metrics")
  }

  @Test func argumentsGoByPlaceOrByName() throws {
    #expect(try arguments("norm") == Arguments(defaultsOf: Self.schema))
    #expect(try arguments("norm()") == Arguments(defaultsOf: Self.schema))
    let given = try arguments("norm(0.5, axis=[0, 1,-2], kind='PR', strict=True)")
    #expect(given.value("size") == .number(0.5))
    #expect(given.value("axis") == .list([.integer(0), .integer(1), .integer(-2)]))
    #expect(given.value("kind") == .text("PR"))
    #expect(given.value("strict") == .boolean(true))
    #expect(try arguments("norm(size = 3 (0, 1))").value("size") == .number(3))
    #expect(try arguments("norm(axis=1)").value("axis") == .list([.integer(1)]))
    #expect(try arguments("norm(strict=None)").value("strict") == Value.none)
  }

  @Test(arguments: [
    "", "(1)", "norm(", "norm(1", "norm(1))", "norm(1) 2", "norm([1)", "norm([[1]])", "norm(=1)", "norm(axis=)",
  ])
  func whatIsNoCallIsNone(text: String) {
    #expect(WrittenCall(text) == nil)
  }

  @Test(arguments: [
    ("norm(-1)", "metrics: size of norm must be a number at least 0, not -1"),
    ("norm(size=nan)", "metrics: size of norm must be a number at least 0, not nan"),
    ("norm(axis=9)", "metrics: axis of norm must be a list of values, each a whole number from -4 to 3, not 9"),
    ("norm(kind=roc)", "metrics: kind of norm must be ROC or PR, not roc"),
    ("norm(length=1)", "metrics: norm does not take length"), ("norm(1, size=2)", "metrics: norm does not take size"),
    ("norm(1, 2, PR, true, 5)", "metrics: norm does not take 5"),
  ])
  func mistakesAreNamed(text: String, problem: String) throws {
    let call = try #require(WrittenCall(text))
    let error = #expect(throws: ArgumentError.self) { try Self.schema.arguments(of: call, for: "metrics") }
    #expect(error?.parameter == "metrics")
    #expect(error?.problem == problem)
    #expect(error?.help.isEmpty == false)
  }
}
