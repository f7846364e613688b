/// The measures of a bag, in units of 25 cm.
struct BagStyle: CatalogEntry {
  enum Body: Sendable, Hashable {
    /// Flat sides and corners.
    case boxed
    /// A round bottom and a round mouth.
    case bucket
    /// A soft crescent.
    case slouch
  }

  enum Handle: Sendable, Hashable {
    case none
    /// One over each side, so high above the mouth.
    case twin(Double)
    /// One over the middle.
    case grip(Double)
    /// A long one from end to end.
    case strap(Double)
    case chain(Double)
  }

  var name: String
  var body = Body.boxed
  /// Half the width, below and above.
  var low: Double
  var top: Double
  var tall: Double
  /// Half the depth, below and above.
  var deep: Double
  var mouth: Double
  /// Radius of the outline's corners, below and above.
  var lowCorner = 0.08
  var topCorner = 0.04
  var handle: Handle
  /// Which share of the front a flap covers.
  var flap = 0.0
  var pocket = false
  var clasp = false
  /// Whether one looks into it from above.
  var open = false
  var weave = Outfit.Weave.plain

  static let catalog = SplitCatalog(
    training: [
      BagStyle(
        name: "tote", low: 0.58, top: 0.70, tall: 1.1, deep: 0.24, mouth: 0.12, lowCorner: 0.1, handle: .twin(0.6),
        open: true),
      BagStyle(
        name: "paper carrier", low: 0.50, top: 0.50, tall: 1.25, deep: 0.24, mouth: 0.22, lowCorner: 0.01,
        topCorner: 0.01, handle: .twin(0.34), open: true),
      BagStyle(
        name: "trapeze", low: 0.74, top: 0.52, tall: 0.95, deep: 0.32, mouth: 0.12, lowCorner: 0.14,
        handle: .twin(0.42), clasp: true),
      BagStyle(
        name: "briefcase", low: 0.84, top: 0.84, tall: 0.92, deep: 0.18, mouth: 0.15, lowCorner: 0.06,
        topCorner: 0.08, handle: .grip(0.2), flap: 0.5, clasp: true),
      BagStyle(
        name: "satchel", low: 0.66, top: 0.62, tall: 0.72, deep: 0.22, mouth: 0.17, lowCorner: 0.14, topCorner: 0.1,
        handle: .strap(0.95), flap: 0.62, clasp: true),
      BagStyle(
        name: "bucket", body: .bucket, low: 0.40, top: 0.52, tall: 0.95, deep: 0.40, mouth: 0.5, handle: .strap(0.8),
        open: true),
      BagStyle(
        name: "clutch", low: 0.74, top: 0.74, tall: 0.50, deep: 0.12, mouth: 0.09, lowCorner: 0.08, topCorner: 0.08,
        handle: .none, flap: 0.6, clasp: true),
      BagStyle(
        name: "travelling bag", low: 0.95, top: 0.82, tall: 0.70, deep: 0.36, mouth: 0.2, lowCorner: 0.2,
        topCorner: 0.28, handle: .twin(0.46), pocket: true),
      BagStyle(
        name: "hobo", body: .slouch, low: 0.70, top: 0.5, tall: 0.62, deep: 0.18, mouth: 0.1, handle: .strap(0.7)),
      BagStyle(
        name: "rucksack", low: 0.52, top: 0.46, tall: 1.2, deep: 0.34, mouth: 0.26, lowCorner: 0.14, topCorner: 0.34,
        handle: .grip(0.14), pocket: true),
      BagStyle(
        name: "quilted evening bag", low: 0.60, top: 0.60, tall: 0.52, deep: 0.14, mouth: 0.12, lowCorner: 0.06,
        topCorner: 0.06, handle: .chain(0.8), flap: 0.7, clasp: true, weave: .checks),
      BagStyle(
        name: "doctor's bag", low: 0.80, top: 0.58, tall: 0.78, deep: 0.38, mouth: 0.1, lowCorner: 0.1,
        topCorner: 0.12, handle: .twin(0.3), clasp: true),
      BagStyle(
        name: "striped beach bag", low: 0.72, top: 0.88, tall: 0.88, deep: 0.3, mouth: 0.18, lowCorner: 0.2,
        handle: .twin(0.5), open: true, weave: .hoops),
    ],
    validation: [
      BagStyle(
        name: "carry-all", low: 0.68, top: 0.60, tall: 1.0, deep: 0.28, mouth: 0.1, lowCorner: 0.06,
        handle: .twin(0.52), pocket: true),
      BagStyle(
        name: "saddle bag", low: 0.52, top: 0.56, tall: 0.66, deep: 0.18, mouth: 0.13, lowCorner: 0.36,
        topCorner: 0.06, handle: .strap(0.86), flap: 0.55, clasp: true),
      BagStyle(
        name: "bowling bag", low: 0.80, top: 0.62, tall: 0.76, deep: 0.34, mouth: 0.24, lowCorner: 0.12,
        topCorner: 0.36, handle: .twin(0.36)),
      BagStyle(
        name: "messenger", low: 0.78, top: 0.80, tall: 0.64, deep: 0.20, mouth: 0.16, lowCorner: 0.1, topCorner: 0.05,
        handle: .strap(1.05), flap: 0.8),
      BagStyle(
        name: "box bag", low: 0.48, top: 0.48, tall: 0.6, deep: 0.28, mouth: 0.28, lowCorner: 0.04, topCorner: 0.05,
        handle: .grip(0.32), clasp: true),
      BagStyle(
        name: "baguette", low: 0.80, top: 0.76, tall: 0.42, deep: 0.16, mouth: 0.12, lowCorner: 0.16, topCorner: 0.05,
        handle: .strap(0.48), flap: 0.5, clasp: true),
      BagStyle(
        name: "pouch", body: .slouch, low: 0.56, top: 0.42, tall: 0.5, deep: 0.22, mouth: 0.14, handle: .chain(0.6)),
      BagStyle(
        name: "drawstring bag", body: .bucket, low: 0.46, top: 0.40, tall: 0.85, deep: 0.46, mouth: 0.38,
        handle: .strap(0.62), open: true, weave: .pinstripes),
      BagStyle(
        name: "checked shopper", low: 0.60, top: 0.62, tall: 0.96, deep: 0.2, mouth: 0.16, lowCorner: 0.03,
        handle: .twin(0.42), open: true, weave: .checks),
    ])

  /// Another of the same make.
  func varied(_ random: inout RandomSource) -> BagStyle {
    var copy = self
    let wide = random.real(0.92, 1.08)
    copy.low *= wide * random.real(0.97, 1.03)
    copy.top *= wide * random.real(0.97, 1.03)
    copy.tall *= random.real(0.9, 1.1)
    let stretch = random.real(0.82, 1.15)
    switch handle {
    case .none: break
    case .twin(let height): copy.handle = .twin(height * stretch)
    case .grip(let height): copy.handle = .grip(height * stretch)
    case .strap(let height): copy.handle = .strap(height * stretch)
    case .chain(let height): copy.handle = .chain(height * stretch)
    }
    return copy
  }
}
