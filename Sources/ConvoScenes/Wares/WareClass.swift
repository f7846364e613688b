/// The three kinds of goods, in the order of their class indices.
enum WareClass: String, CaseIterable, Sendable {
  case bag, shirt, shoe
}
