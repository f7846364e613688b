import COneDNN

/// How the values of a tensor lie in memory: the sides, and in which order and in which blocks they are stored.
///
/// oneDNN computes fastest on layouts of its own choosing (channels in blocks of 16, padded with zeros). They stay inside
/// the engine; what is public is plain: `[batch, height, width, channels]` for pictures,
/// `[kernel height, kernel width, input channels, filters]` for filters.
public final class Layout: @unchecked Sendable {
  // Never changed after `init`, so any thread may read it.
  let handle: convo_layout

  /// Takes over a memory descriptor.
  init(owning handle: convo_layout) {
    self.handle = handle
  }

  deinit {
    convo_layout_destroy(handle)
  }

  /// The memory that a tensor of this layout takes, with its padding.
  public var byteCount: Int { convo_layout_bytes(handle) }

  /// `byteCount` in floats, rounded up.
  public var floatCount: Int { (byteCount + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride }
}

extension Layout: Equatable {
  /// Whether the same bytes mean the same tensor.
  public static func == (left: Layout, right: Layout) -> Bool {
    left === right || convo_layout_equal(left.handle, right.handle) != 0
  }
}

extension Layout {
  /// `[batch, height, width, channels]`, plain.
  public static func images(_ shape: Shape, batch: Int) throws(ComputeError) -> Layout {
    let (height, width, channels) = try sides(of: shape, batch: batch)
    return try strided(
      [batch, channels, height, width], [height * width * channels, 1, width * channels, channels])
  }

  /// `[kernel height, kernel width, input channels of a group, filters]`, plain. The filters of a group follow each
  /// other.
  public static func filters(_ shape: Shape, groups: Int = 1) throws(ComputeError) -> Layout {
    let sides = try filterSides(shape, groups: groups)
    let (inputs, outputs) = (shape.sides[2], shape.sides[3])
    let strides = [1, outputs, shape.sides[1] * inputs * outputs, inputs * outputs]
    return try strided(sides, groups == 1 ? strides : [outputs / groups] + strides)
  }

  /// `[rows, columns]`, row after row.
  public static func matrix(rows: Int, columns: Int) throws(ComputeError) -> Layout {
    try strided([rows, columns], [columns, 1])
  }

  /// `[count]`.
  public static func vector(_ count: Int) throws(ComputeError) -> Layout {
    try strided([count], [1])
  }
}

/// How the channels of pictures lie in memory: for each sample, so many groups of channels, each with all its pixels.
public struct ChannelGroups: Sendable, Hashable {
  public var groups: Int
  /// Channels in a group, with their padding.
  public var width: Int

  /// So many groups of so many channels.
  public init(groups: Int, width: Int) {
    self.groups = groups
    self.width = width
  }
}

extension Layout {
  /// How the channels lie, for pictures of this shape; `nil` where they lie in a way of oneDNN's own.
  public func channelGroups(_ shape: Shape, batch: Int) throws(ComputeError) -> ChannelGroups? {
    let channels = shape.sides.last ?? 1
    if try self == .images(shape, batch: batch) { return ChannelGroups(groups: 1, width: channels) }
    for (order, width) in [(Order.blocksOf16, 16), (.blocksOf8, 8)] {
      if try self == .images(shape, batch: batch, order) {
        return ChannelGroups(groups: (channels + width - 1) / width, width: width)
      }
    }
    return nil
  }
}

extension Layout {
  /// Orders of pictures that are not plain.
  enum Order {
    /// What oneDNN finds best for a primitive; asked for when it is made.
    case any
    /// Channels in blocks of 16 or of 8, the last one padded with zeros: `[batch, blocks, height, width, 16]`.
    case blocksOf16, blocksOf8

    fileprivate var oneDNN: convo_order {
      switch self {
      case .any: convo_order_any
      case .blocksOf16: convo_order_channel_blocks_16
      case .blocksOf8: convo_order_channel_blocks_8
      }
    }
  }

  /// Pictures in another order.
  static func images(_ shape: Shape, batch: Int, _ order: Order) throws(ComputeError) -> Layout {
    let (height, width, channels) = try sides(of: shape, batch: batch)
    return try ordered([batch, channels, height, width], order)
  }

  /// Filters in an order that oneDNN chooses.
  static func anyFilters(_ shape: Shape, groups: Int = 1) throws(ComputeError) -> Layout {
    try ordered(filterSides(shape, groups: groups), .any)
  }

  /// oneDNN's `[filters, channels, height, width]`, or `[groups, filters, channels, height, width]` of each group.
  private static func filterSides(_ shape: Shape, groups: Int) throws(ComputeError) -> [Int] {
    guard shape.sides.count == 4, groups >= 1, shape.sides[3] % groups == 0 else {
      throw ComputeError("layout of \(shape)", .invalidArguments)
    }
    let sides = [shape.sides[3] / groups, shape.sides[2], shape.sides[0], shape.sides[1]]
    return groups == 1 ? sides : [groups] + sides
  }

  private static func sides(
    of shape: Shape, batch: Int
  ) throws(ComputeError) -> (height: Int, width: Int, channels: Int) {
    guard shape.sides.count == 3 else { throw ComputeError("layout of \(shape)", .invalidArguments) }
    let (height, width, channels) = (shape.sides[0], shape.sides[1], shape.sides[2])
    // oneDNN's code counts in 32 bits here and there, on channels rounded up.
    let (rounded, overflow) = channels.addingReportingOverflow(15)
    guard !overflow, let floats = Shape([batch, height, width, rounded / 16, 16]).count,
      floats <= Int(Int32.max) / MemoryLayout<Float>.stride
    else { throw ComputeError("pictures of \(shape)", .tooLarge) }
    return (height, width, channels)
  }

  private static func strided(_ sides: [Int], _ strides: [Int]) throws(ComputeError) -> Layout {
    var handle: convo_layout?
    let status = convo_layout_strided(&handle, Int32(sides.count), sides.map(Int64.init), strides.map(Int64.init))
    return try made(handle, status, sides)
  }

  private static func ordered(_ sides: [Int], _ order: Order) throws(ComputeError) -> Layout {
    var handle: convo_layout?
    let status = convo_layout_ordered(&handle, Int32(sides.count), sides.map(Int64.init), order.oneDNN)
    return try made(handle, status, sides)
  }

  private static func made(
    _ handle: convo_layout?, _ status: dnnl_status_t, _ sides: [Int]
  ) throws(ComputeError) -> Layout {
    try ComputeError.check(status, "layout of \(Shape(sides))")
    guard let handle else { throw ComputeError("layout of \(Shape(sides))", .outOfMemory) }
    return Layout(owning: handle)
  }
}
