import ConvoImages

extension Augmentation {
  /// A share of a side, or pixels: no picture has a longer side.
  public static let longestShift = 65_500.0
  /// How many times larger or smaller, brighter or darker is possible.
  public static let largestFactor = 100.0

  /// Checks every range.
  ///
  /// - Throws: ``GeneratorError/invalidOption(name:value:reason:)``.
  func validate() throws(GeneratorError) {
    try Self.check("rotation_range", rotationRange, 0...360, "degrees, either way")
    try Self.check(widthShiftRange, "width_shift_range")
    try Self.check(heightShiftRange, "height_shift_range")
    if let brightnessRange { try Self.check(brightnessRange, "brightness_range") }
    try Self.check("shear_range", shearRange, 0...90, "degrees, either way")
    try Self.check(zoomRange, "zoom_range")
    try Self.check("channel_shift_range", channelShiftRange, 0...255, "grey levels, either way")
    try Self.check("cval", surroundings.value, -1e6...1e6, "a grey level")
  }

  private static func check(
    _ name: String, _ value: Double, _ bounds: ClosedRange<Double>, _ unit: String
  ) throws(GeneratorError) {
    guard !bounds.contains(value) else { return }
    throw .invalidOption(
      name: name, value: "\(value)",
      reason: "it must be a number from \(text(bounds.lowerBound)) to \(text(bounds.upperBound)) (\(unit))")
  }

  private static func check(_ shift: ShiftRange, _ name: String) throws(GeneratorError) {
    switch shift {
    case .upTo(let most):
      try check(name, most, 0...longestShift, "a share of the side below 1, pixels from 1 on, either way")
    case .wholePixels(let most):
      guard most < 0 || Double(most) > longestShift else { return }
      throw .invalidOption(
        name: name, value: "\(most)", reason: "it must be from 0 to \(text(longestShift)) (pixels, either way)")
    case .oneOf(let distances):
      guard !distances.isEmpty else {
        throw .invalidOption(name: name, value: "[]", reason: "there is no distance in the list to choose")
      }
      for distance in distances {
        try check(name, distance, -longestShift...longestShift, "shares of the side if all are below 1, else pixels")
      }
    }
  }

  private static func check(_ range: NumberRange, _ name: String) throws(GeneratorError) {
    let value = "[\(text(range.lower)), \(text(range.upper))]"
    for number in [range.lower, range.upper] where !(0...largestFactor).contains(number) {
      throw .invalidOption(
        name: name, value: value, reason: "each number must be from 0 to \(text(largestFactor)) (1 changes nothing)")
    }
    guard range.lower <= range.upper else {
      throw .invalidOption(name: name, value: value, reason: "the smaller number stands first")
    }
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }
}
