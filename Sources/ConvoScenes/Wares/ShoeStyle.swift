/// The measures of a shoe, in units of 25 cm: it is about 1.1 of them long.
struct ShoeStyle: CatalogEntry {
  enum Heel: Sendable, Hashable { case flat, block, thin, wedge }
  enum Upper: Sendable, Hashable {
    /// Closed all around, up to the ankle or higher.
    case closed
    /// Toes and heel covered, the back of the foot bare.
    case pump
    /// Nothing but so many straps.
    case straps(Int)
    case thong
    /// Toes covered, the heel bare.
    case mule
  }

  var name: String
  var upper = Upper.closed
  /// How high the mouth of a closed one stands over the heel's sole.
  var shaft = 0.34
  var heel = 0.0
  var heelKind = Heel.flat
  var sole = 0.07
  /// Half the height of the tip: small is pointed.
  var toe = 0.12
  var laces = 0
  var cuff = false
  var stripes = 0
  var cap = false
  /// Whether the sole is as light as a sports shoe's.
  var paleSole = false

  static let catalog = SplitCatalog(
    training: [
      ShoeStyle(name: "sneaker", sole: 0.10, laces: 4, stripes: 2, paleSole: true),
      ShoeStyle(name: "running shoe", shaft: 0.38, sole: 0.16, toe: 0.11, laces: 4, stripes: 3, paleSole: true),
      ShoeStyle(name: "high-top", shaft: 0.56, sole: 0.10, laces: 6, cap: true, paleSole: true),
      ShoeStyle(name: "oxford", shaft: 0.32, heel: 0.08, heelKind: .block, sole: 0.05, toe: 0.1, laces: 3, cap: true),
      ShoeStyle(name: "ankle boot", shaft: 0.62, heel: 0.12, heelKind: .block, sole: 0.06, toe: 0.12),
      ShoeStyle(name: "riding boot", shaft: 1.12, heel: 0.1, heelKind: .block, sole: 0.05, toe: 0.11),
      ShoeStyle(name: "winter boot", shaft: 0.78, sole: 0.13, toe: 0.14, laces: 5, cuff: true),
      ShoeStyle(name: "stiletto", upper: .pump, heel: 0.44, heelKind: .thin, sole: 0.03, toe: 0.05),
      ShoeStyle(name: "court shoe", upper: .pump, heel: 0.22, heelKind: .block, sole: 0.035, toe: 0.08),
      ShoeStyle(name: "strapped sandal", upper: .straps(3), sole: 0.06),
      ShoeStyle(name: "heeled sandal", upper: .straps(2), heel: 0.38, heelKind: .thin, sole: 0.035),
      ShoeStyle(name: "flip-flop", upper: .thong, sole: 0.06),
      ShoeStyle(name: "clog", upper: .mule, heel: 0.1, heelKind: .block, sole: 0.1, toe: 0.15),
    ],
    validation: [
      ShoeStyle(name: "tennis shoe", shaft: 0.33, sole: 0.09, toe: 0.13, laces: 5, cap: true, paleSole: true),
      ShoeStyle(name: "trainer", shaft: 0.4, sole: 0.14, toe: 0.12, laces: 5, stripes: 1, paleSole: true),
      ShoeStyle(name: "loafer", shaft: 0.28, heel: 0.06, heelKind: .block, sole: 0.05, toe: 0.11),
      ShoeStyle(name: "chelsea boot", shaft: 0.7, heel: 0.09, heelKind: .block, sole: 0.05, toe: 0.12, stripes: 1),
      ShoeStyle(name: "rubber boot", shaft: 0.98, heel: 0.04, heelKind: .block, sole: 0.07, toe: 0.14, cuff: true),
      ShoeStyle(name: "heeled boot", shaft: 0.9, heel: 0.34, heelKind: .thin, sole: 0.04, toe: 0.07),
      ShoeStyle(name: "slingback", upper: .pump, heel: 0.34, heelKind: .thin, sole: 0.03, toe: 0.06),
      ShoeStyle(name: "ballerina", upper: .pump, heel: 0.03, heelKind: .flat, sole: 0.035, toe: 0.09),
      ShoeStyle(name: "wedge sandal", upper: .straps(3), heel: 0.3, heelKind: .wedge, sole: 0.07),
      ShoeStyle(name: "slider", upper: .straps(1), sole: 0.09),
    ])

  /// Another of the same make.
  func varied(_ random: inout RandomSource) -> ShoeStyle {
    var copy = self
    copy.shaft *= random.real(0.92, 1.08)
    copy.heel *= random.real(0.88, 1.12)
    copy.sole *= random.real(0.85, 1.2)
    copy.toe *= random.real(0.9, 1.1)
    return copy
  }
}
