import ConvoNetwork
import ConvoTensor

/// The multiply-adds that a model takes where every product is done, none skipped and none saved by a transform. Only
/// convolutions and dense layers count; pooling, activations and the optimizer are nothing beside them.
///
///     forward                    outputs of the layer · weights that each output looks at
///     backward to the weights    the same
///     backward to the input      the same; the first layer that has weights needs none
///
/// With padding=same the products with the zeros around the picture count too, as in a dense matrix product.
struct DenseArithmetic {
  /// Of one sample, forward.
  let forward: Int
  /// Of one sample, forward and both ways back.
  let training: Int

  init(_ model: Model) {
    var forward = 0
    var training = 0
    for layer in model.layers {
      let products = Self.products(of: layer)
      let isFirst = forward == 0
      forward += products
      training += products * (isFirst ? 2 : 3)
    }
    self.forward = forward
    self.training = training
  }

  private static func products(of layer: Model.Layer) -> Int {
    guard layer.spec is Conv2D || layer.spec is Dense, let kernel = layer.weights.first?.shape.count,
      let channels = layer.output.sides.last, let outputs = layer.output.count
    else { return 0 }
    return outputs / channels * kernel
  }
}
