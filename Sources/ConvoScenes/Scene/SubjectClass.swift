/// The two kinds of pictures.
enum SubjectClass: String, CaseIterable, Sendable {
  case horses, humans
}
