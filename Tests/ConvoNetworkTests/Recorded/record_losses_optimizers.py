"""Records losses, accuracies and optimizer steps of Keras 3 on TensorFlow (CPU) into losses_optimizers.json.

    python record_losses_optimizers.py

Recorded with keras 3.15.1. Arrays are {"shape": [...], "float32": base64 of little-endian 32-bit floats}.
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
from keras.src.trainers.compile_utils import get_metric


def packed(array):
    array = np.ascontiguousarray(np.array(array), dtype="<f4")
    return {"shape": list(array.shape), "float32": base64.b64encode(array.tobytes()).decode()}


def losses():
    """Every loss with every activation, in a graph as `fit` runs it: the outputs, the loss of each sample, and the
    gradient of the mean loss with respect to the logits."""
    random = np.random.default_rng(1)
    wide = np.round(random.normal(size=(8, 3)) * 2, 3)
    wide[5] = [30, -25, 1]
    wide[6] = [95, 0.5, -100]
    wide[7] = [0.25, 0.5, 0.125]
    one_hot = np.eye(3)[[0, 2, 1, 1, 0, 1, 2, 0]]
    soft = one_hot.copy()
    soft[7] = [0.2, 0.3, 0.5]
    narrow = np.array([[-3], [0.7], [2], [-0.1], [0.3], [40], [-95], [0.9]])
    binary = np.array([[0], [1], [0], [1], [1], [0], [1], [0]])
    cases = []
    for activation in ["linear", "relu", "sigmoid", "softmax", "tanh", "leaky_relu"]:
        cases += [
            ("binary_crossentropy", activation, wide, soft),
            ("categorical_crossentropy", activation, wide, soft),
            ("sparse_categorical_crossentropy", activation, wide, one_hot.argmax(-1)[:, None]),
            ("mean_squared_error", activation, wide, soft),
        ]
    for activation in ["linear", "relu", "sigmoid", "tanh", "leaky_relu"]:
        cases += [
            ("binary_crossentropy", activation, narrow, binary),
            ("mean_squared_error", activation, narrow, binary),
        ]
    recorded = []
    for name, activation, logits, targets in cases:
        function = getattr(keras.losses, name)
        activate = keras.activations.get(activation)
        # The clipped logarithms of outputs that are no probabilities are only interesting near [0, 1].
        if activation not in ("sigmoid", "softmax"):
            logits = np.clip(logits * 0.3 + 0.4, 0.01 if "categorical" in name else -5, 5)

        @tf.function
        def run(logits, targets):
            with tf.GradientTape() as tape:
                tape.watch(logits)
                outputs = activate(logits)
                losses = function(targets, outputs)
                loss = tf.reduce_mean(losses)
            return outputs, losses, tape.gradient(loss, logits)

        outputs, values, gradient = run(tf.constant(logits, tf.float32), tf.constant(targets, tf.float32))
        recorded.append({
            "loss": name, "activation": activation, "logits": packed(logits), "targets": packed(targets),
            "outputs": packed(outputs), "losses": packed(values), "gradient": packed(gradient)})
    return recorded


def accuracies():
    """What `metrics=["accuracy"]` comes to for each combination of shapes."""
    cases = {
        "one output": (
            [[0.5], [0.500001], [0.2], [0.9], [float("nan")], [1.0], [0.0]], [[0], [1], [1], [1], [0], [0], [0]]),
        "truth as an index": (
            [[0.1, 0.7, 0.2], [0.4, 0.4, 0.2], [0.4, 0.4, 0.2], [0.0, 0.1, 0.9], [0.3, 0.3, 0.4]],
            [[1], [0], [1], [2], [0]]),
        "one-hot truth": (
            [[0.1, 0.7, 0.2], [0.4, 0.4, 0.2], [0.4, 0.4, 0.2], [0.0, 0.1, 0.9], [0.3, 0.3, 0.4]],
            [[0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
        "several sigmoid outputs": (
            [[0.9, 0.8], [0.6, 0.7], [0.2, 0.1], [0.1, 0.3]], [[1, 1], [1, 1], [0, 0], [0, 1]]),
        "not a number among several": (
            [[float("nan"), 0.2, 0.3], [0.2, float("nan"), 0.1], [0.2, 0.5, float("nan")]], [[2], [0], [1]]),
    }
    recorded = []
    for name, (outputs, targets) in cases.items():
        outputs, targets = np.array(outputs, "f"), np.array(targets, "f")
        metric = get_metric("accuracy", targets, outputs)
        metric.update_state(targets, outputs)
        recorded.append({
            "name": name, "outputs": packed(outputs), "targets": packed(targets), "accuracy": float(metric.result())})
    return recorded


OPTIMIZERS = [
    ("sgd", {}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.9}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.8, "nesterov": True}),
    ("rmsprop", {}),
    ("rmsprop", {"learning_rate": 0.01, "rho": 0.8, "momentum": 0.5}),
    ("rmsprop", {"centered": True}),
    ("rmsprop", {"rho": 0.95, "momentum": 0.9, "centered": True, "epsilon": 1e-3}),
    ("adam", {}),
    ("adam", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-4}),
    ("adam", {"amsgrad": True}),
]


def optimizers():
    """The weights after each of 12 steps on given gradients, what the optimizer then remembers, and the defaults."""
    random = np.random.default_rng(2)
    start = random.normal(size=9).astype("f")
    # Gradients of every size, some of them zero, one that shrinks (for amsgrad).
    gradients = (random.normal(size=(12, 9)) * 10.0 ** np.array([1, 0, -1, -2, -3, -5, -7, 0, 0])).astype("f")
    gradients[:, 7] = [0, 0, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0]
    gradients[:, 8] = 5 * 0.3 ** np.arange(12)
    classes = {"sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop, "adam": keras.optimizers.Adam}
    recorded = []
    for name, settings in OPTIMIZERS:
        optimizer = classes[name](**settings)
        variable = keras.Variable(start, name="w")
        weights = []
        for gradient in gradients:
            optimizer.apply([tf.constant(gradient)], [variable])
            weights.append(np.array(variable.value))
        slots = {v.path.split("_", 1)[1] if v.path.startswith("w_") else v.path.split("/w_", 1)[1]: packed(v)
                 for v in optimizer.variables if "w_" in v.path}
        recorded.append({"optimizer": name, "settings": settings, "weights": packed(weights), "slots": slots})
    ours = {"sgd": ["learning_rate", "momentum", "nesterov"],
            "rmsprop": ["learning_rate", "rho", "momentum", "epsilon", "centered"],
            "adam": ["learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad"]}
    defaults = {}
    for name in ours:
        config = classes[name]().get_config()
        # A learning rate is kept in 32 bits.
        defaults[name] = {key: float(f"{config[key]:.7g}") if key == "learning_rate" else config[key] for key in ours[name]}
    return {"start": packed(start), "gradients": packed(gradients), "runs": recorded, "defaults": defaults}


record = {"keras": keras.__version__, "losses": losses(), "accuracies": accuracies(), "optimizers": optimizers()}
path = pathlib.Path(__file__).with_name("losses_optimizers.json")
path.write_text(json.dumps(record, indent=1) + "\n")
