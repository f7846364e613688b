import ConvoTestSupport
import Testing

@testable import ConvoTensor

/// Every set of kernels against products in double precision, part by part.
@Suite struct DenseKernelTests {
  /// Sides of 1, of a tile and around it, of several parts, and more rows than are packed at a time.
  static let sizes: [(rows: Int, inputs: Int, units: Int)] = [
    (1, 1, 1), (1, 7, 1), (5, 1, 3), (16, 33, 17), (4, 100, 1), (1, 64, 32), (13, 130, 64), (6, 300, 128), (2, 2000, 5),
    (70, 520, 65), (300, 20, 100), (130, 600, 15), (12, 257, 191), (129, 13, 700),
  ]

  private func check(
    _ size: (rows: Int, inputs: Int, units: Int), adds: Bool, relu: Bool, hasBias: Bool, _ set: KernelSet
  ) {
    let (rows, inputs, units) = size
    let kernel = DenseKernel(inputs: inputs, units: units, set: set)
    let (x, w, dy, b) = (scrambled(rows * inputs), scrambled(inputs * units), scrambled(rows * units), scrambled(units))
    // What the kernels leave beyond their results shows at the ends.
    var y = [Float](repeating: 77, count: rows * units + 1)
    var dx = [Float](repeating: 77, count: rows * inputs + 1)
    var dw = scrambled(inputs * units) + [77]
    var db = scrambled(units) + [77]
    let (before, biasBefore) = (dw, db)
    var scratch = [Float](repeating: .nan, count: kernel.scratchFloats)
    func forward(_ bias: UnsafePointer<Float>?) {
      for part in (0..<kernel.forwardParts).reversed() {
        kernel.forward(
          part: part, rows: rows, x, kernel: w, bias: bias, relu: relu, into: &y, scratch: &scratch)
      }
    }
    if hasBias { forward(b) } else { forward(nil) }
    for part in (0..<kernel.backwardParts).reversed() {
      kernel.backwardKernel(part: part, rows: rows, x, gradient: dy, adds: adds, into: &dw, scratch: &scratch)
      kernel.backwardInput(part: part, rows: rows, gradient: dy, kernel: w, into: &dx, scratch: &scratch)
    }
    kernel.backwardBias(rows: rows, gradient: dy, adds: adds, into: &db)

    func sum(_ count: Int, _ term: (Int) -> Double) -> Double { (0..<count).reduce(0) { $0 + term($1) } }
    let expectedY: [Float] = (0..<rows * units).map { place in
      let (row, unit) = (place / units, place % units)
      let value =
        sum(inputs) { Double(x[row * inputs + $0]) * Double(w[$0 * units + unit]) } + (hasBias ? Double(b[unit]) : 0)
      return Float(relu ? max(value, 0) : value)
    }
    let expectedKernel: [Float] = (0..<inputs * units).map { place in
      let (input, unit) = (place / units, place % units)
      let value = sum(rows) { Double(x[$0 * inputs + input]) * Double(dy[$0 * units + unit]) }
      return Float(value + (adds ? Double(before[place]) : 0))
    }
    let expectedX: [Float] = (0..<rows * inputs).map { place in
      let (row, input) = (place / inputs, place % inputs)
      return Float(sum(units) { Double(dy[row * units + $0]) * Double(w[input * units + $0]) })
    }
    let expectedBias: [Float] = (0..<units).map { unit in
      Float(sum(rows) { Double(dy[$0 * units + unit]) } + (adds ? Double(biasBefore[unit]) : 0))
    }
    // A sum of n terms in single precision is off by about √n roundings (Higham and Mary, 2019) of the terms' sizes,
    // which are about a quarter each.
    func error(_ found: [Float], _ expected: [Float], terms: Int) -> Float {
      largestError(found, expected, floor: max(Float(terms) / 4, 1)) / (3 * Float(terms + 1).squareRoot() * 0x1p-24)
    }
    #expect(error(y, expectedY + [77], terms: inputs) < 1)
    #expect(error(dw, expectedKernel + [77], terms: rows) < 1)
    #expect(error(dx, expectedX + [77], terms: units) < 1)
    #expect(error(db, expectedBias + [77], terms: rows) < 1)
  }

  @Test(arguments: KernelSet.available.map(\.name), [true, false])
  func productsAreThoseOfDoublePrecision(set name: String, adds: Bool) throws {
    let set = try #require(KernelSet.available.first { $0.name == name })
    for size in Self.sizes { check(size, adds: adds, relu: adds, hasBias: true, set) }
    check((33, 40, 30), adds: adds, relu: false, hasBias: false, set)
  }

  @Test func thereIsAlwaysABaseline() {
    #expect(KernelSet.available.last?.name == "baseline")
  }

  @Test(arguments: KernelSet.available.map(\.name))
  func notANumberGoesThroughUnlessReLUTakesIt(set name: String) throws {
    let set = try #require(KernelSet.available.first { $0.name == name })
    let kernel = DenseKernel(inputs: 2, units: 3, set: set)
    var y = [Float](repeating: 0, count: 6)
    var scratch = [Float](repeating: 0, count: kernel.scratchFloats)
    func forward(relu: Bool) {
      kernel.forward(
        part: 0, rows: 2, [.nan, 1, 1, 1], kernel: [1, 2, 3, 4, 5, -6], bias: nil, relu: relu, into: &y,
        scratch: &scratch)
    }
    forward(relu: false)
    #expect(y[..<3].allSatisfy { $0.isNaN })
    #expect(Array(y[3...]) == [5, 7, -3])
    forward(relu: true)
    #expect(y == [0, 0, 0, 5, 7, 0])
  }
}
