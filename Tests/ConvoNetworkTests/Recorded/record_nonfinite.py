"""Records how NaN and the infinities go through Keras 3 on TensorFlow (CPU) into nonfinite.json.

    python record_nonfinite.py

Recorded with keras 3.15.1 and tensorflow 2.21.0, single precision, oneDNN switched on as it is by default. Inputs and
weights are those of `record_layers.py`, with a value that is not finite in one place. Each model is run three ways, which
do not always agree:

    predict     model.predict
    compiled    inside tf.function, as fit runs it; with the gradients for an upstream gradient of `numbers`
    eager       the layers called one by one; with the same gradients. Only what differs from `compiled` in more than
                rounding is recorded

What is to be seen there:

- A ReLU hands a NaN on (NaN > 0 is false, so its gradient there is 0), except where TensorFlow compiles it into one
  operation with the convolution or the matrix product and the bias before it (`predict`, `fit`): there a NaN becomes 0.
  It does so for Conv2D with a bias and without dilation or groups, and for Dense with a bias on rows.
- Max pooling skips NaN wherever another value stands in the window. A window with nothing above the lowest finite number
  gives just that number, -3.4e38, and never -inf or NaN.
- Of equal maxima the first (row by row) gets the gradient. That of a window that begins with a NaN goes to the largest
  number where it is compiled, and to the NaN where it runs eagerly.
- Global max pooling hands a NaN on, and shares the gradient among equal maxima.
- leaky_relu, sigmoid, tanh, softmax, average pooling and linear layers hand a NaN on.
"""

import base64
import json
import pathlib

from record_layers import (
    activation, average, conv, dense, flatten, global_average, global_max, keras, np, numbers, packed, pool, set_weights,
    tf)

NAN, INF = float("nan"), float("inf")
NAMES = {"nan": NAN, "inf": INF, "-inf": -INF}
relu3 = conv(4, (3, 3), activation="relu")
identity = activation("linear")

# Name, input, layers, the input's places that are not finite.
CASES = []
for name in ("relu", "sigmoid", "tanh", "leaky_relu", "softmax"):
    CASES += [(f"activation {name}, {value}", [2, 2, 4], [activation(name)], {5: value}) for value in NAMES]
    CASES += [(f"activation {name} on rows, {value}", [40], [activation(name)], {17: value}) for value in NAMES]
for name, layer in [
    ("maxpooling2d", pool()), ("maxpooling2d 3x3, strides 1", pool((3, 3), (1, 1))),
    ("maxpooling2d same", pool((3, 3), (2, 2), "same")), ("averagepooling2d", average()),
    ("averagepooling2d same", average((3, 3), (2, 2), "same")), ("globalaveragepooling2d", global_average()),
    ("globalmaxpooling2d", global_max()),
]:
    for value in NAMES:
        # The first and the last of the first window, of one channel of several.
        CASES += [(f"{name}, {value} at {place}", [4, 4, 3], [layer], {place: value}) for place in (0, 15)]
CASES += [
    (f"maxpooling2d of {value} alone", [2, 2, 1], [pool()], {place: value for place in range(4)}) for value in NAMES]
CASES += [
    ("maxpooling2d of two NaN", [2, 2, 1], [pool()], {0: "nan", 3: "nan"}),
    ("maxpooling2d of NaN and -inf", [2, 2, 1], [pool()], {0: "nan", 1: "-inf", 2: "nan", 3: "-inf"}),
    ("maxpooling2d of NaN and inf", [2, 2, 1], [pool()], {0: "nan", 1: "inf", 3: "inf"}),
    ("maxpooling2d of 16 channels", [4, 4, 16], [pool()], {0: "nan", 17: "nan", 70: "inf", 100: "-inf"}),
]
for name, layers, shape in [
    ("conv2d", [conv(4, (3, 3))], [6, 6, 2]),
    ("conv2d relu", [relu3, flatten], [6, 6, 2]),
    ("conv2d relu, 16 channels", [conv(16, (3, 3), activation="relu"), flatten], [5, 5, 16]),
    ("conv2d relu same", [conv(4, (3, 3), padding="same", activation="relu"), flatten], [5, 5, 2]),
    ("conv2d relu strides", [conv(4, (3, 3), (2, 2), activation="relu"), flatten], [7, 7, 2]),
    ("conv2d relu without bias", [conv(4, (3, 3), activation="relu", use_bias=False), flatten], [6, 6, 2]),
    ("conv2d relu, dilated", [conv(4, (3, 3), activation="relu", dilation=(2, 2)), flatten], [6, 6, 2]),
    ("conv2d relu, groups", [conv(4, (3, 3), activation="relu", groups=2), flatten], [6, 6, 2]),
    ("conv2d, then relu", [conv(4, (3, 3)), activation("relu")], [6, 6, 2]),
    ("conv2d leaky_relu", [conv(4, (3, 3), activation="leaky_relu")], [6, 6, 2]),
    ("conv2d tanh", [conv(4, (3, 3), activation="tanh")], [6, 6, 2]),
    ("conv2d softmax", [conv(4, (3, 3), activation="softmax")], [6, 6, 2]),
    ("conv2d maxpooling2d", [conv(4, (3, 3)), pool()], [8, 8, 2]),
    ("conv2d relu maxpooling2d", [relu3, pool()], [8, 8, 2]),
    ("conv2d relu maxpooling2d, 16 channels", [conv(16, (3, 3), activation="relu"), pool()], [6, 6, 3]),
    ("conv2d relu maxpooling2d same", [conv(4, (3, 3), padding="same", activation="relu"), pool()], [6, 6, 2]),
    ("conv2d relu maxpooling2d without bias", [conv(4, (3, 3), activation="relu", use_bias=False), pool()], [8, 8, 2]),
    ("conv2d relu maxpooling2d twice", [relu3, pool(), conv(3, (2, 2), activation="relu"), pool()], [12, 12, 2]),
    ("dense", [dense(4)], [6]),
    ("dense relu", [dense(5, "relu"), identity], [6]),
    ("dense relu without bias", [dense(5, "relu", False), identity], [6]),
    ("dense relu on pictures", [dense(4, "relu"), identity], [3, 3, 2]),
    ("dense relu, dense", [dense(20, "relu"), dense(2)], [6]),
    ("dense relu last", [dense(5, "relu")], [6]),
    ("dense sigmoid", [dense(4, "sigmoid")], [6]),
    ("flatten, dense relu", [flatten, dense(5, "relu"), identity], [3, 3, 2]),
]:
    CASES += [(f"{name}, {value}", shape, layers, {3: value}) for value in NAMES]
# A weight that is not finite: the place counts from the first of the first layer.
WEIGHTS = [
    (f"{name}, {value} in {part}", shape, layers, {}, {place: value})
    for value in NAMES for name, shape, layers, part, place in [
        ("conv2d relu", [6, 6, 2], [relu3, flatten], "the kernel", 9), ("conv2d relu", [6, 6, 2], [relu3, flatten], "the bias", 73),
        ("conv2d relu maxpooling2d", [8, 8, 2], [relu3, pool()], "the kernel", 9),
        ("conv2d relu maxpooling2d", [8, 8, 2], [relu3, pool()], "the bias", 73),
        ("dense relu", [6], [dense(5, "relu"), identity], "the kernel", 7),
        ("dense relu", [6], [dense(5, "relu"), identity], "the bias", 31),
    ]]


def poison(array, places):
    for place, value in places.items():
        array.reshape(-1)[place] = NAMES[value]


def masks(array):
    """What can be told apart by looking: NaN, the infinities, zero, and what lies near the lowest number."""
    values = np.frombuffer(base64.b64decode(array["float32"]), "<f4")
    return [np.isnan(values).tolist(), np.sign(values[np.isfinite(values)]).tolist(), (values < -1e38).tolist(),
            (values > 1e38).tolist()]


def record(number, name, shape, layers, inputs_poison, weights_poison, batch=2):
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input(shape)] + [
        getattr(keras.layers, layer["name"])(**layer["config"]) for layer in layers])
    inputs = numbers(batch * int(np.prod(shape)), seed=number).astype(np.float32).reshape([batch] + shape)
    poison(inputs, inputs_poison)
    set_weights(model, seed=1000 + number)
    if weights_poison:
        flat = np.concatenate([weight.numpy().reshape(-1) for weight in model.weights])
        poison(flat, weights_poison)
        for weight in model.weights:
            size = int(np.prod(weight.shape))
            weight.assign(flat[:size].reshape(weight.shape))
            flat = flat[size:]
    width = int(np.prod(model.output_shape[1:]))
    upstream = numbers(batch * width, seed=3000 + number).astype(np.float32).reshape((batch,) + model.output_shape[1:])

    def step(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = model(x, training=True)
        gradients = tape.gradient(outputs, [x] + model.trainable_weights, output_gradients=tf.constant(upstream))
        return outputs, gradients

    def run(step):
        outputs, gradients = step(tf.constant(inputs))
        weights = [np.reshape(g, -1) for g in gradients[1:]]
        return {
            "outputs": packed(outputs), "inputGradient": packed(gradients[0]),
            "weightGradient": packed(np.concatenate(weights) if weights else np.zeros(0))}

    compiled, eager = run(tf.function(step)), run(step)
    result = {
        "name": name, "number": number, "input": shape, "batch": batch, "layers": layers,
        "inputPlaces": {str(place): value for place, value in inputs_poison.items()},
        "weightPlaces": {str(place): value for place, value in weights_poison.items()},
        "predict": packed(model.predict(inputs, verbose=0)), "compiled": compiled}
    differing = {key: value for key, value in eager.items() if masks(value) != masks(compiled[key])}
    if differing:
        result["eager"] = differing
    return result


if __name__ == "__main__":
    cases = [case + ({},) for case in CASES] + WEIGHTS
    records = [record(number, *case) for number, case in enumerate(cases)]
    path = pathlib.Path(__file__).with_name("nonfinite.json")
    lines = ",\n".join(json.dumps(record) for record in records)
    versions = f'"keras": "{keras.__version__}", "tensorflow": "{tf.__version__}"'
    path.write_text(f'{{{versions}, "models": [\n{lines}\n]}}\n')
    print(path, path.stat().st_size)
