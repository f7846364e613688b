/// A window that slides over the height and the width of a picture.
///
///     output = floor((input - reach) / stride) + 1      valid
///     output = ceil(input / stride)                     same
///     reach  = (kernel - 1) · dilation + 1
public struct Window: Sendable, Hashable {
  /// `[height, width]`, each at least 1.
  public var kernel: [Int]
  /// `[height, width]`, each at least 1.
  public var stride: [Int]
  public var padding: Padding
  /// `[height, width]`, each at least 1: how many pixels lie from one cell of the window to the next.
  public var dilation: [Int]

  /// A window of `kernel` that moves by `stride`.
  public init(kernel: [Int], stride: [Int], padding: Padding, dilation: [Int] = [1, 1]) {
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// The height and the width of the output for an input of `height` x `width`, `nil` where the window does not fit.
  public func output(height: Int, width: Int) -> (height: Int, width: Int)? {
    guard let vertical = axis(0, input: height), let horizontal = axis(1, input: width) else { return nil }
    return (vertical.output, horizontal.output)
  }

  /// The row and the column of the input at which the window begins that makes one place of the output; below 0 where it
  /// begins in the padding. `nil` where the output has no such place.
  public func start(ofRow row: Int, column: Int, height: Int, width: Int) -> (row: Int, column: Int)? {
    guard let vertical = axis(0, input: height), let horizontal = axis(1, input: width),
      (0..<vertical.output).contains(row), (0..<horizontal.output).contains(column)
    else { return nil }
    return (row * vertical.stride - vertical.before, column * horizontal.stride - horizontal.before)
  }

  /// The window along the height (0) or the width (1) of an input of so many pixels; `nil` where it does not fit.
  func axis(_ axis: Int, input: Int) -> WindowAxis? {
    guard kernel.count == 2, stride.count == 2, dilation.count == 2 else { return nil }
    return WindowAxis(
      input: input, kernel: kernel[axis], stride: stride[axis], padding: padding, dilation: dilation[axis])
  }
}

/// A window along one side of a picture.
struct WindowAxis: Hashable {
  let kernel: Int
  /// The pixels from one cell of the window to the next.
  let dilation: Int
  /// At most the input's length: a longer stride moves to the same places.
  let stride: Int
  /// The zeros before the first pixel.
  let before: Int
  /// The zeros after the last pixel.
  let after: Int
  let output: Int

  /// `nil` where the window does not fit or a number is below 1.
  init?(input: Int, kernel: Int, stride: Int, padding: Padding, dilation: Int = 1) {
    guard input >= 1, kernel >= 1, stride >= 1, dilation >= 1 else { return nil }
    let (gaps, overflow) = (kernel - 1).multipliedReportingOverflow(by: dilation)
    guard !overflow, gaps < Int.max else { return nil }
    let reach = gaps + 1
    let step = min(stride, input)
    self.kernel = kernel
    // Of a window of one cell the dilation changes nothing.
    self.dilation = kernel == 1 ? 1 : dilation
    self.stride = step
    switch padding {
    case .valid:
      guard reach <= input else { return nil }
      before = 0
      after = 0
      output = (input - reach) / step + 1
    case .same:
      output = (input - 1) / step + 1
      // (output - 1) · step < input, so the difference can't overflow.
      let total = max(reach - (input - (output - 1) * step), 0)
      before = total / 2
      after = total - before
    }
  }

  /// The window with no more padding than pooling needs: where it covers the whole picture at every place, padding on
  /// both sides beyond one less than the picture's length changes nothing.
  func clippedForPooling(input: Int) -> WindowAxis {
    let most = 2 * (input - 1)
    guard before + after > most else { return self }
    return WindowAxis(
      kernel: kernel - (before + after - most), stride: stride, before: input - 1, after: input - 1, output: output)
  }

  /// A window whose cells touch each other.
  private init(kernel: Int, stride: Int, before: Int, after: Int, output: Int) {
    self.kernel = kernel
    dilation = 1
    self.stride = stride
    self.before = before
    self.after = after
    self.output = output
  }
}
