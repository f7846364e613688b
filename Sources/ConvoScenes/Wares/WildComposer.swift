/// Draws one thing somewhere in a larger picture.
struct WildComposer {
  let recipe: WildRecipe

  func picture() -> Canvas {
    var random = recipe.random
    let canvas = Canvas(width: SceneComposer.side, height: SceneComposer.side)
    let (model, _, stage) = scene(&random)
    var scenery = Scenery(canvas, horizon: stage.horizon, random: random.fork())
    recipe.backdrop.paint(&scenery)
    // The nearer the thing, the less sharp is what lies behind it.
    if case .arranged(let arrangement) = recipe.setting, arrangement != .lying {
      Finish.blur(canvas, radius: random.integer(1, 3))
    } else if random.chance(0.4) {
      Finish.blur(canvas, radius: random.integer(1, 2))
    }
    let light = SceneComposer.light(scenery.mood, tilt: stage.view.tilt, &random)
    if case .worn = recipe.setting {
      Extras(stage, light, &random, indoors: scenery.mood.indoors).drawBehind(&scenery)
    }
    let tracer = Tracer(model, stage.view, light, haze: 0)
    GroundShadow(tracer, light).draw(on: canvas)
    tracer.draw(on: canvas)
    SceneComposer.finish(scenery.mood, &random).apply(to: canvas, &random)
    return canvas
  }

  /// What stands in it, which of its rods are the thing, and the frame.
  func scene(_ random: inout RandomSource) -> (model: Model, focus: [Int], stage: Stage) {
    switch recipe.setting {
    case .worn(let wearer):
      let (model, focus) = wearer.model()
      let (facing, share, eye) = Self.camera(wearer.ware, &random)
      return (model, focus, Stage(model, showing: focus, facing: facing, share: share, eye: .height(eye), &random))
    case .arranged(let arrangement):
      let (model, focus) = arrangement.model(recipe.ware, &random)
      let share = random.chance(0.25) ? random.real(0.28, 0.42) : random.real(0.42, 0.85)
      var facing = random.around(0, 38)
      if case .shoe = recipe.ware.shape { facing = (random.chance(0.5) ? 0 : 180) + random.around(0, 50) }
      let eye: Stage.Eye
      switch arrangement {
      case .onTheFloor, .onABench: eye = .tilt(random.real(12, 30))
      case .hanging: (eye, facing) = (.tilt(random.real(4, 12)), random.around(0, 22))
      case .lying:
        (eye, facing) = (.above(horizon: random.real(-360, -140), tilt: random.real(46, 74)), random.real(0, 360))
      }
      return (model, focus, Stage(model, showing: focus, facing: facing, share: share, eye: eye, &random))
    }
  }

  /// From which side a worn thing is seen, which share of the picture it takes, and the eye's height in metres.
  private static func camera(_ ware: Ware, _ random: inout RandomSource) -> (Double, Double, Double) {
    switch ware.shape {
    // It hangs on the right side.
    case .bag: (random.real(-70, 50), random.real(0.34, 0.7), random.real(0.9, 1.6))
    case .shirt: ((random.chance(0.9) ? -90 : 90) + random.around(0, 48), random.real(0.55, 1.0), random.real(1.1, 1.6))
    case .shoe: ((random.chance(0.5) ? 0 : 180) + random.around(0, 70), random.real(0.6, 0.95), random.real(0.5, 1.2))
    }
  }
}
