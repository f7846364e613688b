/// Pictures in number and size.
public struct PictureCount: Sendable, Hashable {
  public var number = 0
  /// Of all files together.
  public var bytes = 0

  static func += (sum: inout PictureCount, other: PictureCount) {
    sum.number += other.number
    sum.bytes += other.bytes
  }
}

/// What a directory holds of a built-in dataset.
public enum DatasetStatus: Sendable, Hashable {
  /// Nothing, or there is no such directory.
  case missing
  /// Every picture, drawn by this version of the drawing.
  case whole(PictureCount)
  /// Some pictures: rendering was interrupted, or told to stop at a limit, or files were removed since.
  case partial(PictureCount, limit: Int?)
  /// Pictures that another version of the drawing drew.
  case older(PictureCount)
  /// Pictures in the same layout that somebody else put there.
  case others(PictureCount)
  /// Something else.
  case foreign

  /// - Throws: `RenderError` where the directory cannot be read.
  public init(of dataset: BuiltInDataset, in directory: String) throws(RenderError) {
    let folder = DatasetFolder(directory, dataset)
    guard try FileAccess.kind(folder.path) == .directory else {
      self = .missing
      return
    }
    if let pictures = try folder.othersPictures() {
      self = .others(pictures)
      return
    }
    guard let marker = DatasetMarker.read(in: folder.path), marker.name == dataset.rawValue else {
      self = try FileAccess.names(folder.path).allSatisfy { $0.hasPrefix(".") } ? .missing : .foreign
      return
    }
    let pictures = try folder.pictures()
    if marker.drawing != dataset.drawingVersion {
      self = .older(pictures)
    } else if marker.isComplete, pictures.number == dataset.pictureCount() {
      self = .whole(pictures)
    } else {
      self = .partial(pictures, limit: marker.limit)
    }
  }
}
