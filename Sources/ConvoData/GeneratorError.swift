/// Why a generator could not be made. `description` says what and where; `advice` how to mend it.
public enum GeneratorError: Error, Sendable, Equatable {
  case emptyPath
  /// - Parameters:
  ///   - missing: the first part of the path that does not exist.
  ///   - suggestion: an existing path with a similar name.
  case noSuchDirectory(path: String, missing: String, suggestion: String?)
  case notADirectory(path: String)
  case noPermission(path: String)
  /// The operating system's reason.
  case unreadableDirectory(path: String, reason: String)

  /// - Parameter pictures: files with a picture's extension that lie directly in the directory.
  case noClasses(path: String, pictures: Int)
  case invalidClassName(String)
  case repeatedClass(String)
  case missingClass(name: String, path: String, found: [String], suggestion: String?)
  case binaryNeedsTwoClasses(found: [String])

  /// No class holds a file with a picture's extension (in the subset asked for).
  case noImages(path: String, classes: [String], subset: Subset?, ignored: IgnoredFiles)
  /// There are such files, but none can be read.
  case noReadableImages(path: String, problems: [FileProblem])

  /// Whitening is offered for small pictures alone.
  case whiteningTooLarge(imageShape: [Int])
  /// The statistics of another generator can't be this one's.
  case foreignStatistics(name: String, difference: String)
  case invalidOption(name: String, value: String, reason: String)
  /// - Parameter largest: how many pictures of this shape a batch can hold.
  case batchTooLarge(images: Int, imageShape: [Int], largest: Int)

  case cancelled
}

extension GeneratorError: CustomStringConvertible {
  /// What is wrong, in one sentence without a full stop.
  public var description: String {
    switch self {
    case .emptyPath:
      "the path of the directory is empty"
    case .noSuchDirectory(let path, let missing, _):
      "there is no directory '\(path)'" + (path == missing ? "" : ": '\(missing)' does not exist")
    case .notADirectory(let path):
      "'\(path)' is a file, not a directory"
    case .noPermission(let path):
      "no permission to read the directory '\(path)'"
    case .unreadableDirectory(let path, let reason):
      "the directory '\(path)' cannot be read: \(reason)"
    case .noClasses(let path, let pictures):
      pictures == 0
        ? "'\(path)' has no sub-directories; each class is one"
        : "'\(path)' has no sub-directories; \(pictures) picture\(pictures == 1 ? "" : "s") lie directly in it"
    case .invalidClassName(let name):
      "'\(name)' cannot be a class: it must be the name of a sub-directory"
    case .repeatedClass(let name):
      "the class '\(name)' is named twice"
    case .missingClass(let name, let path, _, _):
      "there is no class '\(name)': '\(path)' has no such sub-directory"
    case .binaryNeedsTwoClasses(let found):
      "when class_mode is binary there must be exactly 2 classes, found \(found.count): \(Self.list(found))"
    case .noImages(let path, let classes, let subset, _):
      "no pictures in \(subset.map { "the \($0.rawValue) part of " } ?? "")'\(path)'; "
        + "looked for files ending in \(DirectoryScan.suffixes.joined(separator: ", ")) in: \(Self.list(classes))"
    case .noReadableImages(let path, let problems):
      "none of the \(problems.count) pictures in '\(path)' can be read; "
        + Self.list(problems.map(\.description), separator: "; ")
    case .whiteningTooLarge(let shape):
      "zca_whitening of pictures of \(shape.map(String.init).joined(separator: "x")) is too much work: it takes a "
        + "matrix of \(shape.reduce(1, *)) x \(shape.reduce(1, *)) numbers; the limit is \(Whitening.largestSize) "
        + "numbers in a picture"
    case .foreignStatistics(let name, let difference):
      "the statistics of \(name) do not fit: \(difference)"
    case .invalidOption(let name, let value, let reason):
      "\(name)=\(value) is not possible: \(reason)"
    case .batchTooLarge(let images, let shape, _):
      "a batch of \(images) pictures of \(shape.map(String.init).joined(separator: "x")) is too large; "
        + "the limit is \(GeneratorOptions.largestBatchBytes >> 30) GiB of pixels"
    case .cancelled:
      "stopped before all files were checked"
    }
  }

  /// How to mend it, in one sentence without a full stop; nil if the description says it all.
  public var advice: String? {
    switch self {
    case .noSuchDirectory(_, _, let suggestion):
      suggestion.map { "did you mean '\($0)'?" }
    case .notADirectory:
      "name the directory that holds one sub-directory for each class"
    case .noClasses:
      "put the pictures of each class into a sub-directory named for the class"
    case .missingClass(_, _, let found, let suggestion):
      suggestion.map { "did you mean '\($0)'?" } ?? "its sub-directories are: \(Self.list(found))"
    case .binaryNeedsTwoClasses(let found):
      found.count > 2
        ? "use class_mode=categorical, or name two with classes=[…]" : "add a sub-directory for the other class"
    case .noImages(_, _, _, let ignored):
      if ignored.outsideClasses > 0 {
        "\(ignored.outsideClasses) pictures lie outside the sub-directories; move them into one for each class"
      } else if ignored.count > 0 {
        "other files were passed over, for example '\(ignored.examples.first ?? "")'"
      } else {
        nil
      }
    case .whiteningTooLarge:
      "use a smaller target_size, such as 32x32, or featurewise_std_normalization instead"
    case .foreignStatistics:
      "load both with the same target_size, color_mode and rescale"
    case .batchTooLarge(_, _, let largest):
      "use batch_size=\(max(1, largest)) or less, or a smaller target_size"
    case .emptyPath, .noPermission, .unreadableDirectory, .invalidClassName, .repeatedClass, .noReadableImages,
      .invalidOption, .cancelled:
      nil
    }
  }

  private static func list(_ names: [String], separator: String = ", ") -> String {
    let most = 8
    let shown = names.prefix(most).joined(separator: separator)
    return names.count > most ? "\(shown)\(separator)and \(names.count - most) more" : shown
  }
}
