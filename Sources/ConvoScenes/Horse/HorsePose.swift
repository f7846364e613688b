/// The angles of one moment of a horse's movement, in degrees from straight down, positive towards the head.
struct HorsePose: CatalogEntry {
  /// Upper, middle and lower bone, then pastern. In front: humerus, forearm, cannon; behind: thigh, gaskin, cannon.
  struct Leg: Sendable, Hashable {
    var upper: Double
    var middle: Double
    var cannon: Double
    var pastern: Double

    init(_ upper: Double, _ middle: Double, _ cannon: Double, _ pastern: Double) {
      self.upper = upper
      self.middle = middle
      self.cannon = cannon
      self.pastern = pastern
    }
  }

  var name: String
  /// Lift of the forehand around the hips.
  var rise = 0.0
  /// The neck's angle above the horizontal and its arch: how much steeper it begins than it ends.
  var neck = 48.0
  var arch = 22.0
  /// The head's angle below the horizontal.
  var head = 52.0
  /// Sideways bend of the neck.
  var bend = 0.0
  /// The tail's angle away from hanging.
  var tail = 12.0
  /// Height of the lowest hoof above the ground.
  var flight = 0.0
  var leftFore: Leg
  var rightFore: Leg
  var leftHind: Leg
  var rightHind: Leg

  private static let stand = Leg(-36, 3, 0, 24)
  private static let standBehind = Leg(34, -38, 3, 26)
  private static let reach = Leg(-14, 26, 20, 38)
  private static let trail = Leg(-46, -20, -22, 4)
  private static let lift = Leg(-12, 48, -38, -66)
  private static let tuck = Leg(-4, 66, -62, -105)
  private static let under = Leg(58, -22, 14, 36)
  private static let push = Leg(12, -54, -32, -2)
  private static let swing = Leg(56, -62, 8, -34)

  static let catalog = SplitCatalog(
    training: [
      HorsePose(
        name: "standing", leftFore: stand, rightFore: Leg(-33, 7, 4, 28), leftHind: standBehind,
        rightHind: Leg(28, -44, -2, 20)),
      HorsePose(
        name: "alert", neck: 62, arch: 14, head: 42, tail: 20, leftFore: Leg(-35, 1, -2, 22), rightFore: stand,
        leftHind: Leg(38, -34, 6, 28), rightHind: standBehind),
      HorsePose(
        name: "walking, fore reach", neck: 40, head: 50, leftFore: Leg(-24, 16, 12, 32),
        rightFore: Leg(-42, -12, -12, 12),
        leftHind: Leg(22, -48, -16, 10), rightHind: Leg(46, -30, 8, 30)),
      HorsePose(
        name: "walking, knee lifted", neck: 42, head: 54, leftFore: Leg(-20, 32, -20, -34), rightFore: stand,
        leftHind: Leg(46, -30, 8, 30), rightHind: Leg(20, -50, -20, 6)),
      HorsePose(
        name: "trotting, left diagonal", neck: 50, arch: 28, head: 62, tail: 24, flight: 0.03, leftFore: lift,
        rightFore: Leg(-40, -14, -16, 8), leftHind: push, rightHind: swing),
      HorsePose(
        name: "trotting, right diagonal", neck: 48, arch: 24, head: 58, tail: 22, flight: 0.06, leftFore: trail,
        rightFore: Leg(-14, 40, 4, -10), leftHind: swing, rightHind: push),
      HorsePose(
        name: "cantering", rise: 8, neck: 48, arch: 24, head: 56, tail: 30, leftFore: reach, rightFore: tuck,
        leftHind: under, rightHind: Leg(40, -36, 2, 26)),
      HorsePose(
        name: "galloping, stretched", rise: 3, neck: 30, arch: 12, head: 36, tail: 50, flight: 0.1, leftFore: reach,
        rightFore: Leg(-8, 44, 34, 40), leftHind: push, rightHind: Leg(4, -62, -46, -20)),
      HorsePose(
        name: "galloping, gathered", rise: -3, neck: 34, arch: 14, head: 42, tail: 46, flight: 0.16, leftFore: tuck,
        rightFore: trail, leftHind: under, rightHind: Leg(64, -14, 22, 44)),
      HorsePose(
        name: "grazing", neck: -40, arch: -20, head: 66, tail: 8, leftFore: Leg(-28, 12, 8, 30),
        rightFore: Leg(-40, -6, -8, 16), leftHind: standBehind, rightHind: Leg(30, -42, 0, 22)),
      HorsePose(
        name: "looking aside", neck: 54, head: 48, bend: 42, leftFore: stand, rightFore: Leg(-38, 0, -3, 20),
        leftHind: Leg(30, -42, 0, 24), rightHind: standBehind),
    ],
    validation: [
      HorsePose(
        name: "rearing", rise: 48, neck: 40, arch: 26, head: 40, tail: 16, leftFore: Leg(40, 66, -30, -80),
        rightFore: Leg(30, 48, -56, -100), leftHind: Leg(58, -34, 2, 24), rightHind: Leg(52, -40, -4, 20)),
      HorsePose(
        name: "resting a hind leg", neck: 26, arch: 10, head: 60, tail: 5, leftFore: Leg(-37, 0, -2, 22),
        rightFore: Leg(-34, 5, 2, 25), leftHind: Leg(34, -36, 4, 27), rightHind: Leg(42, -56, 2, -28)),
      HorsePose(
        name: "ambling", neck: 44, arch: 18, head: 47, tail: 16, leftFore: Leg(-28, 12, 7, 29),
        rightFore: Leg(-44, -8, -15, 14), leftHind: Leg(40, -33, 6, 28), rightHind: Leg(17, -50, -13, 9)),
      HorsePose(
        name: "piaffe", neck: 58, arch: 38, head: 76, tail: 18, leftFore: Leg(-16, 54, -26, -52),
        rightFore: Leg(-37, 1, -1, 21), leftHind: Leg(36, -42, 0, 22), rightHind: Leg(50, -64, 2, -24)),
      HorsePose(
        name: "over a jump", rise: 26, neck: 28, arch: 8, head: 44, tail: 36, flight: 0.2,
        leftFore: Leg(10, 72, -48, -96),
        rightFore: Leg(4, 60, -58, -104), leftHind: Leg(20, -58, -34, -6), rightHind: Leg(16, -62, -38, -10)),
      HorsePose(
        name: "nibbling at knee height", neck: -6, arch: -6, head: 58, bend: 10, tail: 10, leftFore: Leg(-32, 8, 3, 26),
        rightFore: Leg(-38, -3, -5, 18), leftHind: Leg(37, -35, 5, 28), rightHind: Leg(27, -45, -4, 18)),
      HorsePose(
        name: "levade", rise: 30, neck: 50, arch: 34, head: 64, tail: 14, leftFore: Leg(16, 62, -50, -92),
        rightFore: Leg(12, 56, -44, -88), leftHind: Leg(64, -40, 12, 30), rightHind: Leg(62, -44, 8, 28)),
      HorsePose(
        name: "hand gallop", rise: 5, neck: 38, arch: 16, head: 46, tail: 40, flight: 0.05,
        leftFore: Leg(-10, 34, 26, 34),
        rightFore: Leg(-6, 58, -44, -84), leftHind: Leg(16, -50, -26, 2), rightHind: Leg(48, -28, 8, 32)),
    ])

  /// The same moment, a little earlier or later, in another animal.
  func varied(_ random: inout RandomSource, by spread: Double) -> HorsePose {
    var copy = self
    func vary(_ leg: Leg) -> Leg {
      Leg(
        leg.upper + random.around(0, spread), leg.middle + random.around(0, spread),
        leg.cannon + random.around(0, spread), leg.pastern + random.around(0, spread * 1.5))
    }
    copy.neck += random.around(0, spread * 1.4)
    copy.head += random.around(0, spread * 1.4)
    copy.rise += rise > 12 ? random.around(0, spread) : random.around(0, 1)
    copy.bend += random.around(0, spread * 1.5)
    copy.tail += random.real(0, spread * 2)
    copy.leftFore = vary(leftFore)
    copy.rightFore = vary(rightFore)
    copy.leftHind = vary(leftHind)
    copy.rightHind = vary(rightHind)
    if random.chance(0.5) {
      (copy.leftFore, copy.rightFore) = (copy.rightFore, copy.leftFore)
      (copy.leftHind, copy.rightHind) = (copy.rightHind, copy.leftHind)
      copy.bend = -copy.bend
    }
    return copy
  }
}
