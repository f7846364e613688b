#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Stage {
  /// From where a picture is taken.
  enum Eye: Sendable {
    /// Over the ground.
    case height(Double)
    /// How far the camera looks down, degrees.
    case tilt(Double)
    /// Looking down so far that the horizon is out of the picture.
    case above(horizon: Double, tilt: Double)

    fileprivate var startingTilt: Double {
      switch self {
      case .height: 10
      case .tilt(let tilt), .above(_, let tilt): tilt
      }
    }
  }

  /// A frame in which some of a model's rods, together, take up a share of the picture.
  init(
    _ model: Model, showing focus: [Int], facing: Double, share: Double, eye: Eye, _ random: inout RandomSource
  ) {
    let side = Double(SceneComposer.side)
    let roll = random.around(0, 2.5)
    // Anywhere, but no more than a little beyond the edge.
    let (aside, aloft) = (random.around(0, 1), random.around(0, 1))
    func middle(_ size: Double, _ shift: Double) -> Double { side / 2 + shift * max(side * 0.04, (side - size) / 2) }
    var view = Placement(x: 0, y: 0, scale: 1, facing: facing, tilt: eye.startingTilt, roll: roll)
    var (line, box) = (0.0, Outline(0, 0, 0, 0))
    // How far the camera looks down depends on where the frame ends up, and that on the view: twice is near enough.
    for _ in 0..<3 {
      view = Placement(x: 0, y: 0, scale: 1, facing: facing, tilt: view.tilt, roll: roll)
      box = Self.outline(of: model, focus, in: view)
      let (wide, high) = (box.right - box.left, box.bottom - box.top)
      view.scale = side * share / max(wide, high, 0.1)
      view.x = middle(wide * view.scale, aside) - (box.left + box.right) / 2 * view.scale
      view.y = middle(high * view.scale, aloft) - (box.top + box.bottom) / 2 * view.scale
      let tilt: Double
      switch eye {
      case .height(let height):
        line = clamped(view.y - height * view.scale, 40, min(225, view.y - 26))
        tilt = clamped(atan((view.y - line) / 430) * 180 / .pi, 5, 21)
      case .tilt(let degrees): (line, tilt) = (clamped(view.y - 430 * tan(radians(degrees)), 36, 215), degrees)
      case .above(let above, let degrees): (line, tilt) = (above, degrees)
      }
      view = Placement(x: view.x, y: view.y, scale: view.scale, facing: facing, tilt: tilt, roll: roll)
    }
    func place(_ value: Double, _ origin: Double) -> Double { origin + value * view.scale }
    self.init(
      view: view, horizon: line,
      outline: (
        place(box.left, view.x), place(box.right, view.x), place(box.top, view.y), place(box.bottom, view.y)
      ))
  }

  /// What holds some of a model's rods, in pixels.
  static func outline(of model: Model, _ rods: some Sequence<Int>, in view: Placement) -> Outline {
    var (left, right, top, bottom) = (1e6, -1e6, 1e6, -1e6)
    for index in rods where model.rods.indices.contains(index) {
      for (point, size) in model.rods[index].outline {
        let (p, radius) = (view.project(point), size * view.scale)
        (left, right) = (min(left, p.x - radius), max(right, p.x + radius))
        (top, bottom) = (min(top, p.y - radius), max(bottom, p.y + radius))
      }
    }
    return (left, right, top, bottom)
  }
}
