import ConvoData
import ConvoImages
import Foundation
import Testing

@Suite struct ScanTests {
  @Test func countsAndClasses() throws {
    let folder = try PictureFolder.numbered(["dogs": 2, "cats": 3, "empty": 0])
    let generator = try folder.generator()
    #expect(generator.classNames == ["cats", "dogs", "empty"])
    #expect(generator.classCounts == [3, 2, 0])
    #expect(
      generator.samples.map(\.path) == [
        "cats/000.png", "cats/001.png", "cats/002.png", "dogs/000.png", "dogs/001.png",
      ])
    #expect(generator.samples.map(\.label) == [0, 0, 0, 1, 1])
    #expect((generator.count, generator.stepsPerPass) == (5, 2))
    #expect(generator.imageShape == [2, 3, 1])
    #expect(generator.name == "pictures")
  }

  @Test func otherFilesAreCounted() throws {
    let folder = try PictureFolder.numbered(["a": 1, "b": 1])
    for number in 1...7 { try folder.add("a/\(number).txt", bytes: [1]) }
    try folder.add("loose.JPG", bytes: [1])
    let ignored = try folder.generator().ignored
    #expect(ignored.count == 7)
    #expect(ignored.examples == ["a/1.txt", "a/2.txt", "a/3.txt", "a/4.txt", "a/5.txt"])
    #expect(ignored.outsideClasses == 1)
  }

  @Test func linksToDirectoriesAreFollowedOnlyWhenAsked() throws {
    let folder = try PictureFolder.numbered(["a": 1, "b": 1, "elsewhere": 2])
    try folder.link("a/linked", to: "\(folder.path)/elsewhere")
    let ask = { (follow: Bool) throws in
      try folder.generator {
        $0.followLinks = follow
        $0.classes = ["a", "b"]
      }.samples.map(\.path)
    }
    #expect(try ask(false) == ["a/000.png", "b/000.png"])
    #expect(try ask(true) == ["a/000.png", "a/linked/000.png", "a/linked/001.png", "b/000.png"])
  }

  /// Links may lead in circles, and twice to the same place; each directory is read once.
  @Test(.timeLimit(.minutes(1))) func linksInCircles() throws {
    let folder = try PictureFolder.numbered(["a": 1, "b": 1])
    try folder.makeDirectory("a/inner")
    for (link, destination) in [("a/self", "a"), ("a/inner/up", "a"), ("a/inner/top", ""), ("a/z", "b"), ("a/y", "b")] {
      try folder.link(link, to: "\(folder.path)/\(destination)")
    }
    let generator = try folder.generator { $0.followLinks = true }
    #expect(generator.samples.map(\.path) == ["a/000.png", "a/inner/top/b/000.png", "b/000.png"])
  }

  /// A class that is itself a link is one, as in Keras.
  @Test func aLinkMayBeAClass() throws {
    let elsewhere = try PictureFolder.numbered(["x": 2])
    let folder = try PictureFolder.numbered(["a": 1])
    try folder.link("b", to: "\(elsewhere.path)/x")
    #expect(try folder.generator().classCounts == [1, 2])
  }

  @Test func strangeNamesAreFound() throws {
    let folder = try PictureFolder.numbered(["b": 1])
    let names = [
      "a/two words.png", "a/line\nbreak.png", "a/\u{1F408}.png", "a/'quoted\".png", "a/-dash.png", "a/\u{732B}.png",
    ]
    for name in names { try folder.add(name) }
    let generator = try folder.generator()
    #expect(Set(generator.samples.map(\.path)).isSuperset(of: names))
    #expect(generator.problems == [])
  }
}
