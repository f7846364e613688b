import ConvoTensor

extension Window {
  /// The height and the width that a layer hands on. Throws where the input is not a picture, or the window does not
  /// fit.
  func output(of input: Shape, in layer: String) throws(ShapeError) -> (height: Int, width: Int) {
    guard input.sides.count == 3 else {
      throw ShapeError(
        "\(layer) needs a picture of height x width x channels; its input is \(input)",
        help: "put it before flatten, or start the model with an input like 300x300x3")
    }
    guard let output = output(height: input.sides[0], width: input.sides[1]) else {
      let picture = "\(input.sides[0])x\(input.sides[1])"
      throw ShapeError(
        "a \(Shape(kernel)) window does not fit a \(picture) input",
        help: "use a smaller window, padding=same, or fewer pooling layers before it")
    }
    return output
  }
}

extension Shape {
  /// The product of the sides with `factor`; the largest number where there is no such.
  func fan(_ factor: Int) -> Int {
    Shape(sides + [factor]).count ?? .max
  }
}
