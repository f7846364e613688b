#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Everything that makes one horse, before it is placed anywhere.
struct HorseFigure: Sendable {
  var build: HorseBuild
  var coat: HorseCoat
  var pose: HorsePose
  var tack: HorseTack
  /// For the accidents of one animal: socks, locks of hair, patches.
  var seed: UInt64

  /// Proportions are drawn for withers at this height.
  static let drawnHeight = 1.58

  func model() -> Model {
    var random = RandomSource(seed: seed)
    var body = HorseBody(self, &random)
    body.addTrunk()
    body.addNeck()
    body.addLegs(&random)
    body.addHead(&random)
    body.addMane(&random)
    body.addTail(&random)
    body.addTack()
    body.model.raise(by: pose.flight - body.model.lowest)
    return body.model
  }
}

/// A horse under construction; each part adds its solids in its own file.
struct HorseBody {
  let figure: HorseFigure
  var model = Model()
  /// Metres a drawn metre.
  let size: Double
  let hide: Int
  let headHide: Int
  let seed: Int32
  let blaze: Double

  /// The crest of the neck from withers to poll: place, upward normal, radius.
  var crest: [(at: Vector, up: Vector, side: Vector, radius: Double)] = []
  var poll = Vector(0, 0, 0)
  var bend = Rotation.identity

  init(_ figure: HorseFigure, _ random: inout RandomSource) {
    self.figure = figure
    size = figure.build.height / HorseFigure.drawnHeight
    seed = Int32(truncatingIfNeeded: figure.seed & 0xFFFF)
    blaze = random.chance(figure.coat.white) ? random.real(0.012, 0.04) : 0
    hide = model.paint(Self.hide(figure.coat, seed: seed))
    headHide = hide
  }

  static func hide(_ coat: HorseCoat, seed: Int32) -> Paint {
    let paint = Paint(coat.body, gloss: 0.42, grain: 0.07, soft: 0.05)
    switch coat.marking {
    case .none: return paint
    case .pinto(let white, let share): return paint.patterned(.patches(white, size: 0.52, share: share, seed: seed))
    case .dapple(let pale): return paint.patterned(.dapples(pale, size: 0.085, seed: seed))
    case .leopard(let spot): return paint.patterned(.patches(spot, size: 0.11, share: 0.34, seed: seed))
    }
  }

  /// A drawn point of the trunk, in the pose.
  func trunk(_ x: Double, _ y: Double, _ z: Double = 0) -> Vector {
    let hip = Vector(-0.55, 1.25, 0)
    return (hip + Rotation.pitch(figure.pose.rise)(Vector(x, y, z) - hip)) * size
  }

  /// From straight down, `degrees` towards the head.
  static func bone(_ degrees: Double, _ length: Double, out: Double = 0) -> Vector {
    let a = radians(degrees)
    return Vector(sin(a), -cos(a), out) * length
  }

  private mutating func trunkRod(
    _ x0: Double, _ y0: Double, _ r0: Double, _ x1: Double, _ y1: Double, _ r1: Double, _ flat: Double, z: Double = 0,
    blend: Double = 0.12
  ) {
    let (from, to) = (trunk(x0, y0, z), trunk(x1, y1, z))
    model.rod(from, to, r0 * size, r1 * size, paint: hide, blend: blend * size, by: flat)
  }

  mutating func addTrunk() {
    let g = figure.build.girth
    // Ribcage, flank, hindquarters.
    trunkRod(0.34, 1.17, 0.345 * g, -0.10, 1.165, 0.345 * g, 0.80)
    trunkRod(-0.10, 1.165, 0.345 * g, -0.42, 1.215, 0.275 * g, 0.84)
    trunkRod(-0.40, 1.235, 0.275 * g, -0.60, 1.215, 0.265 * g, 0.90)
    for side in [-1.0, 1.0] {
      trunkRod(-0.42, 1.30, 0.17 * g, -0.66, 1.20, 0.175 * g, 0.9, z: side * 0.115 * g)
      trunkRod(0.40, 1.30, 0.15 * g, 0.56, 1.10, 0.15 * g, 0.8, z: side * 0.13 * g, blend: 0.08)
    }
    // Withers and the line of the back.
    trunkRod(0.40, 1.44, 0.115, 0.16, 1.405, 0.10, 0.7)
    trunkRod(0.16, 1.405, 0.10, -0.40, 1.41, 0.10, 1.1)
    // Croup down to the dock.
    trunkRod(-0.42, 1.41, 0.115, -0.70, 1.32, 0.085, 1.2)
    // Breast.
    trunkRod(0.46, 1.16, 0.275 * g, 0.60, 1.10, 0.20 * g, 0.78)
  }

  mutating func addNeck() {
    let pose = figure.pose
    let thick = figure.build.crest
    let length = 0.80 * size
    let parts = 8
    var at = trunk(0.50, 1.26)
    bend = .yaw(pose.bend)
    var knots: [Model.Knot] = []
    for index in 0...parts {
      let t = Double(index) / Double(parts)
      let angle = pose.neck + pose.arch * (0.5 - t) + pose.rise * 0.25
      let turn = Rotation.yaw(pose.bend * t)
      let ahead = turn(Rotation.pitch(angle)(Vector(1, 0, 0)))
      let up = turn(Rotation.pitch(angle)(Vector(0, 1, 0)))
      let radius = (0.265 * (1 - t) * (1 - t) + 0.36 * t * (1 - t) + 0.112 * t * t) * (1 + (thick - 1) * (1 - t * 0.6))
      knots.append(Model.Knot(at, radius * size))
      crest.append((at, up, turn(Vector(0, 0, 1)), radius * size))
      at += ahead * (length / Double(parts))
    }
    model.curve(knots, steps: 1, paint: hide, blend: 0.07 * size, flat: bend(Vector(0, 0, 1)), by: 0.6)
    // The windpipe's edge: fills the throat towards the breast.
    if let low = crest.first, crest.count > 5 {
      let high = crest[5]
      model.rod(
        low.at - low.up * (low.radius * 0.55), high.at - high.up * (high.radius * 0.45), 0.12 * size, 0.085 * size,
        paint: hide, blend: 0.08 * size, by: 0.75)
    }
    poll = at
  }
}
