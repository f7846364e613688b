/// What examples need to have run before: small pictures and a small model, so that the tests can run every example.
enum ExampleSetUp {
  static let generators = [
    "make dataset horse-or-human limit=4",
    "load generator train from datasets/horse-or-human/train rescale=1/255 target_size=32x32 batch_size=4 class_mode=binary",
    """
    load generator validation from datasets/horse-or-human/validation rescale=1/255 target_size=32x32 batch_size=4 \
    class_mode=binary
    """,
  ]

  static let compiledModel =
    generators + [
      "new model input=32x32x3", "add conv2d 4 3x3 activation=relu", "add maxpooling2d 2x2", "add flatten",
      "add dense 1 activation=sigmoid",
      "compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.001 metrics=[accuracy]",
    ]

  static let trainedModel = compiledModel + ["fit train epochs=2 validation_data=validation"]
}
