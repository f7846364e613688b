public import ConvoImages
import ConvoThreads

/// One picture of a generator.
public struct Sample: Sendable, Equatable {
  /// Relative to the generator's directory, beginning with the class's name.
  public let path: String
  /// Index of its class.
  public let label: Int
  /// Its place in the scan, where the cache keeps its pixels.
  let slot: Int
}

/// Pictures in a directory with one sub-directory for each class, as batches: Keras's `DirectoryIterator`.
///
/// Making one reads every file, so that broken ones are known, and left out, before anything is trained. It may
/// be used by any threads.
public final class ImageGenerator: Sendable {
  /// What the learner calls it.
  public let name: String
  /// As it was given.
  public let directory: String
  /// As they were given.
  public let options: GeneratorOptions
  /// Names of the classes; a class's index is its label.
  public let classNames: [String]
  /// All readable pictures, class by class, in the order of their paths.
  public let samples: [Sample]
  /// What is known of each picture's file, in the order of ``samples``.
  public let facts: [FileFacts]
  /// Files that are left out, in the order of their paths.
  public let problems: [FileProblem]
  /// Files that no picture's name has.
  public let ignored: IgnoredFiles
  /// How many threads decode.
  public let threads: Int
  /// What is done to the values of every picture, with the statistics that it needs.
  public let standardization: Standardization

  let pixels: SampleImages
  let statistics: ChannelStatistics?
  private let reported = Monitor<Set<[UInt8]>>([])

  /// Scans the directory and checks every file. It blocks: call it on a thread that may.
  ///
  /// - Parameters:
  ///   - statistics: whose pictures the mean, the standard deviation and the whitening are measured on; this one's where
  ///     nil. Keras measures none by itself: there, `datagen.fit(x)` is called with pictures in an array.
  ///   - cache: shared by all generators of a session.
  ///   - threads: how many decode, here and later; at least one does.
  ///   - isCancelled: asked on the calling thread, many times a second.
  ///   - progress: called on the calling thread as files are checked.
  ///   - measuring: called on the calling thread as statistics are measured.
  /// - Throws: ``GeneratorError``: options out of range, a directory that cannot be read, classes that do not
  ///   fit, no readable picture at all, or ``GeneratorError/cancelled``.
  public init(
    name: String, directory: String, options: GeneratorOptions, statistics: ImageGenerator? = nil, cache: PixelCache,
    threads: Int, isCancelled: () -> Bool = { false }, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    measuring: (_ title: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) throws(GeneratorError) {
    try options.validate()
    let scan = try DirectoryScan(directory, options, isCancelled: isCancelled)
    guard !scan.files.isEmpty else {
      throw .noImages(path: directory, classes: scan.classNames, subset: options.subset, ignored: scan.ignored)
    }
    try options.validate(count: scan.files.count)

    let region = cache.makeRegion()
    let checked = FileCheck.run(
      count: scan.files.count, threads: threads, isCancelled: isCancelled, progress: progress
    ) { [files = scan.files] slot in
      Self.check(files[slot], in: directory, options, region, slot)
    }
    guard let checked else { throw .cancelled }

    var samples: [Sample] = []
    var facts: [FileFacts] = []
    var problems = scan.problems
    for (slot, file) in scan.files.enumerated() {
      switch checked[slot] {
      case .success(let fact):
        samples.append(Sample(path: file.path, label: file.label, slot: slot))
        facts.append(fact)
      case .failure(let problem):
        problems.append(FileProblem(file: file.path, problem: problem))
      }
    }
    guard !samples.isEmpty else { throw .noReadableImages(path: directory, problems: problems) }
    let pixels = SampleImages(directory: directory, options: options, samples: samples, region: region)
    (self.statistics, standardization) = try Self.standardization(
      options, pixels, statistics, threads: threads, isCancelled: isCancelled, progress: measuring)
    self.name = name
    self.directory = directory
    self.options = options
    self.classNames = scan.classNames
    self.samples = samples
    self.facts = facts
    self.problems = problems.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
    self.ignored = scan.ignored
    self.threads = threads
    self.pixels = pixels
  }

  /// The pictures of another generator, prepared or ordered in another way. No file is read.
  init(
    _ other: ImageGenerator, options: GeneratorOptions, pixels: SampleImages, standardization: Standardization
  ) {
    name = other.name
    directory = other.directory
    self.options = options
    classNames = other.classNames
    samples = other.samples
    facts = other.facts
    problems = other.problems
    ignored = other.ignored
    threads = other.threads
    self.standardization = standardization
    self.pixels = pixels
    statistics = other.statistics
  }

  /// Decodes a file for its facts, and keeps its pixels if there is room.
  private static func check(
    _ file: DirectoryScan.File, in directory: String, _ options: GeneratorOptions, _ region: PixelCache.Region,
    _ slot: Int
  ) -> Result<FileFacts, ImageProblem> {
    guard file.hasValidName else { return .failure(.unreadable("its name is not valid UTF-8")) }
    let path = "\(directory)/\(file.path)"
    do {
      let header = try ImageFile.header(of: path)
      let image = try ImageFile.decode(path, as: options.colorMode)
      if region.hasRoom(for: options.imageShape.reduce(1, *)) {
        region.keep(image.fitted(to: options.fit), in: slot)
      }
      return .success(FileFacts(header: header, image: image))
    } catch {
      return .failure(error.problem)
    }
  }
}

extension ImageGenerator {
  /// How many pictures there are.
  public var count: Int { samples.count }

  /// Batches that show every picture once: the count divided by the batch size, rounded up.
  public var stepsPerPass: Int {
    SampleBatches.stepsPerPass(count: count, batchSize: options.batchSize)
  }

  /// Shape of one picture: `[height, width, channels]`.
  public var imageShape: [Int] { options.imageShape }

  /// How many pictures each class has, by label.
  public var classCounts: [Int] {
    samples.reduce(into: Array(repeating: 0, count: classNames.count)) { $0[$1.label] += 1 }
  }

  /// A sample's pixels in the generator's size and channels, from the cache or the file.
  ///
  /// - Parameter index: in `0..<count`.
  /// - Throws: ``ImageError`` if the file has gone or was damaged since it was checked.
  public func image(_ index: Int) throws(ImageError) -> PixelImage {
    try pixels.image(index)
  }

  /// The order in which a pass of an epoch visits the samples: a permutation of `0..<count` that depends on the
  /// seed, the epoch and the pass alone; the identity without shuffling.
  public func order(epoch: Int, pass: Int) -> [Int] {
    guard options.shuffle else { return Array(0..<count) }
    return SampleOrder.shuffled(count: count, seed: options.seed, epoch: epoch, pass: pass)
  }

  /// Batches of an epoch, decoded ahead.
  ///
  /// Batch `k` is the `k`-th slice of the first pass's order; when all pictures were shown, the epoch goes on
  /// with a newly shuffled pass. The last batch of a pass may be shorter.
  ///
  /// - Parameters:
  ///   - step: number of the first batch.
  ///   - steps: how many batches.
  ///   - onProblem: called on the thread that takes the batches, once for each file that was readable when the
  ///     generator was made and no longer is; its batch comes without it.
  public func batches(
    epoch: Int, from step: Int = 0, steps: Int, onProblem: (@Sendable (FileProblem) -> Void)? = nil
  ) -> BatchStream {
    let batches = SampleBatches(
      count: count, batchSize: options.batchSize, from: max(0, step)
    ) { pass in self.order(epoch: epoch, pass: pass) }
    return BatchStream(self, batches, epoch: epoch, steps: max(0, steps), onProblem: onProblem)
  }

  /// Whether a file's problem was not reported yet; from now on it was.
  func isNews(_ problem: FileProblem) -> Bool {
    reported.withLock { $0.insert(Array(problem.file.utf8)).inserted }
  }
}
