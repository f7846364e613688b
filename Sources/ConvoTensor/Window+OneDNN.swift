import COneDNN

extension convo_window {
  /// The window over a picture, as oneDNN takes it.
  init(_ vertical: WindowAxis, _ horizontal: WindowAxis) {
    self.init(
      kernel: (Int64(vertical.kernel), Int64(horizontal.kernel)),
      stride: (Int64(vertical.stride), Int64(horizontal.stride)),
      gaps: (Int64(vertical.dilation - 1), Int64(horizontal.dilation - 1)),
      before: (Int64(vertical.before), Int64(horizontal.before)),
      after: (Int64(vertical.after), Int64(horizontal.after)))
  }
}
