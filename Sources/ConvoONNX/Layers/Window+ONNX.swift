import ConvoTensor

extension Window {
  /// The operator's attributes for a window on a picture, with the padding that Keras gives it written out: where it is
  /// odd, the bottom and the right have one pixel more. And the sides of what comes out.
  ///
  /// - Parameter shape: `[height, width, channels]` of the picture.
  func onnx(
    on shape: Shape, dilates: Bool
  ) throws(ONNXError) -> (attributes: [ONNXAttributeProto], height: Int, width: Int) {
    let sides = shape.sides
    guard sides.count == 3, let output = output(height: sides[0], width: sides[1]),
      let start = start(ofRow: 0, column: 0, height: sides[0], width: sides[1])
    else { throw ONNXError("a window of \(Shape(kernel)) does not fit on \(shape)") }
    let before = [-start.row, -start.column]
    var after: [Int] = []
    for (axis, places) in [output.height, output.width].enumerated() {
      // A window whose reach `Int` does not hold has no output.
      let reach = (kernel[axis] - 1) * dilation[axis] + 1
      // Of one place the step does not matter, however large it is.
      let (covered, isTooLarge) = reach.addingReportingOverflow(places == 1 ? 0 : (places - 1) * stride[axis])
      guard !isTooLarge else { throw ONNXError("a window of \(Shape(kernel)) is too large for ONNX") }
      after.append(padding == .valid ? 0 : max(covered - sides[axis] - before[axis], 0))
    }
    var attributes: [ONNXAttributeProto] = [
      .ints("kernel_shape", kernel),
      .ints("strides", zip(stride, sides).map(min)),
      .ints("pads", before + after),
    ]
    if dilates { attributes.append(.ints("dilations", dilation)) }
    return (attributes, output.height, output.width)
  }
}
