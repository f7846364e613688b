public import ConvoLanguage

/// Something that a cell says. Every face (terminal, plain text, JSON, notebook) reads the same stream of these.
public struct OutputEvent: Sendable {
  /// The number of the cell, from 1.
  public var cell: Int
  public var content: Content

  public init(cell: Int, _ content: Content) {
    self.cell = cell
    self.content = content
  }

  public enum Content: Sendable {
    /// The first event of a cell.
    case began(source: String)
    case text(StyledText)
    case table(Table)
    case chart(Chart)
    case image(Picture)
    case dataset(DatasetReport)
    case summary(ModelSummary)
    case progress(Progress)
    case batch(BatchReport)
    case epoch(EpochReport)
    case evaluation(EvaluationReport)
    case prediction(PredictionReport)
    case error(LocatedDiagnostic)
    /// The last event of a cell.
    case ended(ok: Bool, seconds: Double)
  }
}

/// A picture in the bytes of a file format.
public struct Picture: Sendable, Hashable {
  /// `image/png`.
  public var mime: String
  public var data: [UInt8]
  /// In pixels.
  public var width: Int
  public var height: Int

  public init(mime: String, data: [UInt8], width: Int, height: Int) {
    self.mime = mime
    self.data = data
    self.width = width
    self.height = height
  }
}

/// What a `load generator` or an `inspect` found.
public struct DatasetReport: Sendable, Hashable {
  public struct Problem: Sendable, Hashable {
    public var file: String
    public var problem: String

    public init(file: String, problem: String) {
      self.file = file
      self.problem = problem
    }
  }

  public var name: String
  public var images: Int
  /// The class names; each one's index is its label.
  public var classes: [String]
  /// The files that were left out, and why.
  public var problems: [Problem]
  /// What else an inspection found, file by file, for programs; people are told in sentences of their own.
  public var findings: [Problem]

  public init(name: String, images: Int, classes: [String], problems: [Problem], findings: [Problem] = []) {
    self.name = name
    self.images = images
    self.classes = classes
    self.problems = problems
    self.findings = findings
  }
}

/// A model, layer by layer.
public struct ModelSummary: Sendable, Hashable {
  public struct Layer: Sendable, Hashable {
    public var name: String
    /// Keras's class name: `Conv2D`.
    public var type: String
    /// Without the batch.
    public var outputShape: [Int]
    public var params: Int

    public init(name: String, type: String, outputShape: [Int], params: Int) {
      self.name = name
      self.type = type
      self.outputShape = outputShape
      self.params = params
    }
  }

  public var name: String
  public var layers: [Layer]
  public var trainableParams: Int
  public var nonTrainableParams: Int
  public var totalParams: Int { trainableParams + nonTrainableParams }

  public init(name: String, layers: [Layer], trainableParams: Int, nonTrainableParams: Int) {
    self.name = name
    self.layers = layers
    self.trainableParams = trainableParams
    self.nonTrainableParams = nonTrainableParams
  }
}

/// How far long work has come. Faces that can redraw a line show it; the others leave it out.
public struct Progress: Sendable, Hashable {
  /// What is being done: "Epoch 3/15", "checking images".
  public var title: String
  public var done: Int
  public var total: Int
  /// Seconds since the work began.
  public var seconds: Double
  /// What one unit of the work is called in "1.61s/step"; `nil` where the time of one is of no interest.
  public var unit: String?
  /// Measured so far, in order: loss, accuracy.
  public var metrics: [MetricReport]

  public init(title: String, done: Int, total: Int, seconds: Double, unit: String? = nil, metrics: [MetricReport] = [])
  {
    self.title = title
    self.done = done
    self.total = total
    self.seconds = seconds
    self.unit = unit
    self.metrics = metrics
  }
}
