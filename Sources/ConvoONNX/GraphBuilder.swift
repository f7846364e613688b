import ConvoNetwork
import ConvoTensor
import SwiftProtobuf

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Puts operators one behind the other, each on what the one before it made.
///
/// ONNX's operators on pictures want the channels before the height and the width. Pictures are turned where one of them
/// needs it, and turned back where something depends on the order: at most once each for a usual model.
struct GraphBuilder {
  /// The order of a picture's sides, behind the batch.
  enum Order {
    case channelsLast, channelsFirst
  }

  private var graph = ONNXGraphProto()
  /// The layer that is being written.
  private(set) var layer: Model.Layer?
  /// Those of operators and constants, each for one.
  private var names: Set<String> = []
  /// The name of what the last operator made.
  private var current: String
  private var order = Order.channelsLast
  /// The sides of a picture, or the features of a row, in convo's order, without the batch.
  private(set) var shape: Shape

  init(_ model: Model) {
    graph.name = model.name
    current = "input"
    shape = model.inputShape
    graph.input = [Self.value(current, shape)]
  }

  /// Goes on to a layer.
  mutating func begin(_ layer: Model.Layer) {
    self.layer = layer
  }

  /// The graph, whose output has the order that convo's model has.
  mutating func finished() -> ONNXGraphProto {
    layer = nil
    bring(to: .channelsLast)
    if graph.node.isEmpty { add("Identity") }
    current = "output"
    graph.node[graph.node.count - 1].output = [current]
    graph.output = [Self.value(current, shape)]
    return graph
  }

  var isPicture: Bool { shape.sides.count == 3 }
  var channels: Int { shape.sides.last ?? 1 }

  /// Sides of constants that hold one number for each channel.
  var channelSides: [Int] { isPicture && order == .channelsFirst ? [channels, 1, 1] : [channels] }

  /// The number of the side that the channels are, with the batch as 0.
  var channelAxis: Int { order == .channelsFirst ? 1 : shape.sides.count }

  /// Turns a picture where it has another order.
  mutating func bring(to wanted: Order) {
    guard isPicture, order != wanted else { return }
    let turn = wanted == .channelsFirst ? [0, 3, 1, 2] : [0, 2, 3, 1]
    add("Transpose", [.ints("perm", turn)])
    order = wanted
  }

  /// Adds an operator whose first input is what is there.
  ///
  /// - Parameters:
  ///   - inputs: The names of the others.
  ///   - output: The shape of what it makes; as before unless given.
  mutating func add(
    _ type: String, inputs: [String] = [], _ attributes: [ONNXAttributeProto] = [], output: Shape? = nil
  ) {
    var node = ONNXNodeProto()
    node.opType = type
    node.name = freeName("\(layer?.name ?? "model")/\(type)")
    node.input = [current] + inputs
    node.attribute = attributes
    current = "\(node.name):0"
    node.output = [current]
    graph.node.append(node)
    if let output { shape = output }
    if !isPicture { order = .channelsLast }
  }

  /// Adds a constant, and gives its name.
  mutating func constant(_ name: String, _ tensor: LayerTensor) -> String {
    var proto = ONNXTensorProto()
    proto.name = freeName("\(layer?.name ?? "model")/\(name)")
    proto.dims = tensor.sides.map(Int64.init)
    proto.dataType = Int32(ONNXTensorProto.DataType.float.rawValue)
    var bytes = Data(capacity: tensor.values.count * MemoryLayout<Float>.size)
    for value in tensor.values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    proto.rawData = bytes
    graph.initializer.append(proto)
    return proto.name
  }

  private mutating func freeName(_ name: String) -> String {
    var free = name
    var number = 1
    while !names.insert(free).inserted {
      free = "\(name)_\(number)"
      number += 1
    }
    return free
  }

  /// What goes in or comes out: numbers for a batch of any size.
  private static func value(_ name: String, _ shape: Shape) -> ONNXValueInfoProto {
    .with {
      $0.name = name
      $0.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
      $0.type.tensorType.shape.dim =
        [.with { $0.dimParam = "batch" }] + shape.sides.map { side in .with { $0.dimValue = Int64(side) } }
    }
  }
}

extension ONNXAttributeProto {
  static func int(_ name: String, _ number: Int) -> Self {
    .with {
      $0.name = name
      $0.type = .int
      $0.i = Int64(number)
    }
  }

  static func float(_ name: String, _ number: Float) -> Self {
    .with {
      $0.name = name
      $0.type = .float
      $0.f = number
    }
  }

  static func ints(_ name: String, _ numbers: [Int]) -> Self {
    .with {
      $0.name = name
      $0.type = .ints
      $0.ints = numbers.map(Int64.init)
    }
  }
}
