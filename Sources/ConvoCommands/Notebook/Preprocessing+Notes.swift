import ConvoData
import ConvoImages
import ConvoJSON
import ConvoTraining

extension Preprocessing {
  /// How pictures are prepared for the model, for those who run it elsewhere: values of JSON, by their names.
  var notes: [(name: String, text: String)] {
    [("preprocessing", JSONValue.object(fields).text), ("class_names", JSONValue.strings(classNames).text)]
  }

  /// Keras's names; what is not done is left out. The order is that in which it is done.
  private var fields: [(name: String, value: JSONValue)] {
    var fields: [(name: String, value: JSONValue)] = [
      ("color_mode", .string(colorMode.rawValue)),
      ("target_size", .integers([size.height, size.width])),
      ("interpolation", .string(interpolation.rawValue)),
      ("keep_aspect_ratio", .boolean(keepAspectRatio)),
    ]
    if let rescale { fields.append(("rescale", .number(rescale))) }
    let normalization = standardization.normalization
    if normalization.samplewiseCenter || normalization.samplewiseStd {
      fields.append(("samplewise_center", .boolean(true)))
    }
    if normalization.samplewiseStd { fields.append(("samplewise_std_normalization", .boolean(true))) }
    if let mean = standardization.mean { fields.append(("mean", .array(mean.map { .number(Double($0)) }))) }
    if let deviation = standardization.deviation {
      fields.append(("std", .array(deviation.map { .number(Double($0)) })))
    }
    // The matrix has a row for every value of a picture: too much for a note.
    if standardization.whitening != nil { fields.append(("zca_whitening", .boolean(true))) }
    return fields
  }
}
