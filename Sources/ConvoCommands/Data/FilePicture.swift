import ConvoData
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// One file as `load generator` would read it: Keras's `load_img`.
enum FilePicture {
  struct Options {
    /// The first option that was written, as all of them are of a file.
    let firstGiven: String?
    let targetSize: [Int]?
    let interpolation: Interpolation
    let colorMode: ColorMode
    let keepAspectRatio: Bool

    init(_ arguments: Arguments) throws(ArgumentError) {
      firstGiven = ["target_size", "interpolation", "color_mode", "keep_aspect_ratio"].first {
        arguments.value($0) != nil
      }
      targetSize = try arguments.sizeIfGiven("target_size")
      interpolation = try arguments.textIfGiven("interpolation").flatMap(Interpolation.init) ?? .nearest
      colorMode = try arguments.textIfGiven("color_mode").flatMap(ColorMode.init) ?? .rgb
      keepAspectRatio = arguments.value("keep_aspect_ratio") == .boolean(true)
    }
  }

  /// - Throws: `CommandError`.
  static func shown(_ path: String, _ options: Options) throws -> Shown {
    do {
      let header = try ImageFile.header(of: path)
      let decoded = try ImageFile.decode(path, as: options.colorMode)
      var caption = "\(FileNameText.oneLine(path)): \(decoded.height)x\(decoded.width), \(header.format)"
      guard let size = options.targetSize else { return Shown(image: decoded, caption: caption) }
      do {
        try ImageLimits.check(height: size[0], width: size[1], bitsPerPixel: options.colorMode.channels * 8)
      } catch {
        throw CommandError(.badValue, "target_size is not possible: \(error)", parameter: "target_size")
      }
      let fit = ImageFit(
        height: size[0], width: size[1], interpolation: options.interpolation,
        keepAspectRatio: options.keepAspectRatio)
      caption += ", resized to \(size[0])x\(size[1]) by \(options.interpolation)"
      return Shown(image: decoded.fitted(to: fit), caption: caption)
    } catch let error as ImageError {
      throw CommandError(.data, FileNameText.oneLine("\(error)"), parameter: "source")
    }
  }
}

/// Finds the file that a word stands for.
enum ShownFile {
  /// The path of something that exists and is no directory. Throws with what may have been meant.
  ///
  /// - Parameter parameter: the one that named it.
  static func path(
    of source: String, in context: CommandContext, parameter: String = "source"
  ) throws(CommandError) -> String {
    let path = Path.expandingTilde(source)
    if Path.isDirectory(path) {
      throw CommandError(
        .file, "'\(source)' is a directory", help: "load it as a generator, or show one of its files",
        parameter: parameter)
    }
    guard !Path.exists(path) else { return path }
    let names = context.state.generators.map(\.name)
    let help: String
    if let name = Spelling.nearest(to: source, in: names) {
      help = "did you mean the generator '\(name)'?"
    } else if let file = Path.similar(to: path) {
      help = "did you mean the file '\(FileNameText.oneLine(file))'?"
    } else if names.isEmpty {
      help = "paths begin at the directory convo was started in"
    } else {
      help = "the generators are: " + names.joined(separator: ", ")
    }
    throw CommandError(.file, "there is no generator and no file '\(source)'", help: help, parameter: parameter)
  }
}
