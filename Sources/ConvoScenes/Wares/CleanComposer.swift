/// Draws one thing alone, light on black and as large as the picture, and reduces it as a shop's photograph is reduced.
struct CleanComposer {
  static let side = 28
  /// So much larger is it drawn.
  private static let reduction = 4

  let recipe: CleanRecipe

  func picture() -> Canvas {
    var random = recipe.random
    let model = recipe.ware.model()
    let light = Self.light(&random)
    var view = angle(&random)
    let large = Double(Self.side * Self.reduction)
    // The measures tell about how large it comes out; a first drawing tells exactly, and a second one fills the picture.
    view.fill(Stage.outline(of: model, model.rods.indices, in: view), large * 0.9, side: large)
    view.fill(Self.box(draw(model, view, light)), large * 0.95, side: large)
    return reduced(
      draw(model, view, light), gain: Float(random.real(0.74, 0.99)), grain: Float(random.real(0, 0.02)), &random)
  }

  private func angle(_ random: inout RandomSource) -> Placement {
    let facing: Double
    let tilt: Double
    switch recipe.ware.shape {
    case .bag: (facing, tilt) = (random.around(0, 26), random.real(4, 18))
    case .shirt: (facing, tilt) = (random.around(0, 10), random.around(0, 3))
    case .shoe: (facing, tilt) = ((random.chance(0.85) ? 180 : 0) + random.around(0, 24), random.real(6, 22))
    }
    return Placement(x: 0, y: 0, scale: 1, facing: facing, tilt: tilt, roll: random.around(0, 3))
  }

  private static func light(_ random: inout RandomSource) -> Light {
    let from = Vector(random.around(0, 0.8), random.real(0.5, 1.1), 1).normalized
    return Light(
      direction: from, color: RGB(1, 1, 1), strength: random.real(0.6, 0.9), sky: RGB(1, 1, 1),
      ground: RGB(0.75, 0.75, 0.75), ambient: random.real(0.65, 0.85), shadow: random.real(0.2, 0.5),
      haze: RGB(0, 0, 0),
      hazeStrength: 0)
  }

  private func draw(_ model: Model, _ view: Placement, _ light: Light) -> Canvas {
    let canvas = Canvas(width: Self.side * Self.reduction, height: Self.side * Self.reduction)
    Tracer(model, view, light, haze: 0).draw(on: canvas)
    return canvas
  }

  /// What is not black.
  private static func box(_ canvas: Canvas) -> Stage.Outline {
    var (left, top, right, bottom) = (canvas.width, canvas.height, 0, 0)
    canvas.withPixels { pixels, stride in
      for y in 0..<canvas.height {
        for x in 0..<canvas.width where pixels[y * stride + x] & 0xFFFFFF != 0 {
          (left, right) = (min(left, x), max(right, x + 1))
          (top, bottom) = (min(top, y), max(bottom, y + 1))
        }
      }
    }
    return (Double(left), Double(right), Double(top), Double(bottom))
  }

  /// Means over squares, as grey.
  private func reduced(_ canvas: Canvas, gain: Float, grain: Float, _ random: inout RandomSource) -> Canvas {
    let small = Canvas(width: Self.side, height: Self.side)
    let count = Float(Self.reduction * Self.reduction)
    canvas.withPixels { large, stride in
      small.withPixels { pixels, smallStride in
        for y in 0..<Self.side {
          for x in 0..<Self.side {
            var sum: Float = 0
            for row in 0..<Self.reduction {
              let start = (y * Self.reduction + row) * stride + x * Self.reduction
              for column in 0..<Self.reduction { sum += Pixel.grey(large[start + column]) }
            }
            // Lighter than it is, as Fashion MNIST's things are.
            var grey = (sum / count).squareRoot().squareRoot()
            grey = grey * grey * grey * gain
            if grey > 0.02 { grey += Float(random.around(0, 1)) * grain }
            pixels[y * smallStride + x] = Pixel.pack(SIMD3(repeating: grey))
          }
        }
      }
    }
    return small
  }
}

extension Placement {
  /// Enlarges and moves it so that what has this outline now is so large and stands in the middle of a picture.
  fileprivate mutating func fill(_ box: Stage.Outline, _ size: Double, side: Double) {
    let factor = size / max(1e-3, box.right - box.left, box.bottom - box.top)
    x = side / 2 + (x - (box.left + box.right) / 2) * factor
    y = side / 2 + (y - (box.top + box.bottom) / 2) * factor
    scale *= factor
  }
}
