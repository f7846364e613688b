import ConvoImages

/// What a generator's directory holds, by the rules of Keras's `DirectoryIterator`: the classes are its
/// sub-directories; a class's files are found at any depth, directories sorted by path, files by name, and the
/// subset is cut from each class's sorted list.
///
/// Two things differ, so that a picture is never counted twice: with `follow_links`, a directory that several
/// links lead to is read once, and a class that was named but does not exist is an error.
struct DirectoryScan {
  /// Keras's endings (`png` to `tiff`) and, wider than Keras's, those of the other formats that can be read: in a
  /// folder of pictures from the web, a class should not lose its WebP files in silence. A dot in front is not asked
  /// for, and case does not matter.
  static let suffixes = ["png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff", "pgm", "pbm", "gif", "webp"]

  struct File {
    /// Relative to the generator's directory.
    let path: String
    let label: Int
    let hasValidName: Bool
  }

  let classNames: [String]
  private(set) var files: [File] = []
  private(set) var ignored = IgnoredFiles()
  /// Directories that could not be read.
  private(set) var problems: [FileProblem] = []

  init(_ directory: String, _ options: GeneratorOptions, isCancelled: () -> Bool) throws(GeneratorError) {
    let top = try DirectoryProbe.list(directory)
    let found = top.entries.filter(\.isDirectory).map(\.name)
    ignored.outsideClasses = top.entries.count { !$0.isDirectory && Self.isPicture($0.name) }
    if let classes = options.classes, !classes.isEmpty {
      try Self.check(classes, found, directory)
      classNames = classes
    } else {
      classNames = found
    }
    guard !classNames.isEmpty else {
      throw .noClasses(path: directory, pictures: ignored.outsideClasses)
    }
    if options.classMode == .binary && classNames.count != 2 {
      throw .binaryNeedsTwoClasses(found: classNames)
    }

    for (label, name) in classNames.enumerated() {
      guard !isCancelled() else { throw .cancelled }
      let inClass = walk(directory, name, options.followLinks)
      files += Self.part(options, of: inClass).map { File(path: $0.path, label: label, hasValidName: $0.isValid) }
    }
  }

  private static func check(_ classes: [String], _ found: [String], _ directory: String) throws(GeneratorError) {
    for (index, name) in classes.enumerated() {
      guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/")) else {
        throw .invalidClassName(name)
      }
      // Byte by byte: to the file system, names that look the same may be two.
      let isSame: (String) -> Bool = { $0.utf8.elementsEqual(name.utf8) }
      guard !classes[..<index].contains(where: isSame) else { throw .repeatedClass(name) }
      guard found.contains(where: isSame) else {
        throw .missingClass(
          name: name, path: directory, found: found, suggestion: Similarity.nearest(to: name, among: found))
      }
    }
  }

  static func isPicture(_ name: String) -> Bool {
    suffixes.contains { suffix in
      name.utf8.count >= suffix.utf8.count
        && zip(name.utf8.reversed(), suffix.utf8.reversed()).allSatisfy { letter, wanted in
          letter == wanted || letter == wanted - 32
        }
    }
  }

  /// The slice `[Int(start · n), Int(stop · n))` of a class's files.
  private static func part<Element>(_ options: GeneratorOptions, of files: [Element]) -> ArraySlice<Element> {
    let cut = Int(options.validationSplit * Double(files.count))
    switch options.subset {
    case nil: return files[...]
    case .validation: return files[..<cut]
    case .training: return files[cut...]
    }
  }

  private mutating func walk(
    _ directory: String, _ className: String, _ followLinks: Bool
  ) -> [(path: String, isValid: Bool)] {
    var visited: Set<DirectoryListing.Identity> = []
    var pending = [className]
    var directories: [(path: String, files: [DirectoryListing.Entry])] = []
    while let path = pending.popLast() {
      let full = "\(directory)/\(path)"
      do throws(SystemError) {
        guard visited.insert(try DirectoryListing.identity(of: full).identity).inserted else { continue }
        let entries = try DirectoryListing(full).entries
        directories.append((path, entries.filter { !$0.isDirectory }))
        let inner = entries.filter { $0.isDirectory && (followLinks || !$0.isLink) }
        pending += inner.reversed().map { "\(path)/\($0.name)" }
      } catch {
        problems.append(
          FileProblem(file: path, problem: error.isPermission ? .noPermission : .unreadable(error.reason)))
      }
    }
    directories.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }

    var pictures: [(path: String, isValid: Bool)] = []
    for (path, files) in directories {
      for file in files {
        if Self.isPicture(file.name) {
          pictures.append(("\(path)/\(file.name)", file.hasValidName))
        } else {
          ignored.add("\(path)/\(file.name)")
        }
      }
    }
    return pictures
  }
}
