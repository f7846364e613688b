/// Why a request could not be answered.
enum BenchError: Error, Hashable {
  /// This build of convo lacks something that the measurement needs, which the driver skips then.
  case missing(String)
  case failed(String)
}
