import ConvoTensor

extension Window {
  /// The height and the width that a layer hands on. Throws where the input is not a picture, or the window does not
  /// fit.
  func output(of input: Shape, in layer: String) throws(ShapeError) -> (height: Int, width: Int) {
    _ = try input.channelsOfPicture(for: layer)
    guard let output = output(height: input.sides[0], width: input.sides[1]) else {
      let picture = "\(input.sides[0])x\(input.sides[1])"
      throw ShapeError(
        "a \(Shape(kernel)) window\(gaps) does not fit a \(picture) input",
        help: "use a smaller window, padding=same, or fewer pooling layers before it")
    }
    return output
  }

  private var gaps: String { dilation.allSatisfy { $0 == 1 } ? "" : " with dilation_rate=\(Shape(dilation))" }
}

extension Shape {
  /// The channels of a picture. Throws where the shape is not one.
  func channelsOfPicture(for layer: String) throws(ShapeError) -> Int {
    guard sides.count == 3 else {
      throw ShapeError(
        "\(layer) needs a picture of height x width x channels; its input is \(self)",
        help: "put it before flatten, or start the model with an input like 300x300x3")
    }
    return sides[2]
  }
}
