import ConvoSchema

/// The options that more than one loss has.
enum LossOption {
  static let fromLogits = Parameter(
    "from_logits", .boolean, .named, .defaults(to: .boolean(false)),
    help: "Whether the last layer's outputs are logits, as they are without an activation, and not probabilities")
  static let labelSmoothing = Parameter(
    "label_smoothing", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0)),
    help: "How far the truth is moved towards not knowing the class, so that no answer needs to be quite sure")
}
