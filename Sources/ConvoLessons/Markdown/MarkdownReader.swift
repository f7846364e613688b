import CCMark
import Synchronization

/// The one place that speaks with cmark-gfm; its nodes stay here.
enum MarkdownReader {
  /// cmark-gfm keeps tables of its extensions in global variables, which parsing changes for a while.
  private static let lock = Mutex(())
  private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()

  /// A walk through the document. Total: every text is Markdown.
  static func events(of markdown: String) -> [MarkdownEvent] {
    lock.withLock { _ in
      _ = registration
      // The calls that make something return null only where there is no memory, where cmark has already given up.
      guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return [] }
      defer { cmark_parser_free(parser) }
      if let tables = cmark_find_syntax_extension("table") {
        _ = cmark_parser_attach_syntax_extension(parser, tables)
      }
      var markdown = markdown
      markdown.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
      }
      guard let document = cmark_parser_finish(parser) else { return [] }
      defer { cmark_node_free(document) }
      return events(of: document)
    }
  }

  private static func events(of document: OpaquePointer) -> [MarkdownEvent] {
    guard let iterator = cmark_iter_new(document) else { return [] }
    defer { cmark_iter_free(iterator) }
    var events: [MarkdownEvent] = []
    while true {
      let step = cmark_iter_next(iterator)
      guard step != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return events }
      if step == CMARK_EVENT_ENTER {
        // The places of what stands inside a line are not to be relied on.
        if cmark_node_get_type(node).isBlock { events.append(.line(Int(cmark_node_get_start_line(node)))) }
        if let event = leaf(node) {
          events.append(event)
        } else if let element = element(node) {
          events.append(.begin(element))
        }
      } else if let element = element(node) {
        events.append(.end(element))
      }
    }
  }

  /// `nil` for what holds other nodes, and for what is not shown.
  private static func leaf(_ node: OpaquePointer) -> MarkdownEvent? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: .text(literal(node))
    case CMARK_NODE_CODE: .code(literal(node))
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .hardBreak
    case CMARK_NODE_HTML_INLINE:
      ["<br>", "<br/>", "<br />"].contains(literal(node)) ? .hardBreak : .html(literal(node), isBlock: false)
    case CMARK_NODE_HTML_BLOCK: .html(literal(node), isBlock: true)
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    case CMARK_NODE_CODE_BLOCK:
      .codeBlock(
        info: string(cmark_node_get_fence_info(node)), text: literal(node), line: Int(cmark_node_get_start_line(node)))
    default: nil
    }
  }

  /// `nil` for what holds nothing, and for the document itself.
  private static func element(_ node: OpaquePointer) -> MarkdownEvent.Element? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST:
      .list(
        start: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil,
        isTight: cmark_node_get_list_tight(node) != 0)
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK: .link(url: string(cmark_node_get_url(node)))
    case CMARK_NODE_IMAGE: .image(url: string(cmark_node_get_url(node)))
    default: tableElement(node)
    }
  }

  /// The types of an extension's nodes are numbered when it is registered; only their names are fixed.
  private static func tableElement(_ node: OpaquePointer) -> MarkdownEvent.Element? {
    switch string(cmark_node_get_type_string(node)) {
    case "table":
      .table(
        isRight: (0..<Int(cmark_gfm_extensions_get_table_columns(node))).map { column in
          cmark_gfm_extensions_get_table_alignments(node)?[column] == UInt8(ascii: "r")
        })
    case "table_header", "table_row": .row
    case "table_cell": .tableCell
    default: nil
    }
  }

  private static func literal(_ node: OpaquePointer) -> String {
    string(cmark_node_get_literal(node))
  }

  /// The text with nothing in it that could steer a terminal: `&#27;` in Markdown is an escape character.
  private static func string(_ characters: UnsafePointer<CChar>?) -> String {
    guard let characters else { return "" }
    let text = String(cString: characters)
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var harmless = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { harmless.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
    return String(harmless)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
  }
}

extension cmark_node_type {
  /// The kind of a node stands in two bits of its number; those of a block say no more than that the node is one.
  fileprivate var isBlock: Bool { rawValue & UInt32(CMARK_NODE_TYPE_MASK) == UInt32(CMARK_NODE_TYPE_PRESENT) }
}
