/// The truth of one sample, smoothed where the learner wants it: `keep` · t + `add`.
struct Truth {
  /// As the images give it.
  let values: Row
  /// 1 - label_smoothing.
  var keep: Float = 1
  /// What the smoothing puts in the place of what was taken.
  var add: Float = 0

  /// The smoothed number for an output.
  subscript(index: Int) -> Float {
    keep == 1 ? values[index] : values[index] * keep + add
  }
}
