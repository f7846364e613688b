/// One thing to wear or to carry, before it is placed anywhere.
///
/// It is drawn in lengths of 25 cm, so that the shading, made for figures of a person's size, falls as it should. x runs
/// along its width (a shoe's toe is ahead), y up from where it stands, and its front looks along z.
struct Ware: Sendable {
  enum Shape: Sendable {
    case bag(BagStyle)
    case shirt(ShirtStyle)
    case shoe(ShoeStyle)
  }

  /// Metres.
  static let unit = 0.25

  var shape: Shape
  var colors: WareColors
  /// For its accidents.
  var seed: UInt64

  /// - Returns: nil only if a catalogue is empty.
  init?(_ ware: WareClass, _ split: DatasetSplit, _ random: inout RandomSource) {
    switch ware {
    case .bag:
      guard let style = random.pick(BagStyle.catalog[split]) else { return nil }
      shape = .bag(style.varied(&random))
    case .shirt:
      guard let style = random.pick(ShirtStyle.catalog[split]) else { return nil }
      shape = .shirt(style.varied(&random))
    case .shoe:
      guard let style = random.pick(ShoeStyle.catalog[split]) else { return nil }
      shape = .shoe(style.varied(&random))
    }
    guard let colors = random.pick(WareColors.catalog[split]) else { return nil }
    self.colors = colors
    seed = random.next()
  }

  var styleName: String {
    switch shape {
    case .bag(let style): style.name
    case .shirt(let style): style.name
    case .shoe(let style): style.name
    }
  }

  /// - Parameter skin: of the foot in it, where it is a shoe that is worn.
  func model(skin: RGB? = nil) -> Model {
    var random = RandomSource(seed: seed)
    switch shape {
    case .bag(let style): return BagFigure(style, colors, &random).model
    case .shirt(let style): return ShirtFigure(style, colors, &random).model
    case .shoe(let style): return ShoeFigure(style, colors, skin: skin, &random).model
    }
  }
}
