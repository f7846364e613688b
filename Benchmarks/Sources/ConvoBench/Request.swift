/// What the driver asks for, one JSON object a line. The worker on Keras's side takes the same.
enum Request {
  /// `prepare`: makes a model ready to train on a batch.
  struct Prepare: Decodable {
    var model: ModelDescription
    var batch: Int
    var threads: Int
    /// A file of 32-bit floats, `[batch, height, width, channels]`.
    var pictures: String
    /// A file of 32-bit floats, `[batch, targets]`.
    var targets: String
  }

  /// `train`: does some steps.
  struct Train: Decodable {
    var steps: Int
  }

  /// `peak`: measures the machine.
  struct Peak: Decodable {
    var threads: Int
    var seconds: Double
  }

  /// `evaluate`: measures an untrained model on a folder of pictures.
  struct Evaluate: Decodable {
    var model: ModelDescription
    var directory: String
    var batch: Int
    var threads: Int
    var keepsPictures: Bool

    enum CodingKeys: String, CodingKey {
      case model, directory, batch, threads
      case keepsPictures = "keeps_pictures"
    }
  }

  /// `load`: makes batches from a folder of pictures.
  struct Load: Decodable {
    var directory: String
    /// Height and width.
    var size: [Int]
    var batch: Int
    var interpolation: String
    /// Whether pictures are turned, moved, sheared, zoomed and flipped at random.
    var augments: Bool
    var threads: Int
    var keepsPictures: Bool

    enum CodingKeys: String, CodingKey {
      case directory, size, batch, interpolation, augments, threads
      case keepsPictures = "keeps_pictures"
    }
  }

  /// `epoch`: goes through all pictures of the folder once.
  struct Epoch: Decodable {
    var number: Int
  }

  /// The name that tells one from another.
  struct Kind: Decodable {
    enum Name: String, Decodable {
      case about, prepare, train, peak, evaluate, load, epoch
    }

    var ask: Name
  }
}
