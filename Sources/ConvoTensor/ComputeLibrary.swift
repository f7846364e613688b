import COneDNN

/// The compute library that the program runs on.
public enum ComputeLibrary {
  /// `2.6.3`: oneDNN's own answer (`dnnl_version`), which need not be the version that was built with.
  public static var version: String {
    guard let version = dnnl_version()?.pointee else { return "unknown" }
    return "\(version.major).\(version.minor).\(version.patch)"
  }
}
