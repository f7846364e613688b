/// How values are brought to a common scale, one after another in this order; names, defaults and meaning are those of
/// Keras's `ImageDataGenerator`, `standardize` and `fit`.
public struct Normalization: Sendable, Hashable, Codable {
  /// Subtracts each picture's own mean.
  public var samplewiseCenter = false
  /// Divides by each picture's own standard deviation. Centres as well, as in Keras.
  public var samplewiseStd = false
  /// Subtracts the data set's mean of each channel.
  public var featurewiseCenter = false
  /// Divides by the data set's standard deviation of each channel. Centres as well, as in Keras.
  public var featurewiseStd = false
  /// Removes the correlations of all values of a picture, as they are in the data set. As in Keras it brings
  /// ``featurewiseCenter`` and takes the place of ``featurewiseStd``.
  public var zcaWhitening = false
  /// Keeps ``zcaWhitening`` from magnifying what hardly varies.
  public var zcaEpsilon = 1e-6

  /// None.
  public init() {}

  /// Whether the data set's statistics are needed.
  public var needsStatistics: Bool { centersFeatures || zcaWhitening }

  var centersSamples: Bool { samplewiseCenter || samplewiseStd }
  var centersFeatures: Bool { featurewiseCenter || featurewiseStd || zcaWhitening }
  var dividesFeatures: Bool { featurewiseStd && !zcaWhitening }
}
