public import ConvoNetwork
import ConvoTensor
import SwiftProtobuf

/// A trained model as an ONNX file, which other programs run: onnxruntime, browsers, telephones.
///
/// It takes pictures as the model does, prepared already: `[batch, height, width, channels]`.
public struct ONNXModel: Sendable {
  /// The operators that are used are those of this version of ONNX's own set.
  static let operatorSet: Int64 = 17
  /// The version of the file format that came with it.
  static let formatVersion: Int64 = 8
  /// Beyond this, protobuf's readers refuse a message.
  static let largestFile = Int(Int32.max)

  let message: ONNXModelProto

  /// - Parameters:
  ///   - weights: Layer by layer, in Keras's order and layouts.
  ///   - notes: What the file says about the model under names of its own, such as the names of the classes.
  /// - Throws: Where a layer has no counterpart, where the weights are not the model's, and where the file would be
  ///   larger than readers accept.
  public init(_ model: Model, weights: [Float], notes: [(name: String, text: String)] = []) throws(ONNXError) {
    guard !model.layers.isEmpty else {
      throw ONNXError("\(model.name) has no layers", help: "add some first")
    }
    guard weights.count == model.parameterCount else {
      throw ONNXError("there are \(weights.count) weights, and the model has \(model.parameterCount)")
    }
    // Names and shapes take little beside the weights.
    guard weights.count <= (Self.largestFile - 1 << 20) / MemoryLayout<Float>.size else {
      throw ONNXError(
        "\(model.name) has \(model.parameterCount) parameters, and an ONNX file can't be larger than 2 GB",
        help: "make its dense layers smaller, or pool before them")
    }
    var graph = GraphBuilder(model)
    var rest = weights[...]
    for layer in model.layers {
      guard let spec = layer.spec as? any ONNXLayer else {
        throw ONNXError("\(layer.name): \(type(of: layer.spec).kerasName) has no counterpart in ONNX")
      }
      var tensors: [String: LayerTensor] = [:]
      for weight in layer.weights {
        let count = weight.shape.count ?? 0
        tensors[weight.name] = LayerTensor(sides: weight.shape.sides, values: Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      graph.begin(layer)
      try spec.write(to: &graph, weights: tensors)
    }
    var message = ONNXModelProto()
    message.irVersion = Self.formatVersion
    message.opsetImport = [.with { $0.version = Self.operatorSet }]
    message.producerName = "convo"
    message.graph = graph.finished()
    message.metadataProps = notes.map { note in
      .with {
        $0.key = note.name
        $0.value = note.text
      }
    }
    self.message = message
  }

  /// The file.
  public func bytes() throws(ONNXError) -> [UInt8] {
    do {
      return try message.serializedBytes()
    } catch {
      throw ONNXError("the file can't be put together: \(error)")
    }
  }
}

/// Why a model can't be written as ONNX.
public struct ONNXError: Error, Hashable, Sendable {
  public let problem: String
  /// How to mend it; may be empty.
  public let help: String

  init(_ problem: String, help: String = "") {
    self.problem = problem
    self.help = help
  }
}

/// The numbers of one weight.
struct LayerTensor {
  /// In Keras's order.
  var sides: [Int]
  var values: [Float]

  /// The same numbers with their sides in another order: the side `order[i]` becomes the side i.
  func transposed(_ order: [Int]) -> LayerTensor {
    var strides = Array(repeating: 1, count: sides.count)
    for side in sides.indices.dropLast().reversed() { strides[side] = strides[side + 1] * sides[side + 1] }
    let newSides = order.map { sides[$0] }
    let newStrides = order.map { strides[$0] }
    var place = Array(repeating: 0, count: sides.count)
    var index = 0
    var moved: [Float] = []
    moved.reserveCapacity(values.count)
    for _ in values.indices {
      moved.append(values[index])
      // The next place, the last side first.
      for side in place.indices.reversed() {
        place[side] += 1
        index += newStrides[side]
        if place[side] < newSides[side] { break }
        index -= newStrides[side] * newSides[side]
        place[side] = 0
      }
    }
    return LayerTensor(sides: newSides, values: moved)
  }
}

/// A layer that ONNX has operators for.
protocol ONNXLayer: LayerSpec {
  /// Adds what the layer computes in use, its activation included, to what comes before it.
  ///
  /// - Parameter weights: By Keras's names.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError)
}
