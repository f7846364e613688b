#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Draws a recipe: the place, what stands about in it, the figure with its shadow, what stands before it, the camera.
struct SceneComposer {
  static let side = 300

  let recipe: SceneRecipe

  func picture() -> Canvas {
    var random = recipe.random
    let canvas = Canvas(width: Self.side, height: Self.side)
    let model = self.model()
    let stage = Stage(model, recipe.subject, &random)
    var scenery = Scenery(canvas, horizon: stage.horizon, random: random.fork())
    recipe.backdrop.paint(&scenery)
    if random.chance(0.4) { Finish.blur(canvas, radius: random.integer(1, 2)) }
    let light = Self.light(scenery.mood, tilt: stage.view.tilt, &random)
    let extras = Extras(stage, light, &random, indoors: scenery.mood.indoors)
    extras.drawBehind(&scenery)
    let distance = clamped((90 - stage.view.scale) / 90) * scenery.mood.hazeReach * 0.35
    let tracer = Tracer(model, stage.view, light, haze: distance)
    GroundShadow(tracer, light).draw(on: canvas)
    tracer.draw(on: canvas)
    extras.drawBefore(&scenery)
    Self.finish(scenery.mood, &random).apply(to: canvas, &random)
    return canvas
  }

  private func model() -> Model {
    switch recipe.subject {
    case .horse(let figure): figure.model()
    case .person(let figure): figure.model()
    }
  }

  static func light(_ mood: Scenery.Mood, tilt: Double, _ random: inout RandomSource) -> Light {
    let around = radians(random.around(0, 110))
    let height = radians(mood.indoors ? random.real(45, 75) : random.real(24, 66))
    let towards = Vector(cos(height) * sin(around), sin(height), cos(height) * cos(around))
    let dull = random.chance(0.3)
    return Light(
      direction: Rotation.roll(tilt)(towards), color: mood.sun.varied(&random, 0.04),
      strength: mood.sunStrength * (dull ? random.real(0.35, 0.6) : random.real(0.85, 1.15)), sky: mood.sky,
      ground: mood.ground,
      ambient: mood.ambient * random.real(0.9, 1.15) * (dull ? 1.25 : 1), shadow: mood.shadow * (dull ? 0.4 : 1),
      haze: mood.haze,
      hazeStrength: mood.hazeReach)
  }

  static func finish(_ mood: Scenery.Mood, _ random: inout RandomSource) -> Finish {
    var finish = Finish()
    finish.softness = random.chance(0.08) ? 1 : 0
    finish.exposure = random.real(0.87, 1.13)
    finish.contrast = random.real(0.92, 1.12)
    finish.saturation = random.real(0.7, 1.08)
    let warm = random.around(0, 0.05)
    finish.tint = RGB(1 + warm, 1 + random.around(0, 0.015), 1 - warm)
    finish.vignette = random.chance(0.5) ? random.real(0.05, 0.35) : 0
    finish.grain = random.real(0.008, 0.03)
    finish.haze = random.chance(0.2) ? random.real(0.04, 0.15) * mood.hazeReach * 2 : 0
    finish.hazeColor = mood.haze
    return finish
  }
}
