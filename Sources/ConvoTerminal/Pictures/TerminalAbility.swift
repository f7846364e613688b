import CChafa

/// How a terminal shows pictures, as far as its environment tells.
struct TerminalAbility {
  enum Pixels {
    /// The graphics protocol that Kitty began.
    case kitty
    /// DEC's sixels.
    case sixels
    /// Unicode characters in two colours each.
    case symbols
  }

  /// How many colours the characters can have.
  enum Colors {
    case all, indexed256, indexed16, none
  }

  var pixels: Pixels
  var colors: Colors

  /// - Parameters:
  ///   - info: what chafa knows of the terminal.
  ///   - hasColors: without them, there are characters alone.
  init(_ info: OpaquePointer, hasColors: Bool) {
    func knows(_ sequence: ChafaTermSeq) -> Bool { chafa_term_info_have_seq(info, sequence) != 0 }
    guard hasColors else {
      (pixels, colors) = (.symbols, .none)
      return
    }
    pixels =
      knows(CHAFA_TERM_SEQ_BEGIN_KITTY_IMMEDIATE_IMAGE_V1)
      ? .kitty : knows(CHAFA_TERM_SEQ_BEGIN_SIXELS) ? .sixels : .symbols
    colors =
      knows(CHAFA_TERM_SEQ_SET_COLOR_FGBG_DIRECT)
      ? .all
      : knows(CHAFA_TERM_SEQ_SET_COLOR_FGBG_256)
        ? .indexed256 : knows(CHAFA_TERM_SEQ_SET_COLOR_FGBG_16) ? .indexed16 : .none
  }

  /// chafa's words for it.
  var pixelMode: ChafaPixelMode {
    switch pixels {
    case .kitty: CHAFA_PIXEL_MODE_KITTY
    case .sixels: CHAFA_PIXEL_MODE_SIXELS
    case .symbols: CHAFA_PIXEL_MODE_SYMBOLS
    }
  }

  var canvasMode: ChafaCanvasMode {
    switch colors {
    case .all: CHAFA_CANVAS_MODE_TRUECOLOR
    case .indexed256: CHAFA_CANVAS_MODE_INDEXED_240
    case .indexed16: CHAFA_CANVAS_MODE_INDEXED_16
    case .none: CHAFA_CANVAS_MODE_FGBG
    }
  }
}
