import ConvoData
import ConvoImages
import Foundation
import Testing

@Suite struct GeneratorErrorTests {
  private func error(_ directory: String) -> GeneratorError? {
    #expect(throws: GeneratorError.self) {
      try ImageGenerator(
        name: "g", directory: directory, options: GeneratorOptions(seed: 0), cache: PixelCache(), threads: 1)
    }
  }

  @Test func missingDirectories() throws {
    let folder = try PictureFolder.numbered(["train": 0, "validation": 0])
    let path = folder.path
    let slip = error("\(path)/trian/cats")
    #expect(
      slip == .noSuchDirectory(path: "\(path)/trian/cats", missing: "\(path)/trian", suggestion: "\(path)/train/cats"))
    #expect(slip?.description == "there is no directory '\(path)/trian/cats': '\(path)/trian' does not exist")
    #expect(slip?.advice == "did you mean '\(path)/train/cats'?")
    #expect(error("\(path)/Validation")?.advice == "did you mean '\(path)/validation'?")
    #expect(
      error("\(path)/something")
        == .noSuchDirectory(path: "\(path)/something", missing: "\(path)/something", suggestion: nil))
    #expect(error("") == .emptyPath)
    #expect(error("a\0b")?.description == "the directory 'a\0b' cannot be read: its name has a NUL character in it")
  }

  @Test func filesAreNoDirectories() throws {
    let folder = try PictureFolder.numbered(["a": 1])
    #expect(error("\(folder.path)/a/000.png") == .notADirectory(path: "\(folder.path)/a/000.png"))
    #expect(error("\(folder.path)/a/000.png/more") == .notADirectory(path: "\(folder.path)/a/000.png"))
  }

  @Test(.enabled(if: geteuid() != 0, "the super-user may read everything"))
  func noPermission() throws {
    let folder = try PictureFolder.numbered(["a": 1])
    chmod(folder.path, 0)
    #expect(error(folder.path) == .noPermission(path: folder.path))
    chmod(folder.path, 0o700)
  }

  @Test func noClasses() throws {
    let folder = try PictureFolder()
    #expect(error(folder.path)?.description == "'\(folder.path)' has no sub-directories; each class is one")
    try folder.add("1.png", bytes: [1])
    try folder.add("2.png", bytes: [1])
    let loose = error(folder.path)
    #expect(loose?.description == "'\(folder.path)' has no sub-directories; 2 pictures lie directly in it")
    #expect(loose?.advice == "put the pictures of each class into a sub-directory named for the class")
  }

  @Test func noImages() throws {
    let folder = try PictureFolder.numbered(["cats": 0, "dogs": 0])
    #expect(
      error(folder.path)?.description == """
        no pictures in '\(folder.path)'; looked for files ending in \
        png, jpg, jpeg, bmp, ppm, tif, tiff, pgm, pbm, gif, webp in: cats, dogs
        """)
    try folder.add("cats/1.avif", bytes: [1])
    #expect(error(folder.path)?.advice == "other files were passed over, for example 'cats/1.avif'")
  }

  @Test func aSubsetMayBeEmpty() throws {
    let folder = try PictureFolder.numbered(["cats": 2, "dogs": 2])
    let error = #expect(throws: GeneratorError.self) {
      try folder.generator {
        $0.validationSplit = 0.4
        $0.subset = .validation
      }
    }
    #expect(error?.description.hasPrefix("no pictures in the validation part of '\(folder.path)'") == true)
  }

  @Test func classesThatDoNotFit() throws {
    let folder = try PictureFolder.numbered(["cats": 1, "dogs": 1, "owls": 1])
    func error(_ classes: [String]) -> GeneratorError? {
      #expect(throws: GeneratorError.self) { try folder.generator { $0.classes = classes } }
    }
    #expect(
      error(["cats", "dog"])
        == .missingClass(
          name: "dog", path: folder.path, found: ["cats", "dogs", "owls"], suggestion: "dogs"))
    #expect(error(["fish"])?.advice == "its sub-directories are: cats, dogs, owls")
    #expect(error(["cats", "cats"]) == .repeatedClass("cats"))
    for name in ["", ".", "..", "cats/", "/cats", "a/b"] { #expect(error([name]) == .invalidClassName(name)) }
  }

  @Test func binaryNeedsTwoClasses() throws {
    let folder = try PictureFolder.numbered(["cats": 1, "dogs": 1, "owls": 1])
    let error = #expect(throws: GeneratorError.self) { try folder.generator { $0.classMode = .binary } }
    #expect(
      error?.description == "when class_mode is binary there must be exactly 2 classes, found 3: cats, dogs, owls")
    #expect(error?.advice == "use class_mode=categorical, or name two with classes=[…]")
    let two = try folder.generator {
      $0.classMode = .binary
      $0.classes = ["owls", "cats"]
    }
    #expect(two.classNames == ["owls", "cats"])
    #expect(two.samples.map(\.path) == ["owls/000.png", "cats/000.png"])
  }

  static let invalid: [(String, @Sendable (inout GeneratorOptions) -> Void)] = [
    ("batch_size=0", { $0.batchSize = 0 }), ("batch_size=-1", { $0.batchSize = -1 }),
    ("batch_size=\(Int.min)", { $0.batchSize = .min }),
    ("target_size=0x3", { $0.targetSize.height = 0 }), ("target_size=2x-3", { $0.targetSize.width = -3 }),
    ("target_size=2x\(Int.max)", { $0.targetSize.width = .max }),
    ("target_size=65500x65500", { $0.targetSize = ImageSize(height: 65_500, width: 65_500) }),
    ("rescale=0.0", { $0.rescale = 0 }), ("rescale=nan", { $0.rescale = .nan }),
    ("rescale=inf", { $0.rescale = .infinity }),
    ("rescale=1e+300", { $0.rescale = 1e300 }), ("rescale=1e-300", { $0.rescale = 1e-300 }),
    ("validation_split=1.0", { $0.validationSplit = 1 }), ("validation_split=-0.1", { $0.validationSplit = -0.1 }),
    ("validation_split=nan", { $0.validationSplit = .nan }), ("subset=validation", { $0.subset = .validation }),
  ]

  @Test(arguments: invalid.indices) func optionsOutOfRange(index: Int) throws {
    let folder = try PictureFolder.numbered(["cats": 1, "dogs": 1])
    let (option, change) = Self.invalid[index]
    let error = #expect(throws: GeneratorError.self) { try folder.generator(change) }
    #expect(error?.description.hasPrefix("\(option) is not possible: ") == true)
  }

  /// A batch never holds more than there is, so a huge batch size is fine; huge pictures are not.
  @Test func hugeBatches() throws {
    let folder = try PictureFolder.numbered(["cats": 9, "dogs": 9])
    #expect(try folder.generator { $0.batchSize = .max }.stepsPerPass == 1)
    let error = #expect(throws: GeneratorError.self) {
      try folder.generator {
        $0.batchSize = .max
        $0.targetSize = ImageSize(height: 20_000, width: 20_000)
      }
    }
    #expect(error == .batchTooLarge(images: 18, imageShape: [20_000, 20_000, 1], largest: 10))
    #expect(error?.description == "a batch of 18 pictures of 20000x20000x1 is too large; the limit is 4 GiB of pixels")
    #expect(error?.advice == "use batch_size=10 or less, or a smaller target_size")
  }
}
