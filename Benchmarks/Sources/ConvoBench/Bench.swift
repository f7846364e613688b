import ConvoNetwork
import ConvoTensor
import Foundation

/// `convo-bench`: does one piece of work for each line of standard input, and says what it took.
///
/// The driver in `Benchmarks/convobench` asks it and a worker on Keras's side by turns, so that both are warm and never
/// work at the same time.
@main
struct Bench {
  private var training: TrainingRun?
  private var pipeline: PipelineRun?

  static func main() {
    var bench = Bench()
    while let line = readLine() {
      do {
        print(try bench.answer(Data(line.utf8)))
      } catch BenchError.missing(let what) {
        print(json(Answer.Failure(error: what, missing: true)))
      } catch BenchError.failed(let problem) {
        print(json(Answer.Failure(error: problem, missing: false)))
      } catch {
        print(json(Answer.Failure(error: "\(error)", missing: false)))
      }
      fflush(nil)
    }
  }

  private mutating func answer(_ line: Data) throws -> String {
    func request<Kind: Decodable>(_ kind: Kind.Type) throws -> Kind { try JSONDecoder().decode(kind, from: line) }
    return switch try request(Request.Kind.self).ask {
    case .about: Self.json(Answer.About(oneDNN: ComputeLibrary.version, vectors: PeakRate.vectors))
    case .prepare: Self.json(try prepare(request(Request.Prepare.self)))
    case .train: Self.json(try train(request(Request.Train.self)))
    case .peak: Self.json(peak(try request(Request.Peak.self)))
    case .evaluate: Self.json(try evaluate(request(Request.Evaluate.self)))
    case .load: Self.json(try load(request(Request.Load.self)))
    case .epoch: Self.json(try epoch(request(Request.Epoch.self)))
    }
  }

  private mutating func prepare(_ request: Request.Prepare) throws(BenchError) -> Answer.Prepared {
    // The last model's memory goes before the next one's is taken.
    training = nil
    let model = try request.model.makeModel()
    guard let compiled = model.compiled, let outputs = model.outputShape.count, let inputs = model.inputShape.count
    else { throw .failed("the model can't be trained") }
    training = try TrainingRun(
      model, compiled, pictures: FloatBuffer(file: request.pictures, count: request.batch * inputs),
      targets: FloatBuffer(
        file: request.targets, count: request.batch * compiled.loss.targetWidth(outputs: outputs)),
      batch: request.batch, threads: request.threads)
    return Answer.Prepared(
      parameters: model.parameterCount, multiplyAdds: DenseArithmetic(model).training * request.batch)
  }

  private func train(_ request: Request.Train) throws(BenchError) -> Answer.Trained {
    guard let training else { throw .failed("nothing is prepared") }
    var steps: [TrainingRun.Step] = []
    for _ in 0..<request.steps { steps.append(try training.step()) }
    return Answer.Trained(steps: steps)
  }

  private func peak(_ request: Request.Peak) -> Answer.Peak {
    Answer.Peak(rate: PeakRate(threads: request.threads, seconds: request.seconds).multiplyAddsPerSecond)
  }

  private func evaluate(_ request: Request.Evaluate) throws(BenchError) -> EvaluationRun.Outcome {
    try EvaluationRun(model: request.model.makeModel(), threads: request.threads)
      .run(directory: request.directory, batch: request.batch, keepsPictures: request.keepsPictures)
  }

  private mutating func load(_ request: Request.Load) throws(BenchError) -> Answer.Loaded {
    pipeline = nil
    let loaded = try PipelineRun(request)
    pipeline = loaded
    return Answer.Loaded(images: loaded.images)
  }

  private func epoch(_ request: Request.Epoch) throws(BenchError) -> Answer.Epoch {
    guard let pipeline else { throw .failed("nothing is loaded") }
    return try pipeline.epoch(request.number)
  }

  private static func json(_ answer: some Encodable) -> String {
    guard let data = try? JSONEncoder().encode(answer) else { return #"{"error": "not a number", "missing": false}"# }
    return String(decoding: data, as: UTF8.self)
  }
}

extension FloatBuffer {
  /// The 32-bit floats of a file, in this machine's byte order.
  fileprivate convenience init(file: String, count: Int) throws(BenchError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: file))
    } catch {
      throw .failed("\(error)")
    }
    guard data.count == count * MemoryLayout<Float>.stride else {
      throw .failed("\(file) has \(data.count) bytes, not those of \(count) floats")
    }
    self.init(count: count)
    _ = data.copyBytes(to: UnsafeMutableRawBufferPointer(values))
  }
}
