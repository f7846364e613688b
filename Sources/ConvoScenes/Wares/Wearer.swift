/// A person who wears or carries one thing: what the picture shows of the person depends on the thing.
struct Wearer: Sendable {
  var figure: PersonFigure
  var ware: Ware

  /// Fits the figure's clothes to the thing.
  init(_ figure: PersonFigure, _ ware: Ware) {
    self.figure = figure
    self.ware = ware
    self.figure.outfit.bag = .none
    self.figure.outfit.hat = .none
    switch ware.shape {
    case .bag:
      break
    case .shirt(let style):
      self.figure.outfit.top = style.neck == .hood ? .hoodie : (style.sleeve > 1.2 ? .longSleeve : .tShirt)
      self.figure.outfit.weave = style.weave
      self.figure.wardrobe.top = ware.colors.main
      self.figure.wardrobe.trim = ware.colors.trim
      // Most of a coat's or a dress's wearers would show no shirt at the hips.
      if figure.outfit.bottom == .longSkirt { self.figure.outfit.bottom = .trousers }
    case .shoe(let style):
      if style.shaft > 0.5 || style.upper != .closed, figure.outfit.bottom == .trousers {
        self.figure.outfit.bottom = .slim
      }
      if figure.outfit.bottom == .longSkirt { self.figure.outfit.bottom = .shortSkirt }
    }
  }

  /// The person, and which rods are the thing.
  func model() -> (model: Model, focus: [Int]) {
    var random = RandomSource(seed: figure.seed)
    var body = PersonBody(figure, &random)
    var focus: [Int] = []
    if case .shoe(let style) = ware.shape {
      body.footwear = Footwear(style, ware.model(skin: figure.complexion.skin), size: Ware.unit * body.size * 1.08)
    }
    if case .shirt(let style) = ware.shape, style.front == .buttons, style.weave == .plain {
      body.model.repaint(body.cloths.top) { $0.pattern = .placket(ware.colors.trim, period: 0.085 * body.size) }
    }
    body.addTrunk()
    body.addLegs()
    body.addArms()
    body.addSkirts()
    switch ware.shape {
    case .bag(let style): focus = Array(body.carry(style, ware.model()))
    case .shirt(let style):
      body.addCollar(style)
      focus = body.model.rods.indices.filter { body.model.rods[$0].paint == body.cloths.top }
    case .shoe: focus = body.footwear?.rods ?? []
    }
    body.addHead(&random)
    body.addHair(&random)
    body.addSeat(&random)
    body.model.raise(by: figure.pose.flight - body.model.lowest)
    return (body.model, focus)
  }

  /// Whether the pose leaves the thing to be seen.
  static func shows(_ ware: WareClass, _ pose: PersonPose) -> Bool {
    switch ware {
    case .bag: pose.flight == 0 && !pose.seated && pose.lean < 20 && hangs(pose.rightArm)
    case .shirt: pose.lean < 30
    // With the feet far apart, a frame that holds both would hold the whole person.
    case .shoe:
      pose.flight == 0 && !pose.seated && max(pose.leftLeg.fold, pose.rightLeg.fold) < 45
        && abs(pose.leftLeg.swing - pose.rightLeg.swing) < 47
    }
  }

  private static func hangs(_ arm: PersonPose.Limb) -> Bool {
    abs(arm.swing) < 30 && arm.out < 30 && arm.fold < 60
  }
}

extension PersonBody {
  /// A bag in the right hand, or, if it has a strap, over the right shoulder.
  mutating func carry(_ style: BagStyle, _ bag: Model) -> Range<Int> {
    let size = Ware.unit * (0.5 + 0.5 * self.size)
    let hand = hands.last?.at ?? trunk(0, 0, 0.25)
    let top: Double
    switch style.handle {
    case .none:
      return model.add(bag, at: hand + Vector(0.02, -style.tall * size * 0.8, 0.035), size: size)
    case .twin(let height), .grip(let height):
      top = (style.tall + height) * size - 0.01
    case .strap(let height), .chain(let height):
      top = (style.tall + height) * size
      let shoulder = trunk(0, 0.525, 0.135 * figure.build.shoulders)
      let out = hand.z + 0.10 * self.size + style.deep * size - shoulder.z
      let turn = Rotation.roll(-clamped(out / top, 0.02, 0.5) * 57)
      return model.add(bag, at: shoulder - turn(Vector(0, top, 0)), turned: turn, size: size)
    }
    return model.add(bag, at: hand - Vector(0, top, 0), size: size)
  }

  mutating func addCollar(_ style: ShirtStyle) {
    let s = size
    switch style.neck {
    case .collar:
      for side in [-1.0, 1.0] {
        model.curve(
          [
            .init(trunk(0.088, 0.47, side * 0.018), 0.018 * s), .init(trunk(0.058, 0.535, side * 0.06), 0.026 * s),
            .init(trunk(-0.03, 0.565, side * 0.062), 0.026 * s), .init(trunk(-0.068, 0.56, 0), 0.024 * s),
          ], steps: 3, paint: cloths.top, blend: 0.004)
      }
    case .high:
      model.rod(
        trunk(-0.005, 0.52), trunk(0.003, 0.585), 0.068 * s, 0.063 * s, paint: cloths.top, blend: 0.02, cut: true)
    case .round, .vee, .wide, .hood:
      break
    }
  }
}
