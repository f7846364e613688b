import Testing

@testable import ConvoLanguage

@Suite struct AtomTests {
  @Test(arguments: [
    ("12", Literal.integer(12)), ("-3", .integer(-3)), ("0.001", .number(0.001)), (".5", .number(0.5)),
    ("-.5", .number(-0.5)), ("1.", .number(1)), ("1.e3", .number(1000)), ("1e-7", .number(1e-7)),
    ("1/255", .number(1.0 / 255)), ("1./255", .number(1.0 / 255)), ("-1/2", .number(-0.5)),
    ("3x3", .size([3, 3])), ("300x300x3", .size([300, 300, 3])), ("0x0", .size([0, 0])),
    ("true", .boolean(true)), ("false", .boolean(false)), ("none", .none),
    ("conv2d", .word("conv2d")), ("datasets/horse-or-human", .word("datasets/horse-or-human")), ("3x", .word("3x")),
    ("x3", .word("x3")), ("1/x", .word("1/x")), ("1/2/3", .word("1/2/3")), ("-", .word("-")), (".", .word(".")),
    ("..", .word("..")), ("1e", .word("1e")), ("True", .word("True")), ("1_000", .word("1_000")),
  ])
  func meaning(text: String, literal: Literal) throws {
    #expect(try Atom.literal(text).get() == literal)
  }

  @Test(arguments: ["1/0", "0/0", "1e999", "-1e999", "99999999999999999999x2", "1e300/1e-300"])
  func impossibleNumbersAreRefused(text: String) {
    #expect(throws: AtomProblem.self) { try Atom.literal(text).get() }
  }

  @Test func anIntegerBeyondTheMachineBecomesANumber() throws {
    #expect(try Atom.literal("99999999999999999999").get() == .number(1e20))
  }
}
