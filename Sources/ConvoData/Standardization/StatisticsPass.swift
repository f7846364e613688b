import ConvoImages
import ConvoThreads

/// Measures what the standardization of a generator needs to know of its pictures: resized, rescaled, not augmented.
struct StatisticsPass {
  let images: SampleImages
  let threads: Int

  /// Told what is done, and how much of it.
  typealias Progress = (_ title: String, _ done: Int, _ total: Int) -> Void

  /// A picture that can't be read any more does not count.
  ///
  /// - Throws: ``GeneratorError/cancelled``, or ``GeneratorError/noReadableImages(path:problems:)`` if none is left.
  func channelStatistics(
    isCancelled: () -> Bool, progress: Progress
  ) throws(GeneratorError) -> ChannelStatistics {
    let total = Monitor(ChannelStatistics.Sums(channels: images.options.colorMode.channels))
    let problems = FileCheck<ImageProblem?>.run(
      count: images.samples.count, threads: threads, isCancelled: isCancelled,
      progress: { progress("Measuring the images", $0, $1) }
    ) { [images] index in
      do throws(ImageError) {
        let image = try images.image(index)
        var sums = ChannelStatistics.Sums(channels: image.channels)
        sums.add(image.bytes)
        total.withLock { $0.add(sums) }
        return nil
      } catch {
        return error.problem
      }
    }
    guard let problems else { throw .cancelled }
    let sums = total.withLock { $0 }
    guard sums.pixels > 0 else { throw noneReadable(problems) }
    return sums.statistics(rescale: images.options.rescale)
  }

  /// The matrix of Keras's `fit`: U · diag(√n / (s + ε)) · Uᵀ, with U and s from the singular value decomposition of the
  /// centred pictures of the data set, one in each column.
  func whitening(
    _ statistics: ChannelStatistics, epsilon: Double, isCancelled: () -> Bool, progress: Progress
  ) throws(GeneratorError) -> Whitening {
    let size = images.options.imageShape.reduce(1, *)
    var readable: [Int] = []
    var problems: [ImageProblem?] = []
    for index in images.samples.indices {
      if isCancelled() { throw .cancelled }
      do throws(ImageError) {
        _ = try images.image(index)
        readable.append(index)
      } catch {
        problems.append(error.problem)
      }
    }
    guard !readable.isEmpty else { throw noneReadable(problems) }
    let decomposition = try WhiteningDecomposition(
      count: readable.count, size: size, threads: threads, isCancelled: isCancelled,
      progress: { progress("Whitening the images", $0, $1) }
    ) { [images] number, row in
      // Gone between two looks: its row stays the mean picture.
      guard let image = try? images.image(readable[number]) else { return row.update(repeating: 0) }
      let (scale, channels) = (images.options.rescale ?? 1, image.channels)
      for index in row.indices { row[index] = Double(image.bytes[index]) * scale - statistics.mean[index % channels] }
    }
    return decomposition.whitening(epsilon: epsilon)
  }

  private func noneReadable(_ problems: [ImageProblem?]) -> GeneratorError {
    .noReadableImages(
      path: images.directory,
      problems: zip(images.samples, problems).compactMap { sample, problem in
        problem.map { FileProblem(file: sample.path, problem: $0) }
      })
  }
}
