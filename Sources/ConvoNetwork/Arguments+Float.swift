import ConvoSchema

extension Arguments {
  /// A number that 32-bit floats can hold, in which everything is computed; what they can't would come out as infinity,
  /// or as zero.
  ///
  /// - Parameter owner: The parameter that errors name, where it is another one.
  func float(_ parameter: String, for owner: String? = nil) throws(ArgumentError) -> Double {
    try number(parameter).asFloat(of: parameter, for: owner)
  }

  /// As `float`; `nil` where it is `none` or was not given.
  func floatIfGiven(_ parameter: String) throws(ArgumentError) -> Double? {
    try numberIfGiven(parameter)?.asFloat(of: parameter)
  }
}

extension Double {
  /// Itself. Throws where it is beyond what a 32-bit float holds.
  func asFloat(of parameter: String, for owner: String? = nil) throws(ArgumentError) -> Double {
    let float = Float(self)
    guard float.isFinite else {
      throw ArgumentError(
        parameter: owner ?? parameter,
        problem: "\(parameter) can't be \(self): everything is computed in 32-bit numbers, and they end at 3.4e38",
        help: "give a smaller number")
    }
    guard float != 0 || self == 0 else {
      throw ArgumentError(
        parameter: owner ?? parameter,
        problem: "\(parameter) can't be \(self): in 32-bit numbers, in which everything is computed, that is 0",
        help: "give 0, or at least 1e-38")
    }
    return self
  }
}
