import ConvoNetwork
import ConvoTensor
import SwiftProtobuf
import Testing

@testable import ConvoONNX

/// The files, read again and looked at operator by operator. That onnxruntime computes the same with them is tested by
/// `Tests/WithKeras/test_onnx.py`.
@Suite struct ONNXModelTests {
  private func model(_ input: Shape, _ layers: any LayerSpec...) throws -> Model {
    var model = Model(name: "sequential", inputShape: input)
    for layer in layers { try model.add(layer) }
    return model
  }

  /// The graph as a reader finds it in the bytes.
  private func graph(_ model: Model, weights: [Float]? = nil) throws -> ONNXGraphProto {
    let weights = weights ?? (0..<model.parameterCount).map(Float.init)
    let bytes = try ONNXModel(model, weights: weights).bytes()
    return try ONNXModelProto(serializedBytes: bytes).graph
  }

  /// `Conv pads=[0, 1]`, a line for each operator.
  private func operators(_ graph: ONNXGraphProto) -> [String] {
    graph.node.map { node in
      ([node.opType]
        + node.attribute.map { attribute in
          switch attribute.type {
          case .int: "\(attribute.name)=\(attribute.i)"
          case .float: "\(attribute.name)=\(attribute.f)"
          case .ints: "\(attribute.name)=\(attribute.ints)"
          case .undefined, .string, .floats, .UNRECOGNIZED: "\(attribute.name)?"
          }
        }).joined(separator: " ")
    }
  }

  private func numbers(_ tensor: ONNXTensorProto) -> [Float] {
    let bytes = Array(tensor.rawData)
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      var pattern: UInt32 = 0
      for byte in bytes[start..<start + 4].reversed() { pattern = pattern << 8 | UInt32(byte) }
      return Float(bitPattern: pattern)
    }
  }

  @Test func theNotesModelTurnsItsPicturesOnceEachWay() throws {
    let model = try model(
      [8, 8, 3], Conv2D(filters: 2, kernelSize: [3, 3], activation: .relu), MaxPooling2D(), Flatten(),
      Dense(units: 1, activation: .sigmoid))
    let graph = try graph(model)
    #expect(
      operators(graph) == [
        "Transpose perm=[0, 3, 1, 2]",
        "Conv kernel_shape=[3, 3] strides=[1, 1] pads=[0, 0, 0, 0] dilations=[1, 1] group=1", "Relu",
        "MaxPool kernel_shape=[2, 2] strides=[2, 2] pads=[0, 0, 0, 0]", "Transpose perm=[0, 2, 3, 1]",
        "Flatten axis=1", "MatMul", "Add", "Sigmoid",
      ])
    #expect(graph.input.map(\.name) == ["input"] && graph.output.map(\.name) == ["output"])
    #expect(graph.input[0].type.tensorType.shape.dim.map(\.dimParam) == ["batch", "", "", ""])
    #expect(graph.input[0].type.tensorType.shape.dim.map(\.dimValue) == [0, 8, 8, 3])
    #expect(graph.output[0].type.tensorType.shape.dim.map(\.dimValue) == [0, 1])
    // Each operator takes what the one before it made.
    for (node, next) in zip(graph.node, graph.node.dropFirst()) { #expect(next.input.first == node.output.first) }
    #expect(graph.node.first?.input == ["input"] && graph.node.last?.output == ["output"])
  }

  /// [height, width, channels, filters] → [filters, channels, height, width]
  @Test func kernelsHaveTheirFiltersFirst() throws {
    let model = try model([2, 3, 2], Conv2D(filters: 2, kernelSize: [1, 3]))
    let kernel = try #require(graph(model).initializer.first)
    #expect(kernel.name == "conv2d/kernel" && kernel.dims == [2, 2, 1, 3])
    #expect(numbers(kernel) == [0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11])
  }

  @Test func weightsGoToTheirOwnLayers() throws {
    let model = try model([2], Dense(units: 2), Dense(units: 1, useBias: false))
    let graph = try graph(model)
    #expect(graph.initializer.map(\.name) == ["dense/kernel", "dense/bias", "dense_1/kernel"])
    #expect(graph.initializer.map(numbers) == [[0, 1, 2, 3], [4, 5], [6, 7]])
    #expect(operators(graph) == ["MatMul", "Add", "MatMul"])
  }

  /// Where padding is odd, the bottom and the right get more, as TensorFlow has it.
  @Test func samePaddingIsWrittenOut() throws {
    let model = try model(
      [8, 7, 1], Conv2D(filters: 1, kernelSize: [3, 2], strides: [2, 1], padding: .same, useBias: false),
      AveragePooling2D(poolSize: [3, 3], strides: [9, 2], padding: .same))
    #expect(
      operators(try graph(model)).filter { $0.hasPrefix("Conv") || $0.hasPrefix("Average") } == [
        // Height: 4 places, 2·3 + 3 - 8 = 1 more than there is; width: 7 places, 6 + 2 - 7 = 1.
        "Conv kernel_shape=[3, 2] strides=[2, 1] pads=[0, 0, 1, 1] dilations=[1, 1] group=1",
        // Height: 1 place on 4; width: 4 places, 2·3 + 3 - 7 = 2.
        "AveragePool kernel_shape=[3, 3] strides=[4, 2] pads=[0, 1, 0, 1]",
      ])
  }

  @Test func valuesOfChannelsFollowTheOrderOfThePicture() throws {
    let scale = Rescaling(scale: PerChannel([1, 2]), offset: PerChannel([3, 4]))
    let model = try model([4, 4, 2], scale, MaxPooling2D(), scale, ActivationLayer(.softmax))
    let graph = try graph(model)
    #expect(graph.initializer.map(\.dims) == [[2], [2], [2, 1, 1], [2, 1, 1]])
    #expect(graph.initializer.map(numbers) == [[1, 2], [3, 4], [1, 2], [3, 4]])
    #expect(
      operators(graph).suffix(4) == ["Mul", "Add", "Softmax axis=1", "Transpose perm=[0, 2, 3, 1]"])
    #expect(Set(graph.node.map(\.name)).count == graph.node.count)
  }

  @Test func batchNormalizationUsesItsMovingStatistics() throws {
    let model = try model([3], BatchNormalization(epsilon: 0.5, center: true, scale: false))
    let graph = try graph(model)
    #expect(operators(graph) == ["BatchNormalization epsilon=0.5"])
    #expect(
      graph.node[0].input.dropFirst() == [
        "batch_normalization/gamma", "batch_normalization/beta", "batch_normalization/moving_mean",
        "batch_normalization/moving_variance",
      ])
    #expect(graph.initializer.map(numbers) == [[1, 1, 1], [0, 1, 2], [3, 4, 5], [6, 7, 8]])
  }

  /// Axis 0 is written although 0 is what a reader takes where nothing is written: the format tells the two apart.
  @Test func zerosAreWritten() throws {
    let bytes: [UInt8] = try ONNXAttributeProto.int("axis", 0).serializedBytes()
    let attribute = try ONNXAttributeProto(serializedBytes: bytes)
    #expect(attribute.hasI && !attribute.hasF && !attribute.hasS)
  }

  @Test func dropoutLeavesNothingBehind() throws {
    let model = try model([3], Dropout(rate: 0.5))
    #expect(operators(try graph(model)) == ["Identity"])
  }

  @Test(arguments: LayerCatalog.all.map(ObjectIdentifier.init).indices)
  func everyLayerHasACounterpart(index: Int) {
    #expect(LayerCatalog.all[index] is any ONNXLayer.Type, "\(LayerCatalog.all[index].kerasName)")
  }

  @Test func notesAreMetadata() throws {
    let model = try model([2], Dense(units: 1))
    let bytes = try ONNXModel(model, weights: [1, 2, 3], notes: [("class_names", "[\"a\"]")]).bytes()
    let message = try ONNXModelProto(serializedBytes: bytes)
    #expect(message.metadataProps.map { [$0.key, $0.value] } == [["class_names", "[\"a\"]"]])
    #expect(message.irVersion == 8 && message.opsetImport.map(\.version) == [17])
    #expect(message.producerName == "convo")
  }

  @Test func whatCanNotBeWrittenIsRefused() throws {
    let empty = Model(name: "empty", inputShape: [2])
    #expect(throws: ONNXError("empty has no layers", help: "add some first")) { try ONNXModel(empty, weights: []) }
    let small = try model([2], Dense(units: 1))
    #expect(throws: ONNXError("there are 2 weights, and the model has 3")) { try ONNXModel(small, weights: [1, 2]) }
    let window = try model([2, 2, 1], MaxPooling2D(poolSize: [.max, 1], strides: [1, 1], padding: .same))
    #expect(throws: ONNXError.self) { try ONNXModel(window, weights: []) }
  }

  @Test func transposingMovesEveryNumber() {
    let sides = [2, 3, 4]
    let tensor = LayerTensor(sides: sides, values: (0..<24).map(Float.init))
    let turned = tensor.transposed([2, 0, 1])
    #expect(turned.sides == [4, 2, 3])
    for a in 0..<2 {
      for b in 0..<3 {
        for c in 0..<4 { #expect(turned.values[(c * 2 + a) * 3 + b] == tensor.values[(a * 3 + b) * 4 + c]) }
      }
    }
  }
}
