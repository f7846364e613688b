import ConvoLanguage
import ConvoTestSupport
import Testing

/// What expressions come to, and what is said about those that come to nothing.
@Suite struct ExpressionTests {
  /// A session that knows a few things.
  private static func lookUp(
    _ reference: Expression.Reference, _ arguments: [String]
  ) throws(ExpressionError) -> ExpressionValue {
    switch (reference.name, arguments) {
    case ("loss", []), ("small.loss", []): return .series([0.7, 0.5, 0.6])
    case ("accuracy", []): return .series([0.5, 0.8, 0.7])
    case ("images", ["train"]): return .number(1027)
    case ("output_shape", ["conv2d_1"]), ("output_shape", ["2"]): return .size([149, 149, 16])
    case ("mode", []): return .text("binary")
    case ("broken", []): return .number(.nan)
    default: throw ExpressionError("unknown \(reference.name)", span: reference.span)
    }
  }

  private static func value(_ text: String) throws(ExpressionError) -> ExpressionValue {
    try Expression(text).value(lookUp: lookUp)
  }

  private static let values: [(String, Double)] = [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("-2 ** 2", -4), ("8 - 2 - 1", 5), ("24 / 4 / 3", 2), ("--3", 3),
    (".5 + 1e-1", 0.6), ("1. + 2", 3), ("loss", 0.6), ("loss[2]", 0.5), ("loss[1 + 1]", 0.5), ("small.loss[1]", 0.7),
    ("images(train) - 8 * 128", 3), ("floor(images(train) / 128)", 8), ("ceil(1.2)", 2), ("round(2.5)", 3),
    ("best(loss)", 0.5), ("best_epoch(loss)", 2), ("best(accuracy)", 0.8), ("best_epoch(accuracy)", 2),
    ("mean(accuracy)", 2.0 / 3), ("min(loss)", 0.5), ("max(3, 4, 2)", 4), ("sum(1, 2)", 3), ("count(loss)", 3),
    ("fluctuation(accuracy)", 0.2), ("sqrt(9)", 3), ("abs(2 - 5)", 3), ("exp(0)", 1), ("log(exp(2))", 2),
  ]

  @Test(arguments: values)
  func numbers(text: String, expected: Double) throws {
    let number = try #require(try Self.value(text).asNumber)
    #expect(abs(number - expected) < 1e-12)
  }

  private static let comparisons: [(String, Bool)] = [
    ("8 == floor(images(train) / 128)", true), ("0.98 ± 0.02 == 0.97", true), ("0.98 ± 0.02 == 0.9", false),
    ("0.5 != 0.52 ± 0.03", false), ("loss < 0.65 ± 0", true), ("output_shape(conv2d_1) == 149x149x16", true),
    ("output_shape(2) != 149x149", true), ("mode == \"binary\"", true), ("mode == 'sparse'", false),
    ("1 < 2 and 2 < 3", true), ("1 > 2 or not 3 < 2", true), ("not 1 < 2", false), ("true", true),
    ("false or true and false", false), ("1 < 0 and unknown > 1", false), ("1 > 0 or unknown > 1", true),
    ("broken == broken", false), ("broken < 1", false), ("2 <= 2 and 2 >= 2", true),
  ]

  @Test(arguments: comparisons)
  func truths(text: String, expected: Bool) throws {
    #expect(try Self.value(text) == .truth(expected))
  }

  private static let wrong: [(String, String)] = [
    ("", "there is nothing to compute"),
    ("1 +", "a number or a name should stand here, but it ends"),
    ("1 2", "an operator, or the end should stand here, but there is 2"),
    ("(1", "')' should stand here, but it ends"),
    ("1 < 2 < 3", "comparisons don't chain"),
    ("3x", "'3x' is neither a number nor a size"),
    ("1 ? 2", "'?' has no meaning here"),
    ("'a", "the text that begins here has no end"),
    ("nothing", "unknown nothing"),
    ("loss[0]", "loss has no value number 0"),
    ("loss[4]", "loss has no value number 4"),
    ("loss[1.5]", "loss has no value number 1.5"),
    ("loss[1e300]", "loss has no value number 1e+300"),
    ("images(train)[1]", "images is a single value, which takes no [ ]"),
    ("images(1 + 2)", "images( ) wants names between its parentheses"),
    ("mode + 1", "binary + 1 can't be computed"),
    ("mode < 1", "binary and 1 can't be compared by <"),
    ("1 and 2", "a comparison is wanted here, not 1"),
    ("log(-1)", "log(-1) has no value"),
    ("mean()", "mean( ) has nothing to compute with"),
    ("floor(1, 2)", "floor( ) takes one number"),
    ("loss.", "a name behind the dot should stand here, but it ends"),
  ]

  @Test(arguments: wrong)
  func mistakes(text: String, message: String) {
    #expect(throws: ExpressionError.self) { try Self.value(text) }
    do throws(ExpressionError) {
      _ = try Self.value(text)
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func divisionByNothingIsInfiniteAsInFloatingPoint() throws {
    #expect(try Self.value("1 / 0") == .number(.infinity))
  }

  @Test(arguments: ["(", "-", "not ", "loss[", "1 + ", "2 ** "])
  func longExpressionsDoNotTrap(piece: String) {
    for count in [60, 70, 300, 100_000] {
      #expect(throws: ExpressionError.self) { try Self.value(String(repeating: piece, count: count)) }
    }
  }

  @Test func nothingThatCanBeTypedTraps() {
    var generator = SplitMix(state: 7)
    let pieces = [
      "1", "9e9", "2x3", "loss", "mode", "best", "floor", "(", ")", "[", "]", ",", ".", " ", "and", "or ", "not ", "+",
      "-", "*", "/", "**", "±", "==", "<", "'", "é", "true", "train",
    ]
    for _ in 0..<20_000 {
      let text = (0..<8).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
      _ = try? Self.value(text)
    }
  }

  private static let shown: [(String, String)] = [
    ("loss", "[0.7 0.5 0.6]"), ("149x149", "149x149"), ("0.5 ± 0.1", "0.5 ± 0.1"), ("8.0", "8"), ("1 < 2", "true"),
  ]

  @Test(arguments: shown)
  func valuesAreShownAsTheyAreTyped(text: String, shown: String) throws {
    #expect("\(try Self.value(text))" == shown)
  }
}
