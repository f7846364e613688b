/// The angles of one moment of a person's movement, in degrees.
struct PersonPose: CatalogEntry {
  /// From hanging straight down: `swing` forwards, `out` sideways, `fold` of the elbow or knee.
  struct Limb: Sendable, Hashable {
    var swing: Double
    var out: Double
    var fold: Double

    init(_ swing: Double, _ out: Double, _ fold: Double) {
      self.swing = swing
      self.out = out
      self.fold = fold
    }
  }

  var name: String
  /// Forward and sideways lean of the trunk, and its twist against the hips.
  var lean = 0.0
  var side = 0.0
  var twist = 0.0
  /// Nod (down) and turn (left) of the head.
  var nod = 0.0
  var turn = 0.0
  /// Height of the lowest foot above the ground.
  var flight = 0.0
  /// Whether something to sit on belongs under the hips.
  var seated = false
  var leftArm: Limb
  var rightArm: Limb
  var leftLeg: Limb
  var rightLeg: Limb

  private static let hang = Limb(2, 8, 12)
  private static let straight = Limb(0, 5, 2)

  static let catalog = SplitCatalog(
    training: [
      PersonPose(name: "standing", leftArm: hang, rightArm: Limb(-2, 9, 8), leftLeg: straight, rightLeg: Limb(1, 4, 3)),
      PersonPose(
        name: "weight on one leg", side: 4, turn: 14, leftArm: Limb(0, 14, 18), rightArm: hang,
        leftLeg: Limb(12, 9, 24),
        rightLeg: Limb(-2, 2, 0)),
      PersonPose(
        name: "walking", lean: 4, twist: 8, leftArm: Limb(26, 6, 22), rightArm: Limb(-24, 6, 14),
        leftLeg: Limb(-20, 2, 14),
        rightLeg: Limb(26, 2, 8)),
      PersonPose(
        name: "running", lean: 12, twist: -10, flight: 0.05, leftArm: Limb(-46, 10, 84), rightArm: Limb(38, 8, 92),
        leftLeg: Limb(56, 3, 66), rightLeg: Limb(-28, 3, 58)),
      PersonPose(
        name: "sitting", lean: 4, seated: true, leftArm: Limb(28, 8, 44), rightArm: Limb(24, 9, 50),
        leftLeg: Limb(86, 8, 88),
        rightLeg: Limb(84, 6, 82)),
      PersonPose(
        name: "arms raised", nod: -10, leftArm: Limb(8, 158, 10), rightArm: Limb(4, 150, 16), leftLeg: Limb(2, 11, 3),
        rightLeg: Limb(-1, 11, 2)),
      PersonPose(
        name: "crouching", lean: 34, nod: 8, leftArm: Limb(62, 8, 30), rightArm: Limb(54, 12, 44),
        leftLeg: Limb(104, 14, 128),
        rightLeg: Limb(62, 12, 122)),
      PersonPose(
        name: "hands on hips", leftArm: Limb(-18, 48, 68), rightArm: Limb(-18, 48, 68), leftLeg: Limb(0, 10, 2),
        rightLeg: Limb(2, 10, 4)),
      PersonPose(
        name: "waving", turn: -10, leftArm: hang, rightArm: Limb(30, 104, 62), leftLeg: straight,
        rightLeg: Limb(4, 7, 8)),
      PersonPose(
        name: "pointing", twist: 12, leftArm: Limb(-4, 10, 16), rightArm: Limb(86, 14, 6), leftLeg: Limb(-8, 6, 4),
        rightLeg: Limb(12, 6, 6)),
      PersonPose(
        name: "leaping", lean: 4, nod: -8, flight: 0.3, leftArm: Limb(60, 110, 20), rightArm: Limb(50, 122, 26),
        leftLeg: Limb(24, 22, 74), rightLeg: Limb(10, 20, 48)),
      PersonPose(
        name: "arms folded", leftArm: Limb(26, 16, 96), rightArm: Limb(30, 14, 90), leftLeg: Limb(2, 8, 2),
        rightLeg: Limb(-2, 7, 2)),
    ],
    validation: [
      PersonPose(
        name: "stooping", lean: 62, nod: 10, leftArm: Limb(52, 6, 16), rightArm: Limb(64, 10, 10),
        leftLeg: Limb(14, 8, 26),
        rightLeg: Limb(8, 8, 22)),
      PersonPose(
        name: "strolling", lean: 2, twist: -5, turn: 12, leftArm: Limb(-15, 9, 16), rightArm: Limb(17, 9, 28),
        leftLeg: Limb(18, 3, 5), rightLeg: Limb(-15, 3, 20)),
      PersonPose(
        name: "sprinting", lean: 24, twist: 14, flight: 0.03, leftArm: Limb(54, 12, 78), rightArm: Limb(-60, 14, 70),
        leftLeg: Limb(-38, 4, 30), rightLeg: Limb(74, 4, 92)),
      PersonPose(
        name: "reaching up", side: -5, nod: -16, leftArm: Limb(166, 12, 6), rightArm: Limb(6, 12, 20),
        leftLeg: Limb(2, 5, 2),
        rightLeg: Limb(-6, 6, 10)),
      PersonPose(
        name: "arms spread", leftArm: Limb(0, 88, 8), rightArm: Limb(6, 84, 12), leftLeg: Limb(1, 14, 3),
        rightLeg: Limb(1, 14, 3)),
      PersonPose(
        name: "perched", lean: 14, turn: 18, seated: true, leftArm: Limb(38, 4, 66), rightArm: Limb(12, 12, 34),
        leftLeg: Limb(72, 10, 70), rightLeg: Limb(94, 2, 96)),
      PersonPose(
        name: "lunging", lean: 16, leftArm: Limb(44, 20, 48), rightArm: Limb(-26, 20, 36), leftLeg: Limb(72, 6, 74),
        rightLeg: Limb(-26, 6, 44)),
      PersonPose(
        name: "looking at a hand", nod: 18, leftArm: Limb(34, 10, 100), rightArm: Limb(0, 10, 14),
        leftLeg: Limb(5, 8, 9),
        rightLeg: Limb(-3, 4, 1)),
      PersonPose(
        name: "throwing", lean: -4, twist: -26, nod: -4, leftArm: Limb(72, 30, 14), rightArm: Limb(-34, 112, 78),
        leftLeg: Limb(26, 8, 12), rightLeg: Limb(-22, 8, 30)),
    ])

  /// The same moment in another body, perhaps with left and right exchanged, unless that is told not to happen.
  func varied(_ random: inout RandomSource, by spread: Double, mirrored: Bool = true) -> PersonPose {
    var copy = self
    func vary(_ limb: Limb) -> Limb {
      Limb(
        limb.swing + random.around(0, spread), max(0, limb.out + random.around(0, spread * 0.5)),
        max(0, limb.fold + random.around(0, spread)))
    }
    copy.lean += random.around(0, spread * 0.5)
    copy.side += random.around(0, spread * 0.4)
    copy.twist += random.around(0, spread)
    copy.nod += random.around(0, spread)
    copy.turn += random.around(0, spread * 3)
    copy.leftArm = vary(leftArm)
    copy.rightArm = vary(rightArm)
    copy.leftLeg = vary(leftLeg)
    copy.rightLeg = vary(rightLeg)
    if mirrored, random.chance(0.5) {
      (copy.leftArm, copy.rightArm) = (copy.rightArm, copy.leftArm)
      (copy.leftLeg, copy.rightLeg) = (copy.rightLeg, copy.leftLeg)
      (copy.side, copy.twist, copy.turn) = (-copy.side, -copy.twist, -copy.turn)
    }
    return copy
  }
}
