/// What is answered, one JSON object a line.
enum Answer {
  struct About: Encodable {
    var oneDNN: String
    var vectors: String
  }

  struct Prepared: Encodable {
    var parameters: Int
    /// Of a whole step, done densely.
    var multiplyAdds: Int

    enum CodingKeys: String, CodingKey {
      case parameters
      case multiplyAdds = "multiply_adds"
    }
  }

  struct Trained: Encodable {
    var steps: [TrainingRun.Step]
  }

  struct Peak: Encodable {
    var rate: Double
  }

  struct Loaded: Encodable {
    var images: Int
  }

  struct Epoch: Encodable {
    var seconds: Double
    var images: Int
  }

  /// `missing` where this build can't do what was asked.
  struct Failure: Encodable {
    var error: String
    var missing: Bool
  }
}
