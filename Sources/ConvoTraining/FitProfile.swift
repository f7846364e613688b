public import ConvoNetwork

/// Where the time of a `fit`'s training steps went. Validation is not among it.
public struct FitProfile: Sendable, Hashable {
  /// What the network's threads did.
  public var execution: ExecutionProfile
  /// How the network was run.
  public var plan: PlanDescription
  /// The seconds in which training waited for pictures to be decoded.
  public var waitingForImages: Double
  /// The images trained on, counted as often as they were shown.
  public var images: Int
}
