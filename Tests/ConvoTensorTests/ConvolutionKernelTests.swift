import Testing

@testable import ConvoTensor

/// A convolution that oneDNN must have code for.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  var input: Shape
  var filters: Int
  var kernel: [Int]
  var stride: [Int]
  var padding: Padding

  var testDescription: String { "\(input), \(filters) filters of \(kernel) by \(stride), \(padding)" }

  static var all: [ConvolutionCase] {
    let windows = [([3, 3], [1, 1]), ([3, 3], [2, 1]), ([1, 1], [1, 1]), ([5, 5], [2, 2]), ([7, 7], [2, 2])]
    var cases: [ConvolutionCase] = []
    for channels in [1, 3, 5, 16, 24] {
      for filters in [1, 5, 16, 40] {
        for (kernel, stride) in windows {
          for padding in Padding.allCases {
            cases.append(
              ConvolutionCase(
                input: [13, 12, channels], filters: filters, kernel: kernel, stride: stride, padding: padding))
          }
        }
      }
    }
    return cases
  }
}

@Suite struct ConvolutionKernelTests {
  init() { ComputeThread.computeAlone() }

  @Test(arguments: ConvolutionCase.all)
  func runsOnCompiledCode(_ example: ConvolutionCase) throws {
    let kernel = try ConvolutionKernel(
      input: example.input, batch: 2, filters: example.filters,
      window: Window(kernel: example.kernel, stride: example.stride, padding: example.padding), hasBias: true,
      relu: false, gradients: .filtersAndSource)
    #expect(kernel.operations.count == 3)
    #expect(kernel.implementationNames.filter { $0.contains("ref") } == [])
    #expect(!kernel.isReference)
  }

  /// Channels, filters, groups and dilation.
  @Test(
    arguments: [(4, 6, 2), (24, 40, 2), (32, 32, 2), (5, 5, 5), (16, 32, 16), (3, 5, 1), (16, 16, 1)], [1, 2])
  func groupsAndGapsRunOnCompiledCode(_ sizes: (channels: Int, filters: Int, groups: Int), dilation: Int) throws {
    for padding in Padding.allCases {
      let kernel = try ConvolutionKernel(
        input: [13, 12, sizes.channels], batch: 2, filters: sizes.filters, groups: sizes.groups,
        window: Window(kernel: [3, 3], stride: [1, 1], padding: padding, dilation: [dilation, dilation]),
        hasBias: true, relu: false, gradients: .filtersAndSource)
      #expect(kernel.implementationNames.filter { $0.contains("ref") } == [])
    }
  }

  @Test func groupsThatDoNotDivideAreAnError() {
    for (channels, filters, groups) in [(3, 4, 2), (4, 3, 2), (4, 4, 0), (4, 4, -2)] {
      #expect(throws: ComputeError.self) {
        try ConvolutionKernel(
          input: [5, 5, channels], batch: 1, filters: filters, groups: groups,
          window: Window(kernel: [3, 3], stride: [1, 1], padding: .same), hasBias: false, relu: false, gradients: .none)
      }
    }
  }

  @Test func aWindowThatDoesNotFitIsAnError() {
    #expect(throws: ComputeError("forward convolution", .invalidArguments)) {
      try ConvolutionKernel(
        input: [2, 2, 3], batch: 1, filters: 1, window: Window(kernel: [3, 3], stride: [1, 1], padding: .valid),
        hasBias: false, relu: false, gradients: .none)
    }
  }

  @Test func onlyWhatIsWantedIsMade() throws {
    let window = Window(kernel: [3, 3], stride: [1, 1], padding: .same)
    func kernel(_ gradients: ConvolutionKernel.Gradients) throws -> ConvolutionKernel {
      try ConvolutionKernel(
        input: [5, 5, 3], batch: 1, filters: 4, window: window, hasBias: true, relu: true, gradients: gradients)
    }
    #expect(try kernel(.none).operations.map(\.name) == ["forward convolution"])
    #expect(try kernel(.filters).operations.count == 2)
    #expect(try kernel(.filters).backwardFilters == nil)
    #expect(try kernel(.filtersAndSource).operations.count == 3)
  }
}
