/// What a solid is covered with. Lengths are metres in the paint's frame.
struct Paint: Sendable {
  var base: RGB
  /// The colour at the solid's far end, reached between these shares of its length.
  var tip: RGB?
  var tipFrom = 0.0
  var tipTo = 1.0
  var pattern = Pattern.plain
  /// Strength of the highlight: 0 wool, 0.5 a brushed coat, 1 patent leather.
  var gloss = 0.12
  /// Strength of the fine unevenness of brightness: fur, weave, bark.
  var grain = 0.05
  /// Where two solids meet, their colours run into each other over this distance.
  var soft = 0.004
  /// Which of the model's frames the pattern lies in; 0 is the model itself.
  var frame = 0

  init(_ base: RGB, gloss: Double = 0.12, grain: Double = 0.05, soft: Double = 0.004, frame: Int = 0) {
    self.base = base
    self.gloss = gloss
    self.grain = grain
    self.soft = soft
    self.frame = frame
  }

  func patterned(_ pattern: Pattern) -> Paint {
    var copy = self
    copy.pattern = pattern
    return copy
  }

  func fading(to tip: RGB, from: Double, to end: Double) -> Paint {
    var copy = self
    copy.tip = tip
    copy.tipFrom = from
    copy.tipTo = end
    return copy
  }
}

extension Paint {
  /// For a thing of another size.
  func scaled(by size: Double) -> Paint {
    var copy = self
    copy.soft *= size
    switch pattern {
    case .plain, .jacket, .strands, .face, .blaze: break
    case .patches(let other, let length, let share, let seed):
      copy.pattern = .patches(other, size: length * size, share: share, seed: seed)
    case .dapples(let other, let length, let seed): copy.pattern = .dapples(other, size: length * size, seed: seed)
    case .hoops(let other, let period): copy.pattern = .hoops(other, period: period * size)
    case .pinstripes(let other, let period): copy.pattern = .pinstripes(other, period: period * size)
    case .checks(let other, let period): copy.pattern = .checks(other, period: period * size)
    case .twoTone(let other, let above): copy.pattern = .twoTone(other, above: above * size)
    case .placket(let buttons, let period): copy.pattern = .placket(buttons, period: period * size)
    }
    return copy
  }
}

/// What is drawn on a paint, as a function of the place in its frame.
enum Pattern: Sendable {
  case plain
  /// Large irregular patches, as on a pinto.
  case patches(RGB, size: Double, share: Double, seed: Int32)
  /// Soft pale rings over a darker net, as on a dapple grey.
  case dapples(RGB, size: Double, seed: Int32)
  /// Bands around the up axis.
  case hoops(RGB, period: Double)
  /// Bands along the up axis.
  case pinstripes(RGB, period: Double)
  case checks(RGB, period: Double)
  /// The lower part has another colour, above which height it ends.
  case twoTone(RGB, above: Double)
  /// A front opening with buttons and lapels.
  case jacket(RGB, opening: Double)
  /// A buttoned front, with a button every so far.
  case placket(RGB, period: Double)
  /// Hair that runs along the solid.
  case strands(RGB, count: Double, seed: Int32)
  /// The front of a person's head.
  case face(PersonFace)
  /// White marking on a horse's face: half its width at the forehead and at the nose.
  case blaze(RGB, forehead: Double, nose: Double)
}

/// The features painted on a head whose centre is the frame's origin, looking along x.
struct PersonFace: Sendable, Hashable {
  var iris: RGB
  var brow: RGB
  var lips: RGB
  var stubble: Double
  var smile: Double
  var glasses: Bool
  /// Half the width of a head, against which all features are measured.
  var size: Double
}
