import ConvoImages
import ConvoThreads

/// Decoded and resized pictures, kept as bytes within a budget that all generators of a session share.
///
/// When it is full, nothing is thrown out for something newer: with pictures visited in ever new orders every
/// one is as likely to be needed next, so replacing would cost time and gain nothing. What does not fit is
/// decoded each time. May be used by any threads.
public final class PixelCache: Sendable {
  /// 1 GiB.
  public static let defaultBudget = 1 << 30

  private struct Contents {
    var budget: Int
    var used = 0
    var nextRegion = 0
    var regions: [Int: [Int: PixelImage]] = [:]
  }

  private let contents: Monitor<Contents>

  /// - Parameter budget: in bytes; 0 keeps nothing.
  public init(budget: Int = defaultBudget) {
    contents = Monitor(Contents(budget: max(0, budget)))
  }

  /// Most bytes of pixels to keep. Lowering it below ``usedBytes`` lets go of pictures at once.
  public var budget: Int {
    get { contents.withLock(\.budget) }
    set {
      contents.withLock { contents in
        contents.budget = max(0, newValue)
        Self.shrink(&contents)
      }
    }
  }

  /// Bytes of pixels that are kept now.
  public var usedBytes: Int { contents.withLock(\.used) }

  /// A generator's share, empty; it is given back when the region goes.
  func makeRegion() -> Region {
    Region(
      self,
      contents.withLock { contents in
        defer { contents.nextRegion += 1 }
        return contents.nextRegion
      })
  }

  private static func shrink(_ contents: inout Contents) {
    // The newest generator's last pictures first, so that it is always the same ones.
    for region in contents.regions.keys.sorted(by: >) {
      for slot in (contents.regions[region] ?? [:]).keys.sorted(by: >) {
        guard contents.used > contents.budget else { return }
        contents.used -= contents.regions[region]?.removeValue(forKey: slot)?.bytes.count ?? 0
      }
    }
  }

  /// One generator's pictures, by their slots.
  final class Region: Sendable {
    private let cache: PixelCache
    private let number: Int

    fileprivate init(_ cache: PixelCache, _ number: Int) {
      self.cache = cache
      self.number = number
    }

    deinit {
      cache.contents.withLock { contents in
        let images = contents.regions.removeValue(forKey: number) ?? [:]
        contents.used -= images.values.reduce(0) { $0 + $1.bytes.count }
      }
    }

    subscript(slot: Int) -> PixelImage? {
      cache.contents.withLock { $0.regions[number]?[slot] }
    }

    /// Whether a picture of so many bytes would be kept now.
    func hasRoom(for bytes: Int) -> Bool {
      cache.contents.withLock { bytes <= $0.budget - $0.used }
    }

    /// Keeps a picture if there is room.
    func keep(_ image: PixelImage, in slot: Int) {
      cache.contents.withLock { contents in
        let bytes = image.bytes.count
        guard bytes <= contents.budget - contents.used, contents.regions[number]?[slot] == nil else { return }
        contents.regions[number, default: [:]][slot] = image
        contents.used += bytes
      }
    }
  }
}
