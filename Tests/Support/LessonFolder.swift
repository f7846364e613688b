public import Foundation

/// A folder with a few small lessons in it, as `lessons` lies beside a program.
public final class LessonFolder: Sendable {
  public let folder: TemporaryFolder

  public var url: URL { folder.url }

  /// A lesson with one of everything.
  public static let model = """
    ---
    id: model
    title: A small model
    minutes: 2
    small:
    - 30x30x3 -> 20x20x3
    - 28x28x4 -> 18x18x4
    - 784 -> 324
    ---
    Pictures of 30 by 30 pixels go in.

    ```convo
    new model input=30x30x3
    add conv2d 4 3x3 activation=relu
    ```

    A window of 3x3 and a bias: 4 × 28 = 112 parameters. <!-- claim: parameters == 4 * 28 -->

    ```predict
    question: What comes out of a pooling of `2x2`?
    - Half as many rows and columns | Right: one of every two by two is kept.
    - Half as many channels | Look again: channels are left alone.
    answer: 1
    check: parameters(max_pooling2d) == 0
    check: input_shape(max_pooling2d) == 28x28x4
    ```

    ```convo
    add maxpooling2d 2x2
    ```

    See [the exercise](#the-exercise).

    # The exercise

    ```try
    task: Lay the numbers out in a row.
    check: output_shape == 784
    check: layers == 3
    hint: There is a layer for it.
    hint: It is called `flatten`.
    solution: add flatten
    after: Only the shape is another.
    ```

    That is all.

    ```convo
    add dense 1 activation=sigmoid
    ```

    It ends in one number. <!-- claim: output_shape == 1 -->

    """

  /// Lessons by the names of their files, beside `model.md`, `fit.md`, which needs it, and `concepts/epoch.md`.
  public init(_ lessons: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "lessons/concepts"), withIntermediateDirectories: true)
    let usual = [
      "model.md": Self.model,
      "fit.md": """
      ---
      id: fit
      title: Fitting
      needs: [model]
      ---
      There are four layers. <!-- claim: layers == 4 -->

      ```convo
      compile loss=binary_crossentropy optimizer=sgd
      ```

      """,
      "concepts/epoch.md": """
      ---
      id: epoch
      title: A round of steps
      also: [epochs, round]
      ---
      An epoch is a round.

      ```convo if="not has_model"
      new model example input=4x4x3
      ```

      <!-- claim: has_model -->

      """,
    ]
    for (name, text) in usual.merging(lessons, uniquingKeysWith: { $1 }) { try write(text, to: name) }
  }

  public func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: "lessons/" + name))
  }

  /// Runs `convo` beside the lessons.
  public func convo(_ arguments: String..., input: String = "") throws -> ConvoProcess.Outcome {
    try ConvoProcess.run(arguments, in: url, input: input)
  }

  /// Where the progress in a lesson is kept.
  public func progress(_ lesson: String) -> URL {
    url.appending(path: ".state/convo/lessons/\(lesson)")
  }
}
