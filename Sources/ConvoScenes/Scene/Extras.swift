/// What stands behind, beside and before the figure; chosen alike for both classes.
struct Extras {
  private struct Item {
    enum Thing {
      case solid(Model, facing: Double)
      case flat(FlatProp)
    }
    var thing: Thing
    var x: Double
    var y: Double
  }

  private var behind: [Item] = []
  private var before: [Item] = []
  private let stage: Stage
  private let light: Light
  private let indoors: Bool
  private let cover: Double

  init(_ stage: Stage, _ light: Light, _ random: inout RandomSource, indoors: Bool) {
    self.stage = stage
    self.light = light
    self.indoors = indoors
    cover = random.unit()
    let side = Double(SceneComposer.side)
    let outdoor: [FlatProp] = [.bush, .tree, .fir, .crate, .lampPost, .sign, .car, .post]
    let indoor: [FlatProp] = [.crate, .post]
    let number = random.unit()
    for _ in 0..<(number < 0.35 ? 0 : (number < 0.8 ? 1 : 2)) {
      let y = random.real(stage.horizon + 12, max(stage.horizon + 14, stage.view.y - 4))
      let x = random.real(-10, side + 10)
      if random.chance(0.55), let kind = random.pick(SolidProp.allCases) {
        behind.append(Item(thing: .solid(kind.model(&random), facing: random.real(0, 360)), x: x, y: y))
      } else if let kind = random.pick(indoors ? indoor : outdoor) {
        behind.append(Item(thing: .flat(kind), x: x, y: y))
      }
    }
    behind.sort { $0.y < $1.y }
    // Nearer than the figure and off to one side, so that it cuts off no more than a piece.
    if random.chance(0.2) {
      let y = min(side + 40, stage.view.y + random.real(8, 50))
      let edge = random.chance(0.5)
      if random.chance(0.5), let kind = random.pick([SolidProp.dog, .sawhorse, .barrel, .boulder, .chair, .cone]) {
        let model = kind.model(&random)
        let clear = model.reach.ground * stage.metre(at: y) - random.real(0.05, 0.2) * (stage.right - stage.left)
        let x = edge ? stage.left - clear : stage.right + clear
        before.append(Item(thing: .solid(model, facing: random.real(0, 360)), x: x, y: y))
      } else if let kind = random.pick(indoors ? indoor : [.bush, .crate, .post, .sign, .lampPost]) {
        let x = edge ? stage.left + random.real(-40, 12) : stage.right + random.real(-12, 40)
        before.append(Item(thing: .flat(kind), x: x, y: y))
      }
    }
  }

  func drawBehind(_ scenery: inout Scenery) {
    for item in behind { draw(item, &scenery) }
  }

  func drawBefore(_ scenery: inout Scenery) {
    for item in before { draw(item, &scenery) }
    let side = Double(SceneComposer.side)
    guard !indoors else { return }
    if cover < 0.16 {
      let color = scenery.random.pick(RGB(0x5E7A38), RGB(0x8A8448), RGB(0x476030), RGB(0xA58E50))
      scenery.tufts(from: -10, to: side + 10, foot: side + 6, scenery.random.real(24, 60), count: 90, color)
    } else if cover < 0.22 {
      let tall = min(70, stage.view.scale * scenery.random.real(0.5, 0.8))
      scenery.fence(
        min(side + 8, stage.view.y + 12), tall, scenery.random.pick(RGB(0x8A7458), RGB(0xCFC9BC), RGB(0x5A4A3C)),
        gap: tall * 1.6)
    }
  }

  private func draw(_ item: Item, _ scenery: inout Scenery) {
    let metre = stage.metre(at: item.y)
    switch item.thing {
    case .flat(let prop):
      prop.draw(&scenery, item.x, item.y, metre: metre)
    case .solid(let model, let facing):
      let view = Placement(x: item.x, y: item.y, scale: metre, facing: facing, tilt: stage.view.tilt)
      let tracer = Tracer(model, view, light, haze: clamped((60 - metre) / 60) * 0.2)
      GroundShadow(tracer, light).draw(on: scenery.canvas)
      tracer.draw(on: scenery.canvas)
    }
  }
}
