/// Shoes on a person's feet.
struct Footwear {
  let shoe: Model
  /// Metres a unit of the shoe.
  let size: Double
  /// How high it reaches above the ankle, metres.
  let shaft: Double
  /// In the shoe: where the ankle is.
  let ankle: Vector
  /// Which of the person's rods are shoes.
  var rods: [Int] = []

  init(_ style: ShoeStyle, _ shoe: Model, size: Double) {
    self.shoe = shoe
    self.size = size
    ankle = Vector(-0.28, style.sole + style.heel + 0.3, 0)
    shaft = style.upper == .closed ? max(0, style.shaft - 0.36) * size : 0
  }
}

extension PersonBody {
  /// - Parameter ahead: where the toes point; square to `shin`, which points down.
  mutating func wear(_ ankle: Vector, _ shin: Vector, _ ahead: Vector) {
    guard var footwear else { return }
    let turn = Rotation(x: ahead, y: shin * -1, z: ahead.cross(shin * -1))
    footwear.rods += model.add(
      footwear.shoe, at: ankle - turn(footwear.ankle) * footwear.size, turned: turn, size: footwear.size)
    self.footwear = footwear
  }
}
