public import ConvoImages

/// Two numbers that one is drawn between, each as likely.
public struct NumberRange: Sendable, Hashable {
  /// The smallest.
  public var lower: Double
  /// The largest.
  public var upper: Double

  /// From one number to another.
  public init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// How pictures are changed at random each time that they are shown; names, defaults, units and meaning are those of
/// Keras's `ImageDataGenerator`.
public struct Augmentation: Sendable, Hashable {
  /// Degrees, either way.
  public var rotationRange = 0.0
  /// In Keras 3, and so here, this moves pictures up and down by a share of their width, and
  /// ``heightShiftRange`` moves them sideways by a share of their height: its affine map exchanges the axes.
  public var widthShiftRange = ShiftRange.none
  /// See ``widthShiftRange``.
  public var heightShiftRange = ShiftRange.none
  /// What brightness is multiplied by; nil leaves it.
  public var brightnessRange: NumberRange?
  /// Degrees, either way.
  public var shearRange = 0.0
  /// Drawn for rows and columns apart; a number z in Keras stands for 1 - z to 1 + z. Above 1 things become smaller.
  public var zoomRange = NumberRange(1, 1)
  /// What is added to all channels, at most, either way.
  public var channelShiftRange = 0.0
  /// What is seen beyond a picture's edge.
  public var surroundings = Surroundings()
  /// Whether every second picture, on average, has left and right exchanged.
  public var horizontalFlip = false
  /// Whether every second picture, on average, has top and bottom exchanged.
  public var verticalFlip = false

  /// None.
  public init() {}

  /// Whether pictures are changed at all.
  public var isActive: Bool {
    rotationRange != 0 || widthShiftRange.isActive || heightShiftRange.isActive || brightnessRange != nil
      || shearRange != 0 || zoomRange != NumberRange(1, 1) || channelShiftRange != 0 || horizontalFlip || verticalFlip
  }
}

extension Augmentation {
  /// The change of one picture: a pure function of the arguments, so that neither threads nor interruptions matter.
  ///
  /// Each number has a stream of its own: turning one range on leaves what the others draw as it was.
  ///
  /// - Parameter picture: the picture's place in its generator.
  func transform(
    height: Int, width: Int, seed: UInt64, epoch: Int, pass: Int, picture: Int
  ) -> ImageTransform {
    // The mark at the end keeps apart what is drawn here from the orders, which are drawn from fewer numbers.
    var streams = SplitMix64(mixing: seed, [epoch, pass, picture, 1])
    func draw<Number>(_ number: (inout SplitMix64) -> Number) -> Number {
      var random = SplitMix64(seed: streams.next())
      return number(&random)
    }
    var transform = ImageTransform()
    transform.theta = draw { $0.next(from: -rotationRange, to: rotationRange) }
    transform.tx = draw { heightShiftRange.draw(side: height, from: &$0) }
    transform.ty = draw { widthShiftRange.draw(side: width, from: &$0) }
    transform.shear = draw { $0.next(from: -shearRange, to: shearRange) }
    transform.zx = draw { $0.next(from: zoomRange.lower, to: zoomRange.upper) }
    transform.zy = draw { $0.next(from: zoomRange.lower, to: zoomRange.upper) }
    transform.flipHorizontal = draw { $0.nextIsTrue() } && horizontalFlip
    transform.flipVertical = draw { $0.nextIsTrue() } && verticalFlip
    let shift = draw { $0.next(from: -channelShiftRange, to: channelShiftRange) }
    transform.channelShift = channelShiftRange == 0 ? nil : shift
    let brightness = draw { random in brightnessRange.map { random.next(from: $0.lower, to: $0.upper) } }
    transform.brightness = brightness
    return transform
  }
}

extension SplitMix64 {
  /// A number of `[lower, upper)`, one of 2⁵³ equally spaced ones.
  mutating func next(from lower: Double, to upper: Double) -> Double {
    lower + (upper - lower) * (Double(next() >> 11) * 0x1p-53)
  }

  /// True half of the time.
  mutating func nextIsTrue() -> Bool {
    next() >> 63 == 1
  }
}
