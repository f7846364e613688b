import Testing

@testable import ConvoTensor

@Suite struct WindowTests {
  /// Slides a window pixel by pixel, as the definitions of the two paddings have it.
  private func slide(input: Int, kernel: Int, stride: Int, padding: Padding) -> (output: Int, before: Int)? {
    switch padding {
    case .valid:
      let starts = Swift.stride(from: 0, through: input - kernel, by: stride)
      return kernel <= input ? (Array(starts).count, 0) : nil
    case .same:
      let starts = Array(Swift.stride(from: 0, to: input, by: stride))
      // The last window begins at the last start; what it lacks is padded, the odd pixel after.
      let lacking = max((starts.last ?? 0) + kernel - input, 0)
      return (starts.count, lacking / 2)
    }
  }

  @Test(arguments: Padding.allCases)
  func everySmallWindowIsAsDefined(padding: Padding) {
    for input in 1...9 {
      for kernel in 1...10 {
        for stride in 1...11 {
          let expected = slide(input: input, kernel: kernel, stride: stride, padding: padding)
          let found = WindowAxis(input: input, kernel: kernel, stride: stride, padding: padding)
          #expect(found?.output == expected?.output)
          #expect(found?.before == expected?.before)
          guard let found else { continue }
          // oneDNN's own arithmetic must come to the same number of places.
          #expect((input + found.before + found.after - found.kernel) / found.stride + 1 == found.output)
        }
      }
    }
  }

  /// A window with gaps begins and ends where one of its whole reach does.
  @Test(arguments: Padding.allCases)
  func aDilatedWindowReachesAsFarAsItsLastCell(padding: Padding) {
    for input in 1...9 {
      for kernel in 1...4 {
        for dilation in 1...4 {
          let found = WindowAxis(input: input, kernel: kernel, stride: 1, padding: padding, dilation: dilation)
          let expected = slide(input: input, kernel: (kernel - 1) * dilation + 1, stride: 1, padding: padding)
          #expect(found?.output == expected?.output)
          #expect(found?.before == expected?.before)
        }
      }
    }
    #expect(WindowAxis(input: 9, kernel: 2, stride: 1, padding: padding, dilation: 0) == nil)
    #expect(WindowAxis(input: 9, kernel: .max, stride: 1, padding: padding, dilation: .max) == nil)
    #expect(WindowAxis(input: 9, kernel: 1, stride: 1, padding: padding, dilation: .max)?.dilation == 1)
  }

  @Test func aStrideBeyondThePictureMovesNowhere() {
    let far = WindowAxis(input: 5, kernel: 3, stride: .max, padding: .valid)
    #expect(far?.output == 1)
    #expect(far?.stride == 5)
  }

  @Test func hugeNumbersDoNotTrap() {
    #expect(WindowAxis(input: .max, kernel: .max, stride: .max, padding: .valid)?.output == 1)
    #expect(WindowAxis(input: .max, kernel: .max, stride: 1, padding: .same)?.output == .max)
    #expect(WindowAxis(input: 1, kernel: .max, stride: .max, padding: .same)?.after == .max / 2)
    #expect(WindowAxis(input: 0, kernel: 1, stride: 1, padding: .same) == nil)
    #expect(WindowAxis(input: 3, kernel: 0, stride: 1, padding: .same) == nil)
    #expect(WindowAxis(input: 3, kernel: 1, stride: -1, padding: .valid) == nil)
    #expect(Window(kernel: [3], stride: [1, 1], padding: .valid).output(height: 5, width: 5) == nil)
  }

  @Test func aMaximumNeedsNoMorePaddingThanThePicture() throws {
    for kernel in 1...20 {
      for stride in 1...6 {
        let window = try #require(WindowAxis(input: 5, kernel: kernel, stride: stride, padding: .same))
        let clipped = window.clippedForPooling(input: 5)
        #expect(clipped.output == window.output)
        #expect(clipped.before < 5 && clipped.after < 5)
        for place in 0..<window.output {
          func covered(_ axis: WindowAxis) -> [Int] {
            (0..<5).filter { (0..<axis.kernel).contains($0 - place * axis.stride + axis.before) }
          }
          #expect(covered(clipped) == covered(window))
        }
      }
    }
  }
}
