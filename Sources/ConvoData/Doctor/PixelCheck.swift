/// Pictures that show nothing.
enum PixelCheck {
  static func findings(_ generator: ImageGenerator) -> [Finding] {
    let places = zip(generator.samples, generator.facts).compactMap { sample, facts in
      facts.isBlank ? Finding.Place(sample.path, "blank") : nil
    }
    guard !places.isEmpty else { return [] }
    return [
      Finding(
        .warning,
        "\(counted(places.count, "picture is", "pictures are")) blank: no value is more than \(FileFacts.blankRange) of "
          + "255 away from another", at: places, advice: "delete \(places.count == 1 ? "it" : "them")")
    ]
  }
}
