import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoTensor
import ConvoTestSupport
import Foundation
import Testing

/// `summary explain`: its arithmetic comes to what the layers are.
@Suite struct ExplainTests {
  /// What a computation comes to, by the language's own expressions.
  private func value(of computation: String) throws -> Double {
    let expression = try ConvoLanguage.Expression(computation.replacing("×", with: "*"))
    let value = try expression.value { (reference, _) throws(ExpressionError) in
      throw ExpressionError("\(reference.name) is no number")
    }
    guard case .number(let number) = value else { return .nan }
    return number
  }

  private func check(_ layer: any LayerSpec, on input: Shape) throws {
    let output = try layer.outputShape(for: input)
    let arithmetic = layer.arithmetic(for: input)
    let sides = arithmetic.sides
    #expect(sides.isEmpty ? output == input : sides.map(\.value) == output.sides, "\(layer) on \(input)")
    #expect((arithmetic.parameters?.value ?? 0) == layer.parameterCount(for: input), "\(layer) on \(input)")
    let untrained = layer.weights(for: input).filter { !$0.isTrainable }.reduce(0) { $0 + ($1.shape.count ?? 0) }
    #expect((arithmetic.untrained?.value ?? 0) == untrained, "\(layer) on \(input)")
    for equation in sides + [arithmetic.parameters, arithmetic.untrained].compactMap({ $0 }) {
      #expect(try value(of: equation.computation) == Double(equation.value), "\(equation) of \(layer) on \(input)")
    }
    #expect(!arithmetic.explanation.isEmpty && !arithmetic.explanation.hasSuffix("."))
  }

  /// Layers of every kind with every option that their arithmetic depends on, on inputs of every size.
  @Test func everyEquationHolds() throws {
    var checked = 0
    var random = SystemRandomNumberGenerator()
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func flip() -> Bool { Bool.random(using: &random) }
    for _ in 0..<3000 {
      let groups = number(1...3)
      let input: Shape = [number(1...40), number(1...40), groups * number(1...4)]
      let padding = flip() ? Padding.same : .valid
      let (kernel, stride) = ([number(1...6), number(1...6)], [number(1...5), number(1...5)])
      let isDilated = flip()
      let convolution = Conv2D(
        filters: groups * number(1...20), kernelSize: kernel, strides: isDilated ? [1, 1] : stride, padding: padding,
        dilationRate: isDilated ? [number(1...4), number(1...4)] : [1, 1], groups: groups, useBias: flip())
      let layers: [any LayerSpec] = [
        convolution, MaxPooling2D(poolSize: kernel, strides: flip() ? stride : nil, padding: padding),
        AveragePooling2D(poolSize: kernel, strides: flip() ? stride : nil, padding: padding), Flatten(),
        Dense(units: number(1...50), useBias: flip()), GlobalAveragePooling2D(keepDims: flip()),
        GlobalMaxPooling2D(keepDims: flip()), BatchNormalization(center: flip(), scale: flip()), Dropout(rate: 0.5),
        ActivationLayer(.relu), Rescaling(scale: PerChannel(0.5)),
      ]
      for layer in layers {
        guard (try? layer.outputShape(for: input)) != nil else {
          // What does not fit has an equation that says so, and one that can be followed.
          let failing = layer.arithmetic(for: input).sides.filter { $0.value < 1 }
          #expect(!failing.isEmpty, "\(layer) on \(input)")
          for equation in failing { #expect(try value(of: equation.computation) == Double(equation.value)) }
          continue
        }
        try check(layer, on: input)
        checked += 1
      }
      let row: Shape = [number(1...5000)]
      for layer: any LayerSpec in [Flatten(), Dense(units: number(1...600)), BatchNormalization()] {
        try check(layer, on: row)
      }
    }
    #expect(checked > 25_000)
  }

  @Test func everyKindIsLookedAt() {
    // The list above: a new layer belongs into it.
    #expect(LayerCatalog.all.count == 11)
  }

  @Test func numbersWithoutEnd() {
    for size in [Int.max, Int.max / 2] {
      for dilation in [1, Int.max] {
        let layer = Conv2D(
          filters: 1, kernelSize: [size, size], strides: [size, 1], dilationRate: [dilation, dilation])
        #expect(layer.arithmetic(for: [3, 3, 3]).sides.prefix(2).allSatisfy { $0.value < 1 })
      }
      #expect(MaxPooling2D(poolSize: [size, size]).arithmetic(for: [3, 3, 3]).sides[0].value == 0)
    }
  }

  private func run(_ program: String) throws -> ConvoProcess.Outcome {
    let folder = try TemporaryFolder()
    let script = folder.url.appending(path: "program.convo")
    try Data(program.utf8).write(to: script)
    return try ConvoProcess.run(
      ["run", "--keep-going", script.path], in: folder.url, environment: ["COLUMNS": "200"])
  }

  @Test func theNotesModel() throws {
    let outcome = try run(
      """
      new model input=300x300x3; add conv2d 16 3x3 activation=relu; add maxpooling2d 2x2; add conv2d 32 3x3
      add maxpooling2d 2x2; add flatten; add dense 512 activation=relu; add batchnormalization
      add dense 1 activation=sigmoid; summary explain
      """)
    for part in [
      "│ 298x298x16 │ 298 = (300 - 3)/1 + 1", "│ 448 = 16×(3×3×3 + 1)", "│ 149x149x16 │ 149 = 298/2",
      "│ 73x73x32   │ 73 = floor(147/2)", "│ 170,528 = 73×73×32", "│ 87,310,848 = 170,528×512 + 512",
      "│ 2,048 = 4×512; not trained: 1,024 = 2×512", "│ 513 = 512×1 + 1",
      "Together: 448 + 4,640 + 87,310,848 + 2,048 + 513 = 87,318,497 parameters.",
    ] {
      #expect(outcome.output.contains(part), "\(part)\n\(outcome.output)")
    }
  }

  /// Without the breaks of lines.
  private func joined(_ text: String) -> String {
    text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
  }

  /// A refused layer is kept in mind, with what was tried and found to mend it, until the model goes on.
  @Test func aRefusedLayerIsExplained() throws {
    let program = """
      new model input=7x7x3; add maxpooling2d 2x2; add conv2d 4 3x3; add conv2d 8 3x3
      summary explain
      add flatten
      summary explain
      """
    let outcome = try run(program)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("a 3x3 window does not fit a 1x1 input"))
    #expect(joined(outcome.errors).contains("summary explain shows the arithmetic"))
    let parts = outcome.output.split(separator: "impossible on 1x1x4: conv2d")
    #expect(parts.count == 2, "\(outcome.output)")
    let explained = joined(String(parts.last ?? ""))
    #expect(explained.contains("-1 = (1 - 3)/1 + 1, and the window"))
    #expect(
      explained.contains(
        "It would fit without conv2d (remove layer 2), or without max_pooling2d (remove layer 1), or with padding=same."
      ))
  }
}
