#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a thing that nobody wears is set out.
enum Arrangement: CaseIterable, Sendable {
  case onTheFloor, onABench, hanging, lying

  /// The thing with what it stands on, hangs from and lies among, and which rods are the thing. Units of 25 cm.
  func model(_ ware: Ware, _ random: inout RandomSource) -> (model: Model, focus: [Int]) {
    var scene = Model()
    var focus: [Int] = []
    let thing = ware.model()
    var floor = 0.0
    switch self {
    case .onTheFloor:
      focus = Self.stand(ware, thing, at: 0, in: &scene, &random)
    case .onABench:
      floor = Self.bench(&scene, &random)
      focus = Self.stand(ware, thing, at: floor, in: &scene, &random)
    case .hanging:
      focus = Self.hang(ware, thing, in: &scene, &random)
    case .lying:
      focus = Self.lay(ware, thing, in: &scene, &random)
    }
    Self.clutter(&scene, around: focus, floor: floor, in: self, &random)
    return (scene, focus)
  }

  private static func stand(
    _ ware: Ware, _ thing: Model, at floor: Double, in scene: inout Model, _ random: inout RandomSource
  ) -> [Int] {
    let up = Vector(0, floor, 0)
    switch ware.shape {
    case .bag:
      return Array(scene.add(thing, at: up, turned: .pitch(random.around(0, 2))))
    case .shirt:
      // Thrown down, as flat as on a bed.
      let turn = Rotation.yaw(random.around(0, 30)).after(.roll(-random.real(58, 76)))
      return Array(scene.add(thing, at: up + Vector(0, 0.1, 0.6), turned: turn))
    case .shoe:
      let first = scene.add(thing, at: up - Vector(0, 0, 0.23), turned: .yaw(random.around(0, 14)))
      if random.chance(0.25) {
        // One has fallen over.
        let turn = Rotation.yaw(random.around(0, 60)).after(.roll(84))
        return Array(first) + Array(scene.add(thing, at: up + Vector(random.around(0, 0.3), 0.2, 0.5), turned: turn))
      }
      let second = scene.add(
        thing, at: up + Vector(random.around(0, 0.2), 0, random.real(0.23, 0.34)), turned: .yaw(random.around(0, 16)))
      return Array(first) + Array(second)
    }
  }

  private static func bench(_ scene: inout Model, _ random: inout RandomSource) -> Double {
    let wood = scene.paint(
      Paint(
        random.pick(RGB(0xA8763E), RGB(0x5A4030), RGB(0xD8D0C0), RGB(0x6A7078), RGB(0x8A4A34)).varied(&random),
        gloss: 0.25, grain: 0.22))
    let (tall, wide, deep) = (random.real(0.9, 1.7), random.real(1.2, 2.6), random.real(0.6, 0.8))
    scene.panel(
      Vector(0, tall - 0.16, 0), Vector(0, tall, 0), width: (wide, wide), depth: (deep, deep), corner: (0.02, 0.02),
      edge: 0.03, paint: wood, blend: 0)
    for x in [-wide * 0.86, wide * 0.86] {
      for z in [-deep * 0.75, deep * 0.75] {
        scene.panel(
          Vector(x, 0, z), Vector(x, tall - 0.1, z), width: (0.08, 0.1), depth: (0.08, 0.1), paint: wood, blend: 0)
      }
    }
    return tall
  }

  private static func hang(
    _ ware: Ware, _ thing: Model, in scene: inout Model, _ random: inout RandomSource
  ) -> [Int] {
    let metal = scene.paint(
      Paint(
        random.pick(RGB(0x8A8E92), RGB(0x2E2E30), RGB(0xA8824E), RGB(0xE0DED8)).varied(&random), gloss: 0.6, grain: 0.03
      ))
    let reach = thing.reach.height
    let bar = reach + random.real(1.0, 2.2)
    let half = random.real(2.2, 4)
    scene.rod(Vector(-half, bar, 0), Vector(half, bar, 0), 0.06, 0.06, paint: metal, blend: 0)
    for side in [-half * 0.96, half * 0.96] {
      scene.rod(Vector(side, bar, 0), Vector(side, 0.05, 0), 0.06, 0.06, paint: metal, blend: 0)
      scene.rod(Vector(side, 0.05, -0.8), Vector(side, 0.05, 0.8), 0.06, 0.06, paint: metal, blend: 0)
    }
    // Towels beside it, at some distance.
    for side in [-1.0, 1.0] where random.chance(0.6) {
      let cloth = scene.paint(
        Paint(
          RGB(random.unit(), random.unit(), random.unit()).saturated(0.5), gloss: 0.03, grain: 0.2))
      let (x, low) = (side * random.real(1.6, 2.6), bar - random.real(1, 2.2))
      scene.panel(
        Vector(x, low, 0), Vector(x, bar + 0.06, 0), width: (0.42, 0.4), depth: (0.08, 0.09), edge: 0.05, paint: cloth,
        blend: 0)
    }
    let turn = Rotation.yaw(random.around(0, 18))
    switch ware.shape {
    case .shirt(let style):
      let hook = scene.paint(Paint(RGB(0x6A4A30), gloss: 0.3, grain: 0.1))
      let neck = bar - 0.42
      scene.curve(
        [
          .init(Vector(0, neck - 0.1, 0), 0.02), .init(Vector(0, bar - 0.1, 0), 0.02),
          .init(Vector(0.09, bar + 0.03, 0), 0.02), .init(Vector(0, bar + 0.09, 0), 0.02),
        ], paint: metal, blend: 0)
      for side in [-1.0, 1.0] {
        scene.rod(
          Vector(0, neck - 0.02, 0), turn(Vector(side * 0.5, -0.22, 0)) + Vector(0, neck, 0), 0.05, 0.05, paint: hook,
          blend: 0)
      }
      return Array(scene.add(thing, at: Vector(0, neck - style.long, 0), turned: turn))
    case .bag(let style):
      let top: Double
      switch style.handle {
      case .none: top = style.tall
      case .twin(let high), .grip(let high), .strap(let high), .chain(let high): top = style.tall + high
      }
      return Array(scene.add(thing, at: Vector(0, bar - top + 0.05, 0), turned: turn))
    case .shoe:
      // By its heel, one beside the other.
      return [-0.4, 0.4].flatMap { x in
        Array(scene.add(thing, at: Vector(x - 0.1, bar - 0.6, 0.2), turned: Rotation.yaw(x * 60).after(.pitch(-68))))
      }
    }
  }

  /// As seen from above: what was in front is up.
  private static func lay(
    _ ware: Ware, _ thing: Model, in scene: inout Model, _ random: inout RandomSource
  ) -> [Int] {
    let flat = Rotation.yaw(random.around(0, 40)).after(.roll(-90))
    switch ware.shape {
    case .bag(let style): return Array(scene.add(thing, at: Vector(0, style.deep, style.tall / 2), turned: flat))
    case .shirt(let style): return Array(scene.add(thing, at: Vector(0, 0.13, style.long / 2), turned: flat))
    case .shoe:
      return [-0.3, 0.3].flatMap { z in
        Array(
          scene.add(
            thing, at: Vector(random.around(0, 0.15), 0, z),
            turned: .yaw((z < 0 ? 0 : random.pick(0, 0, 180)) + random.around(0, 25))))
      }
    }
  }

  private static func clutter(
    _ scene: inout Model, around focus: [Int], floor: Double, in arrangement: Arrangement, _ random: inout RandomSource
  ) {
    // Half of the thing's width on the ground.
    let reach =
      focus.map { index in
        scene.rods[index].outline.map { max(abs($0.point.x), abs($0.point.z)) + $0.radius }.max() ?? 0
      }.max() ?? 0.5
    for _ in 0..<random.integer(arrangement == .hanging ? 0 : 1, 4) {
      guard let kind = random.pick(SmallProp.allCases) else { return }
      let prop = kind.model(&random)
      // Beside or behind it; before it only far to one side.
      let angle = random.real(-20, 200)
      let distance = reach + prop.reach.ground * random.real(0.9, 1.3) + random.real(0, 0.7)
      let spread = arrangement == .lying ? random.real(0, 360) : angle
      let at = Vector(cos(radians(spread)) * distance, 0, -sin(radians(spread)) * distance)
      let onTop = floor > 0 && abs(at.x) < 1.1 && random.chance(0.3)
      let place = onTop ? Vector(at.x, floor, -0.2) : at
      if onTop, abs(at.x) < reach + prop.reach.ground { continue }
      scene.add(prop, at: place, turned: .yaw(random.real(0, 360)))
    }
  }
}
