import ConvoNetwork
import ConvoTensor
import Foundation
import Testing

@testable import ConvoBench

/// The multiply-adds that the step's time is compared with.
@Suite struct DenseArithmeticTests {
  private func model(_ json: String) throws -> Model {
    try JSONDecoder().decode(ModelDescription.self, from: Data(json.utf8)).makeModel()
  }

  /// Counts the products of a convolution without padding one by one, as its definition loops over them.
  private func products(of input: [Int], filters: Int, kernel: Int, step: Int) -> Int {
    var products = 0
    for _ in stride(from: 0, through: input[0] - kernel, by: step) {
      for _ in stride(from: 0, through: input[1] - kernel, by: step) {
        for _ in 0..<filters * kernel * kernel * input[2] { products += 1 }
      }
    }
    return products
  }

  @Test func aModelOfTheNotesTakesWhatTheArithmeticSays() throws {
    let blocks = [16, 32, 64, 64, 64].map {
      #"{"name": "Conv2D", "config": {"filters": \#($0), "kernel_size": [3, 3], "activation": "relu"}}, "#
        + #"{"name": "MaxPooling2D", "config": {}}, "#
    }.joined()
    let notes = try model(
      #"{"input": [300, 300, 3], "loss": "binary_crossentropy", "layers": [\#(blocks)"#
        + #"{"name": "Flatten", "config": {}}, {"name": "Dense", "config": {"units": 512, "activation": "relu"}}, "#
        + #"{"name": "Dense", "config": {"units": 1, "activation": "sigmoid"}}]}"#)
    let first = 298 * 298 * 16 * 3 * 9
    let others =
      147 * 147 * 32 * 16 * 9 + 71 * 71 * 64 * 32 * 9 + 33 * 33 * 64 * 64 * 9 + 14 * 14 * 64 * 64 * 9
      + 3136 * 512 + 512
    let arithmetic = DenseArithmetic(notes)
    #expect(notes.parameterCount == 1_704_097)
    #expect(arithmetic.forward == first + others)
    #expect(arithmetic.training == 2 * first + 3 * others)
  }

  @Test func stridesAndChannelsCountAsTheLoopsDo() throws {
    let strided = try model(
      #"{"input": [11, 9, 2], "loss": "mean_squared_error", "layers": ["#
        + #"{"name": "Conv2D", "config": {"filters": 5, "kernel_size": 3, "strides": [2, 2], "use_bias": false}}, "#
        + #"{"name": "Flatten", "config": {}}]}"#)
    let products = products(of: [11, 9, 2], filters: 5, kernel: 3, step: 2)
    #expect(DenseArithmetic(strided).forward == products)
    #expect(DenseArithmetic(strided).training == 2 * products)
  }

  @Test func whatTheBuildLacksIsSaidByName() throws {
    let json = #"{"input": [8, 8, 1], "loss": "mean_squared_error", "layers": [{"name": "Conv9D", "config": {}}]}"#
    #expect(throws: BenchError.missing("the layer Conv9D")) { try self.model(json) }
  }
}
