#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Everything that makes one person, before he or she is placed anywhere.
struct PersonFigure: Sendable {
  var build: PersonBuild
  var complexion: Complexion
  var hair: HairStyle
  var outfit: Outfit
  var wardrobe: Wardrobe
  var pose: PersonPose
  /// For the accidents of one person: hair colour, beard, glasses, the fall of a cloth.
  var seed: UInt64

  /// Proportions are drawn for this height.
  static let drawnHeight = 1.75

  func model() -> Model {
    var random = RandomSource(seed: seed)
    var body = PersonBody(self, &random)
    body.addTrunk()
    body.addLegs()
    body.addArms()
    body.addSkirts()
    body.addHead(&random)
    body.addHair(&random)
    body.addHat()
    body.addBag()
    body.addSeat(&random)
    body.model.raise(by: pose.flight - body.model.lowest)
    return body.model
  }
}

/// A person under construction; the hips are the origin until the end.
struct PersonBody {
  struct Cloths {
    var skin: Int
    var top: Int
    var trim: Int
    var bottom: Int
    var shoes: Int
    var soles: Int
  }

  let figure: PersonFigure
  var model = Model()
  /// Metres a drawn metre.
  let size: Double
  let trunkTurn: Rotation
  let headTurn: Rotation
  let headCenter: Vector
  let cloths: Cloths
  let hairColor: RGB
  var knees: [Vector] = []
  var ankles: [Vector] = []
  var hands: [(at: Vector, along: Vector)] = []
  /// In place of plain shoes.
  var footwear: Footwear?

  init(_ figure: PersonFigure, _ random: inout RandomSource) {
    self.figure = figure
    size = figure.build.height / PersonFigure.drawnHeight
    let pose = figure.pose
    trunkTurn = Rotation.yaw(pose.twist).after(.pitch(-pose.lean)).after(.roll(pose.side))
    headTurn = Rotation.yaw(pose.twist * 0.3 + pose.turn).after(.pitch(-pose.lean * 0.45 - pose.nod))
    let neck = trunkTurn(Vector(0.0, 0.60, 0))
    headCenter = (neck + headTurn(Vector(0.02, 0.115 * figure.build.head, 0))) * size
    let own = random.pick(figure.complexion.hair) ?? RGB(0.15, 0.1, 0.08)
    hairColor = own.mixed(with: RGB(0.78, 0.77, 0.75), figure.build.grey * random.real(0.5, 1)).varied(&random, 0.03)
    let trunkFrame = model.frame(Vector(0, 0, 0), trunkTurn)
    let seed = Int32(truncatingIfNeeded: figure.seed & 0xFFFF)
    let (colors, outfit) = (figure.wardrobe, figure.outfit)
    var top = Paint(colors.top.varied(&random, 0.05), gloss: 0.06, grain: 0.08, frame: trunkFrame)
    if outfit.top == .jacket || outfit.top == .coat {
      top.pattern = .jacket(colors.trim, opening: outfit.top == .jacket ? 0.05 : 0.018)
    } else {
      top.pattern = outfit.weave.pattern(colors.trim, scale: size, seed: seed)
    }
    let skin = figure.complexion.skin.varied(&random, 0.03)
    cloths = Cloths(
      skin: model.paint(Paint(skin, gloss: 0.22, grain: 0.03, soft: 0.006)),
      top: model.paint(top),
      trim: model.paint(Paint(colors.trim.varied(&random), gloss: 0.1, grain: 0.05)),
      bottom: model.paint(Paint(colors.bottom.varied(&random, 0.05), gloss: 0.06, grain: 0.08)),
      shoes: model.paint(Paint(colors.shoes.varied(&random), gloss: 0.45, grain: 0.04)),
      soles: model.paint(Paint(colors.shoes.lit(0.5), gloss: 0.1, grain: 0.02)))
  }

  /// A drawn point of the trunk, in the pose.
  func trunk(_ x: Double, _ y: Double, _ z: Double = 0) -> Vector { trunkTurn(Vector(x, y, z)) * size }

  func head(_ x: Double, _ y: Double, _ z: Double = 0) -> Vector {
    headCenter + headTurn(Vector(x, y, z)) * (size * figure.build.head)
  }

  /// From hanging down: forwards by `swing`, sideways by `out`.
  static func bone(_ swing: Double, _ out: Double, _ side: Double) -> Vector {
    let (a, b) = (radians(swing), radians(out))
    return Vector(sin(a) * cos(b), -cos(a) * cos(b), side * sin(b))
  }

  mutating func addTrunk() {
    let (b, s) = (figure.build, size)
    let (top, bottom) = (cloths.top, cloths.bottom)
    let loose =
      figure.outfit.top == .coat || figure.outfit.top == .hoodie ? 1.12 : (figure.outfit.top == .jacket ? 1.07 : 1)
    let depth = trunkTurn.x
    let g = b.girth * loose
    let lower = figure.outfit.top == .dress ? top : bottom
    model.rod(
      trunk(0, -0.01, -0.06 * b.hips), trunk(0, -0.01, 0.06 * b.hips), 0.112 * s * b.hips, 0.112 * s * b.hips,
      paint: lower,
      blend: 0.05 * s, flat: depth, by: 0.92)
    for side in [-1.0, 1.0] {
      model.ball(trunk(-0.05, -0.045, side * 0.06 * b.hips), 0.092 * s * b.hips, paint: lower, blend: 0.05 * s)
    }
    // The hem of the top overlaps the waistband.
    model.rod(
      trunk(0, 0.06), trunk(0, 0.20), 0.138 * s * g * (0.5 + b.hips * 0.5), 0.128 * s * g, paint: top, blend: 0.05 * s,
      flat: depth, by: 0.72)
    model.rod(
      trunk(0, 0.20), trunk(0, 0.40), 0.130 * s * g, 0.158 * s * g * (0.4 + 0.6 * b.shoulders), paint: top,
      blend: 0.06 * s,
      flat: depth, by: 0.68)
    model.rod(
      trunk(-0.01, 0.465, -0.125 * b.shoulders), trunk(-0.01, 0.465, 0.125 * b.shoulders), 0.070 * s * loose,
      0.070 * s * loose, paint: top, blend: 0.07 * s, flat: depth, by: 0.95)
    model.rod(trunk(-0.012, 0.48), trunk(-0.008, 0.535), 0.085 * s * loose, 0.062 * s, paint: top, blend: 0.05 * s)
    if b.belly > 0 {
      model.ball(trunk(0.035 + 0.03 * b.belly, 0.12), 0.125 * s * (0.8 + 0.3 * b.belly), paint: top, blend: 0.07 * s)
    }
    if b.bust > 0 {
      for side in [-1.0, 1.0] {
        model.ball(trunk(0.072, 0.335, side * 0.068), 0.066 * s * b.bust, paint: top, blend: 0.04 * s)
      }
    }
    model.rod(
      trunk(-0.005, 0.52), (trunk(0.005, 0.62) + headCenter) / 2, 0.056 * s * (0.5 + b.limbs * 0.5), 0.050 * s,
      paint: cloths.skin, blend: 0.012 * s)
    if figure.outfit.top == .hoodie {
      model.rod(trunk(-0.07, 0.53, -0.05), trunk(-0.07, 0.53, 0.05), 0.055 * s, 0.055 * s, paint: top, blend: 0.03 * s)
      model.rod(trunk(0.03, 0.525, -0.05), trunk(0.03, 0.525, 0.05), 0.03 * s, 0.03 * s, paint: top, blend: 0.03 * s)
    }
  }
}
