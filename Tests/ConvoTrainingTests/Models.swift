import ConvoNetwork
import ConvoTensor

/// A small convolutional network on pictures of 8x6x3 in two classes, compiled.
func smallModel(
  _ optimizer: any OptimizerSpec = RMSprop(), metrics: [Metric] = [.accuracy], classes: Int = 2
) throws -> Model {
  var model = Model(name: "small", inputShape: [8, 6, 3])
  try model.add(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
  try model.add(MaxPooling2D())
  try model.add(Flatten())
  try model.add(classes == 2 ? Dense(units: 1, activation: .sigmoid) : Dense(units: classes, activation: .softmax))
  try model.compile(
    CompileSettings(
      loss: classes == 2 ? .binaryCrossentropy : .categoricalCrossentropy, optimizer: optimizer, metrics: metrics))
  return model
}

/// A network with layers that look at the whole batch, and random ones.
func normalizedModel() throws -> Model {
  var model = Model(name: "normalized", inputShape: [8, 6, 3])
  try model.add(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
  try model.add(BatchNormalization())
  try model.add(Dropout(rate: 0.2))
  try model.add(Flatten())
  try model.add(Dense(units: 9, activation: .relu))
  try model.add(BatchNormalization())
  try model.add(Dropout(rate: 0.5))
  try model.add(Dense(units: 1, activation: .sigmoid))
  try model.compile(CompileSettings(loss: .binaryCrossentropy, optimizer: descent(0.1), metrics: [.accuracy]))
  return model
}

/// Momentum, so that there is something to remember between steps.
func descent(_ rate: Double, momentum: Double = 0.9) -> SGD {
  var optimizer = SGD()
  optimizer.learningRate = rate
  optimizer.momentum = momentum
  return optimizer
}

/// All that an optimizer can do besides its formula, with more to remember between steps.
func descentWithOptions() -> SGD {
  var optimizer = descent(0.5)
  optimizer.options.weightDecay = 0.01
  optimizer.options.clipping = .globalNorm(0.2)
  optimizer.options.average = WeightAverage(momentum: 0.6, overwriteFrequency: 2)
  optimizer.options.lossScaleFactor = 3
  optimizer.options.gradientAccumulationSteps = 3
  return optimizer
}
