import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoTensor

/// The arithmetic of one output as tables and sentences.
struct TraceTables {
  let layer: Model.Layer
  let trace: UnitTrace
  let filter: Int
  let row, column: Int

  /// Up to so many products are all shown, window by window.
  private static let mostInWindows = 36
  private static let mostColumns = 3
  /// Of more, those that count the most.
  private static let mostListed = 12

  func tell(_ context: CommandContext) {
    let products = trace.products
    let columns = Set(products.map(\.column)).count
    if hasPlaces { context.say(window) }
    if hasPlaces, products.count <= Self.mostInWindows, columns <= Self.mostColumns {
      for channel in Set(products.map(\.channel)).sorted() { context.emit(.table(windowTable(channel))) }
    } else {
      context.emit(.table(list))
    }
    context.say("The \(NumberText.grouped(products.count)) products add up to \(Self.text(trace.sum)).")
    context.say("\(bias) \(activation)")
  }

  private var hasPlaces: Bool { layer.output.sides.count == 3 }

  private static func text(_ number: Double) -> String { NumberText.metric(number) }

  private var window: String {
    let (rows, columns) = (trace.products.map(\.row), trace.products.map(\.column))
    guard let top = rows.min(), let bottom = rows.max(), let left = columns.min(), let right = columns.max() else {
      return ""
    }
    let padding = trace.products.contains(where: \.isPadding) ? "; what lies outside of it is 0" : ""
    return """
      Filter \(filter) of \(layer.name) at \(row),\(column) looks at rows \(top) to \(bottom) and columns \(left) to \
      \(right) of its input of \(layer.input)\(padding).
      """
  }

  private func windowTable(_ channel: Int) -> Table {
    let products = trace.products.filter { $0.channel == channel }
    let columns = Set(products.map(\.column)).sorted()
    let rows = Set(products.map(\.row)).sorted().map { row in
      ["row \(row)"]
        + products.filter { $0.row == row }.map {
          $0.isPadding
            ? "0 × \(NumberText.fixed(Double($0.weight), 4))\n= 0"
            : "\(NumberText.fixed(Double($0.value), 4)) × \(NumberText.fixed(Double($0.weight), 4))\n= "
              + NumberText.fixed($0.product, 4)
        }
    }
    let sum = products.reduce(0) { $0 + $1.product }
    return Table(
      title: "Channel \(channel): value × weight = product; the sum is \(Self.text(sum))",
      columns: [.init("")] + columns.map { .init("column \($0)", .right) }, rows: rows)
  }

  private var list: Table {
    let sorted = trace.products.sorted { abs($0.product) > abs($1.product) }
    let shown = sorted.prefix(Self.mostListed)
    let places = hasPlaces
    var rows = shown.map { product in
      (places ? [String(product.row), String(product.column)] : []) + [
        String(product.channel), NumberText.fixed(Double(product.value), 4),
        NumberText.fixed(Double(product.weight), 4), NumberText.fixed(product.product, 4),
      ]
    }
    let rest = sorted.dropFirst(Self.mostListed)
    if !rest.isEmpty {
      let others = "\(NumberText.grouped(rest.count)) others"
      let blank = Array(repeating: "", count: places ? 4 : 2)
      rows.append([others] + blank + [NumberText.fixed(rest.reduce(0) { $0 + $1.product }, 4)])
    }
    return Table(
      title: rest.isEmpty
        ? "The products of \(layer.name)" : "The \(shown.count) largest products of \(layer.name)",
      columns: ((places ? ["row", "column", "channel"] : ["input"]) + ["value", "weight", "product"]).map {
        .init($0, .right)
      }, rows: rows)
  }

  private var bias: String {
    layer.weights.contains { $0.name == "bias" }
      ? "With the bias: \(Self.text(trace.sum)) + \(Self.text(trace.bias)) = \(Self.text(trace.sum + trace.bias))."
      : "The layer has no bias."
  }

  private var activation: String {
    let (sum, output) = (Self.text(trace.sum + trace.bias), Self.text(trace.output))
    let place = hasPlaces ? "the layer's output at \(row),\(column), channel \(filter)" : "the layer's output \(filter)"
    let function = layer.spec.activation
    switch function {
    case .linear: return "There is no activation, so \(output) is \(place)."
    case .relu:
      return trace.sum + trace.bias > 0
        ? "relu leaves what is above 0 as it is: \(output) is \(place)."
        : "relu makes 0 of what is not above 0: \(output) is \(place)."
    case .sigmoid, .tanh, .leakyReLU:
      return "\(function.rawValue)(\(sum)) = \(output) is \(place)."
    case .softmax:
      return
        "The softmax divides the exponential of it by the sum of those of all \(layer.units): \(output) is \(place)."
    }
  }
}
