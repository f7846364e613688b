"""Records what Keras 3 on TensorFlow (CPU) computes for small models into layers.json.

    python record_layers.py

Recorded with keras 3.15.1 in double precision, so that what the tests measure is convo's own rounding. Inputs and weights
are not recorded: `numbers` below makes them, and `Numbers.swift` makes the same ones. Arrays are
{"shape": [...], "float32": base64 of little-endian 32-bit floats}.
"""

import base64
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf


def numbers(count, seed):
    """Numbers in [-1, 1) that 32-bit floats hold exactly, the same on every machine."""
    x = np.arange(1, count + 1, dtype=np.uint64) * 2654435761 + seed * 97586521
    x &= 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    x = x * 2246822519 & 0xFFFFFFFF
    x ^= x >> np.uint64(13)
    return (x >> np.uint64(8)).astype(np.float64) / (1 << 23) - 1


def packed(array):
    array = np.ascontiguousarray(np.array(array), dtype="<f4")
    return {"shape": list(array.shape), "float32": base64.b64encode(array.tobytes()).decode()}


INITIALIZERS = {"kernel_initializer": "glorot_uniform", "bias_initializer": "zeros"}


def conv(filters, kernel, strides=(1, 1), padding="valid", activation="linear", use_bias=True, dilation=(1, 1), groups=1):
    return {"name": "Conv2D", "config": {
        "filters": filters, "kernel_size": list(kernel), "strides": list(strides), "padding": padding,
        "dilation_rate": list(dilation), "groups": groups, "activation": activation, "use_bias": use_bias, **INITIALIZERS}}


def pool(size=(2, 2), strides=None, padding="valid"):
    config = {"pool_size": list(size), "padding": padding}
    if strides:
        config["strides"] = list(strides)
    return {"name": "MaxPooling2D", "config": config}


def average(size=(2, 2), strides=None, padding="valid"):
    return {**pool(size, strides, padding), "name": "AveragePooling2D"}


def global_average(keepdims=False):
    return {"name": "GlobalAveragePooling2D", "config": {"keepdims": keepdims}}


def global_max(keepdims=False):
    return {"name": "GlobalMaxPooling2D", "config": {"keepdims": keepdims}}


def dense(units, activation="linear", use_bias=True):
    return {"name": "Dense", "config": {
        "units": units, "activation": activation, "use_bias": use_bias, **INITIALIZERS}}


def activation(name):
    return {"name": "Activation", "config": {"activation": name}}


def rescaling(scale, offset=0.0):
    return {"name": "Rescaling", "config": {"scale": scale, "offset": offset}}


def normalization(momentum=0.99, epsilon=0.001, center=True, scale=True):
    return {"name": "BatchNormalization", "config": {
        "axis": -1, "momentum": momentum, "epsilon": epsilon, "center": center, "scale": scale,
        "beta_initializer": "zeros", "gamma_initializer": "ones", "moving_mean_initializer": "zeros",
        "moving_variance_initializer": "ones"}}


def penalized(layer, l1=0.0, l2=0.0):
    """The layer with a penalty on its outputs."""
    return {"name": layer["name"], "config": {**layer["config"], "activity_regularizer": {"l1": l1, "l2": l2}}}


def dropout(rate):
    return {"name": "Dropout", "config": {"rate": rate}}


flatten = {"name": "Flatten", "config": {}}

CASES = [
    # Each layer alone, or before what makes a few outputs of it.
    ("conv2d valid", [9, 8, 3], [conv(5, (3, 3)), flatten], {}),
    ("conv2d relu, one channel", [10, 7, 1], [conv(16, (3, 3), activation="relu"), flatten, dense(2)], {}),
    ("conv2d relu last", [6, 6, 3], [conv(4, (3, 3), activation="relu"), flatten], {}),
    ("conv2d same, odd", [7, 5, 3], [conv(4, (3, 3), padding="same"), flatten], {}),
    ("conv2d same, even window", [6, 7, 3], [conv(3, (2, 4), padding="same"), flatten], {}),
    ("conv2d same, strides", [11, 8, 1], [conv(4, (5, 5), (2, 2), "same", "sigmoid"), flatten, dense(3)], {}),
    ("conv2d strides that differ", [9, 10, 3], [conv(7, (3, 2), (2, 3)), flatten], {}),
    ("conv2d window larger than the picture", [3, 4, 1], [conv(2, (5, 7), padding="same"), flatten], {}),
    ("conv2d whole picture", [4, 4, 5], [conv(3, (4, 4)), flatten], {}),
    ("conv2d 1x1", [5, 4, 3], [conv(6, (1, 1), activation="relu"), conv(2, (1, 1)), flatten], {}),
    ("conv2d without bias", [8, 8, 3], [conv(16, (3, 3), use_bias=False), flatten, dense(1, use_bias=False)], {}),
    ("conv2d after 1 channel", [9, 9, 3], [conv(1, (3, 3)), conv(4, (3, 3)), flatten], {}),
    ("conv2d after 3 channels", [9, 9, 1], [conv(3, (3, 3), activation="relu"), conv(4, (3, 3), (2, 1), "same"), flatten], {}),
    ("conv2d after 5 channels", [12, 9, 1], [conv(5, (3, 3)), conv(7, (3, 3), (2, 1), "same"), flatten], {}),
    ("conv2d after 16 channels", [10, 9, 3], [conv(16, (3, 3), activation="relu"), conv(20, (3, 3), activation="relu"), flatten, dense(2)], {}),
    ("conv2d softmax over channels", [5, 5, 3], [conv(4, (3, 3), activation="softmax"), conv(2, (2, 2)), flatten], {}),
    ("conv2d dilated", [9, 8, 3], [conv(5, (3, 3), dilation=(2, 2)), flatten], {}),
    ("conv2d dilations that differ, same", [9, 8, 3], [conv(4, (3, 2), padding="same", activation="relu", dilation=(1, 3)), flatten, dense(2)], {}),
    ("conv2d dilated after 16 channels", [11, 10, 1], [conv(16, (2, 2)), conv(20, (3, 3), dilation=(2, 3), padding="same", activation="relu"), flatten, dense(2)], {}),
    ("conv2d in groups", [7, 6, 4], [conv(6, (3, 3), groups=2), flatten], {}),
    ("conv2d in groups of 16", [7, 6, 3], [conv(32, (2, 2), activation="relu"), conv(32, (3, 3), (2, 1), "same", "relu", groups=2), flatten, dense(2)], {}),
    ("conv2d, each channel by itself", [7, 6, 5], [conv(5, (3, 3), padding="same", groups=5, activation="relu"), conv(3, (1, 1)), flatten], {}),
    ("conv2d in groups, dilated, without bias", [8, 8, 3], [conv(6, (1, 1)), conv(9, (2, 3), dilation=(2, 1), groups=3, use_bias=False), flatten], {}),
    ("conv2d tanh", [7, 7, 3], [conv(5, (3, 3), activation="tanh"), conv(2, (2, 2)), flatten], {}),
    ("conv2d leaky_relu", [9, 9, 3], [conv(5, (3, 3), activation="leaky_relu"), pool(), conv(2, (2, 2)), flatten], {}),
    ("averagepooling2d alone", [7, 6, 3], [average(), flatten], {}),
    ("averagepooling2d same", [7, 6, 3], [conv(4, (3, 3), padding="same", activation="relu"), average(padding="same"), flatten, dense(2)], {}),
    ("averagepooling2d overlapping", [11, 10, 3], [conv(5, (3, 3)), average((3, 3), (2, 2), "same"), flatten], {}),
    ("averagepooling2d with gaps", [11, 12, 1], [conv(16, (2, 2), activation="relu"), average((2, 1), (3, 4)), flatten], {}),
    ("averagepooling2d larger than the picture", [3, 4, 2], [conv(3, (1, 1)), average((5, 7), (1, 2), "same"), flatten], {}),
    ("globalaveragepooling2d", [9, 7, 3], [conv(5, (3, 3), activation="relu"), global_average(), dense(2)], {}),
    ("globalaveragepooling2d, keepdims", [9, 7, 3], [conv(16, (3, 3)), global_average(True), conv(4, (1, 1)), flatten], {}),
    ("globalmaxpooling2d", [9, 7, 3], [conv(5, (3, 3), activation="relu"), global_max(), dense(2)], {}),
    ("globalmaxpooling2d, keepdims", [9, 7, 3], [conv(16, (3, 3)), global_max(True), conv(4, (1, 1)), flatten], {}),
    ("globalmaxpooling2d of equal values", [5, 6, 2], [conv(2, (1, 1), use_bias=False), global_max(), dense(3)], {"levels": 3}),
    ("globalmaxpooling2d last", [5, 6, 2], [conv(3, (2, 2)), global_max()], {}),
    ("activation after conv2d", [9, 9, 3], [conv(5, (3, 3)), activation("relu"), pool(), conv(4, (2, 2)), activation("tanh"), flatten, dense(2)], {}),
    ("activation after pooling", [9, 9, 3], [conv(5, (3, 3)), pool(), activation("sigmoid"), average(), activation("leaky_relu"), flatten, dense(2)], {}),
    ("activation after dense", [10], [dense(8), activation("leaky_relu"), dense(5), activation("softmax"), dense(3), activation("tanh")], {}),
    ("activation twice, linear", [10], [dense(8, "tanh"), activation("relu"), activation("linear"), dense(3)], {}),
    ("rescaling first", [6, 5, 3], [rescaling(1 / 127.5, -1), conv(4, (3, 3), activation="relu"), flatten, dense(2)], {"levels": 256}),
    ("rescaling by channel", [6, 5, 3], [rescaling([0.5, 2, -1], [0.25, 0, -0.5]), conv(4, (3, 3)), flatten], {}),
    ("rescaling inside", [6, 5, 3], [conv(5, (3, 3), activation="relu"), rescaling(-1.5, 0.5), conv(2, (2, 2)), rescaling([2, 3], 1), flatten, rescaling(0.5), dense(2)], {}),
    ("maxpooling2d alone", [7, 6, 3], [pool(), flatten], {}),
    ("maxpooling2d same", [7, 6, 3], [conv(4, (3, 3), padding="same"), pool(padding="same"), flatten], {}),
    ("maxpooling2d overlapping", [11, 10, 3], [conv(5, (3, 3)), pool((3, 3), (2, 2), "same"), flatten], {}),
    ("maxpooling2d with gaps", [11, 12, 1], [conv(16, (2, 2)), pool((2, 1), (3, 4)), flatten], {}),
    ("maxpooling2d window that differs", [10, 9, 3], [conv(3, (3, 3)), pool((2, 3), (1, 2), "same"), flatten], {}),
    ("maxpooling2d twice after relu", [14, 14, 3], [conv(8, (3, 3), activation="relu"), pool(), pool((2, 2), (1, 1)), flatten, dense(2)], {}),
    ("maxpooling2d after sigmoid", [9, 9, 3], [conv(4, (3, 3), activation="sigmoid"), pool(), flatten, dense(2)], {}),
    ("maxpooling2d of equal values", [8, 8, 1], [conv(1, (1, 1)), pool(), flatten, dense(3)], {"levels": 3}),
    ("maxpooling2d of equal values, overlapping", [9, 9, 2], [conv(2, (1, 1), use_bias=False), pool((3, 3), (2, 2), "same"), flatten, dense(3)], {"levels": 2}),
    ("maxpooling2d before conv2d", [12, 11, 3], [pool((2, 2)), conv(4, (3, 3)), flatten], {}),
    ("flatten alone", [3, 4, 2], [flatten], {}),
    ("dense alone", [6], [dense(4)], {}),
    ("dense relu and sigmoid", [10], [dense(8, "relu"), dense(7, "sigmoid"), dense(3)], {}),
    ("dense softmax inside", [10], [dense(8, "softmax"), dense(3)], {}),
    ("dense without bias", [5], [dense(6, "relu", False), dense(1, "linear", False)], {}),
    ("dense on pictures", [4, 5, 3], [dense(6, "relu"), dense(2, "softmax"), flatten, dense(2)], {}),
    ("dense between convolutions", [7, 7, 3], [conv(8, (3, 3), activation="relu"), dense(6, "sigmoid"), conv(3, (3, 3)), flatten], {}),
    # Activations and losses at the end.
    ("sigmoid, binary crossentropy", [6, 6, 3], [conv(4, (3, 3), activation="relu"), flatten, dense(1, "sigmoid")],
     {"loss": "binary_crossentropy", "targets": "binary"}),
    ("softmax, categorical crossentropy", [6, 6, 3], [conv(4, (3, 3), activation="relu"), flatten, dense(3, "softmax")],
     {"loss": "categorical_crossentropy", "targets": "one hot"}),
    ("softmax, sparse categorical crossentropy", [12], [dense(5, "relu"), dense(4, "softmax")],
     {"loss": "sparse_categorical_crossentropy", "targets": "index"}),
    ("activation sigmoid, binary crossentropy", [12], [dense(5, "tanh"), dense(1), activation("sigmoid")],
     {"loss": "binary_crossentropy", "targets": "binary"}),
    ("activation softmax, categorical crossentropy", [6, 6, 3], [conv(4, (3, 3), activation="relu"), global_average(), dense(3), activation("softmax")],
     {"loss": "categorical_crossentropy", "targets": "one hot"}),
    ("tanh, mean squared error", [12], [dense(5, "leaky_relu"), dense(4, "tanh")], {}),
    ("leaky_relu, mean squared error", [12], [dense(5, "tanh"), dense(4, "leaky_relu")], {}),
    ("relu, mean squared error", [12], [dense(5, "sigmoid"), dense(4, "relu")], {}),
    # The model of the notes, on the smallest pictures that five blocks leave something of.
    ("the notes", [94, 94, 3],
     [layer for filters in (16, 32, 64, 64, 64) for layer in (conv(filters, (3, 3), activation="relu"), pool())]
     + [flatten, dense(512, "relu"), dense(1, "sigmoid")],
     {"loss": "binary_crossentropy", "targets": "binary", "batch": 3, "every": 17}),
    # What is random in training is recorded where nothing is left out.
    ("dropout of nothing", [5, 4, 3], [conv(4, (2, 2)), {"name": "Dropout", "config": {"rate": 0.0}}, flatten, {"name": "Dropout", "config": {"rate": 0.0, "seed": 3}}, dense(2)], {}),
    # What training and use compute differently.
    ("batchnormalization on rows", [7], [normalization(), dense(3)], {}),
    ("batchnormalization between dense", [6], [dense(70, "relu"), normalization(0.9, 0.01), dense(2)], {"batch": 33}),
    ("batchnormalization of the pictures", [5, 6, 3], [normalization(), conv(4, (2, 2)), flatten], {}),
    ("batchnormalization after conv2d relu", [9, 8, 3], [conv(5, (3, 3), activation="relu"), normalization(0.5), pool(), flatten, dense(2)], {"batch": 11}),
    ("batchnormalization after 16 channels", [9, 9, 3], [conv(16, (3, 3)), normalization(), conv(20, (3, 3), activation="relu"), normalization(), flatten, dense(2)], {}),
    ("batchnormalization without gamma", [8, 7, 1], [conv(3, (2, 2)), normalization(scale=False), conv(2, (2, 2)), flatten], {"batch": 4}),
    ("batchnormalization without beta", [8, 7, 1], [conv(3, (2, 2)), normalization(center=False), conv(2, (2, 2)), flatten], {"batch": 4}),
    ("batchnormalization without both", [6], [normalization(center=False, scale=False), dense(4), normalization(center=False, scale=False), dense(2)], {"batch": 9}),
    ("batchnormalization last", [6, 5, 2], [conv(3, (3, 3)), normalization(), flatten], {}),
    ("batchnormalization of one sample", [6, 5, 2], [conv(3, (3, 3)), normalization(), flatten], {"batch": 1}),
    ("batchnormalization of one pixel", [3, 3, 2], [conv(4, (3, 3)), normalization(), flatten, dense(1, "sigmoid")],
     {"batch": 40, "loss": "binary_crossentropy", "targets": "binary"}),
    # Penalties on the outputs of layers; where a block would be fused, it is not.
    ("penalty on conv2d", [9, 8, 3], [penalized(conv(5, (3, 3), activation="relu"), 0.01, 0.02), pool(), flatten, dense(2)], {}),
    ("penalties on conv2d and dense", [9, 8, 3],
     [penalized(conv(16, (3, 3), activation="tanh"), l1=0.01), activation("relu"), average(), flatten,
      penalized(dense(6, "leaky_relu"), l2=0.3), dense(2)], {"batch": 20}),
    ("penalty on conv2d, linear, before relu", [8, 8, 1], [penalized(conv(4, (2, 2)), l1=0.05), activation("relu"), flatten, dense(1, "sigmoid")],
     {"loss": "binary_crossentropy", "targets": "binary"}),
    ("penalty on the last layer, sigmoid", [7], [dense(5, "relu"), penalized(dense(1, "sigmoid"), 0.1, 0.2)],
     {"loss": "binary_crossentropy", "targets": "binary"}),
    ("penalty on the last layer, softmax", [7], [penalized(dense(5, "sigmoid"), 0.02), penalized(dense(3, "softmax"), l2=0.4)],
     {"loss": "categorical_crossentropy", "targets": "one hot"}),
    ("penalty on the last layer, linear", [7], [penalized(dense(4), 0.1, 0.2)], {}),
    # What an activation left must be there when its gradient is taken.
    ("activations in a row", [10], [dense(8, "tanh"), activation("sigmoid"), activation("leaky_relu"), activation("tanh"), dense(3)], {}),
    ("activations in a row on pictures", [6, 6, 3], [conv(5, (3, 3), activation="relu"), activation("sigmoid"), activation("softmax"), flatten, activation("tanh"), dense(3)], {}),
    ("dropout of everything", [5, 4, 3], [conv(4, (2, 2)), flatten, dropout(1.0), dense(2)], {"use": True}),
]


def set_weights(model, seed):
    """Numbers for every weight: kernels as large as Glorot's, so that values neither vanish nor explode; biases up to
    1/4."""
    flat = numbers(model.count_params(), seed)
    start = 0
    for weight in model.weights:
        kernel = len(weight.shape) > 1
        area = int(np.prod(weight.shape[:-2])) if kernel else 1
        scale = np.float32((6 / (area * (weight.shape[-2] + weight.shape[-1]))) ** 0.5) if kernel else 0.25
        size = int(np.prod(weight.shape))
        # The product is rounded to a 32-bit float, as convo's weights are.
        values = flat[start:start + size].astype(np.float32) * np.float32(scale)
        if weight.name in ("gamma", "moving_variance"):
            values = np.float32(1) + values
        weight.assign(values.reshape(weight.shape))
        start += size


def made(layer):
    config = dict(layer["config"])
    if "activity_regularizer" in config:
        config["activity_regularizer"] = keras.regularizers.L1L2(**config["activity_regularizer"])
    return getattr(keras.layers, layer["name"])(**config)


def record(number, name, shape, layers, batch=5, loss="mean_squared_error", targets="any", levels=0, every=1,
           use=False):
    """With `use`, outputs and losses in use are recorded as well, as they always are with batch normalisation."""
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input(shape)] + [made(layer) for layer in layers])
    inputs = numbers(batch * int(np.prod(shape)), seed=number)
    if levels:
        inputs = np.floor((inputs + 1) / 2 * levels)
    set_weights(model, seed=1000 + number)
    width = int(np.prod(model.output_shape[1:]))
    if targets == "any":
        truth = numbers(batch * width, seed=2000 + number).reshape(batch, width)
    elif targets == "binary":
        truth = np.array([[sample % 2] for sample in range(batch)], dtype=float)
    elif targets == "one hot":
        truth = np.eye(width)[[sample % width for sample in range(batch)]]
    else:
        truth = np.array([[sample % width] for sample in range(batch)], dtype=float)

    measure = getattr(keras.losses, loss)

    truths = tf.constant(truth[:, 0].astype(int) if targets == "index" else truth)
    pictures = tf.constant(inputs.reshape([batch] + shape))

    @tf.function
    def in_use():
        outputs = model(pictures, training=False)
        return outputs, measure(truths, outputs)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            outputs = model(pictures, training=True)
            losses = measure(truths, outputs)
            mean = tf.add_n([tf.reduce_mean(losses)] + model.losses)
        # Of weights that are not trained there is no gradient.
        variables = [weight.value for weight in model.weights]
        return outputs, losses, tape.gradient(mean, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    @tf.function
    def penalty_of_sample(sample):
        model(pictures[sample:sample + 1], training=True)
        return tf.add_n(model.losses)

    used = in_use()
    outputs, losses, gradients = step()
    if any("activity_regularizer" in layer["config"] for layer in layers):
        # Keras adds the mean over the batch to the mean loss: the penalty of each sample, as if it were alone, to its own.
        losses += tf.stack([penalty_of_sample(sample) for sample in tf.range(batch)])
        used = (used[0], losses)
    trained = [any(weight is other for other in model.trainable_weights) for weight in model.weights]
    gradient = [np.reshape(g, -1) if t else np.zeros(g.shape).ravel() for g, t in zip(gradients, trained)]
    result = {
        "name": name, "number": number, "input": shape, "batch": batch, "levels": levels, "loss": loss,
        "targets": targets, "layers": layers, "shapes": [list(layer.output.shape[1:]) for layer in model.layers],
        "parameters": model.count_params(), "every": every, "outputs": packed(outputs), "losses": packed(losses),
        "gradient": packed(np.concatenate(gradient)[::every] if gradient else np.zeros(0))}
    if model.non_trainable_weights:
        moving = np.concatenate([np.ravel(weight) for weight in model.non_trainable_weights])
        result["moving"] = packed(moving)
    if model.non_trainable_weights or use:
        result.update({"used": packed(used[0]), "used_losses": packed(used[1])})
    return result


if __name__ == "__main__":
    keras.backend.set_floatx("float64")
    records = [
        record(number, name, shape, layers, **options) for number, (name, shape, layers, options) in enumerate(CASES)]
    path = pathlib.Path(__file__).with_name("layers.json")
    lines = ",\n".join(json.dumps(record) for record in records)
    path.write_text(f'{{"keras": "{keras.__version__}", "models": [\n{lines}\n]}}\n')
    print(path, path.stat().st_size)
