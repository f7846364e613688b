"""Records 30 training steps of Keras 3 on TensorFlow (CPU) with each optimizer and loss into trajectories.json.

    python record_trajectories.py

Recorded with keras 3.15.1. Every run starts from the same weights and sees the same batches: 8 of the 80 images, in
order, around and around. Arrays are {"shape": [...], "float32" or "uint8": base64, little-endian}.
"""

import base64
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np

STEPS, BATCH, IMAGES, CLASSES = 30, 8, 80, 4


def packed(array, kind="float32"):
    array = np.ascontiguousarray(array, dtype={"float32": "<f4", "uint8": "u1"}[kind])
    return {"shape": list(array.shape), kind: base64.b64encode(array.tobytes()).decode()}


def images(random):
    """Four kinds of stripes in noise, of any phase; each kind with a tint that gives it away in part."""
    tints = np.array([[100, 70, 40], [40, 100, 70], [70, 40, 100], [90, 90, 30]])
    labels = random.integers(0, CLASSES, IMAGES)
    y, x = np.mgrid[0:20, 0:20]
    pictures = []
    for label in labels:
        along = [x, y, x + y, x - y][label]
        wave = 1.2 + np.sin(along * 1.1 + random.uniform(0, 6.3))[..., None]
        pictures.append(np.clip(wave * tints[label] + random.normal(0, 25, (20, 20, 3)), 0, 255))
    return np.array(pictures).astype("uint8"), labels


def model(units, activation, variant):
    keras.utils.set_random_seed(3)
    normalized = variant == "normalized"
    convolution, dense = {
        "penalized": (
            {"kernel_regularizer": "l2", "bias_regularizer": "l1"}, {"kernel_regularizer": keras.regularizers.L1(0.001)}),
        "constrained": (
            {"kernel_constraint": keras.constraints.MaxNorm(0.6, axis=[0, 1, 2]), "bias_constraint": "non_neg"},
            {"kernel_constraint": keras.constraints.MinMaxNorm(0.5, 0.9, rate=0.3), "bias_constraint": "max_norm"}),
        "active": (
            {"activity_regularizer": keras.regularizers.L1L2(0.0005, 0.001)},
            {"activity_regularizer": "l2", "kernel_regularizer": keras.regularizers.L1L2(0.0001, 0.002)}),
    }.get(variant, ({}, {}))
    normalization = [keras.layers.BatchNormalization(momentum=0.9)] if normalized else []
    return keras.Sequential([
        keras.Input((20, 20, 3)),
        keras.layers.Conv2D(4, 3, activation="relu", **convolution),
        *normalization,
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(16, activation="relu", **dense),
        *([keras.layers.BatchNormalization(momentum=0.9)] if normalized else []),
        keras.layers.Dense(units, activation=activation),
    ])


def flat(weights):
    return np.concatenate([np.ravel(weight) for weight in weights])


RUNS = [
    ("binary_crossentropy", "sigmoid", "sgd", {}),
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.05, "momentum": 0.9}),
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}),
    ("binary_crossentropy", "sigmoid", "rmsprop", {}),
    ("binary_crossentropy", "sigmoid", "rmsprop", {"momentum": 0.5}),
    ("binary_crossentropy", "sigmoid", "rmsprop", {"centered": True}),
    ("binary_crossentropy", "sigmoid", "adam", {}),
    ("binary_crossentropy", "sigmoid", "adam", {"amsgrad": True, "learning_rate": 0.003}),
    ("mean_squared_error", "sigmoid", "rmsprop", {}),
    ("categorical_crossentropy", "softmax", "adam", {}),
    ("sparse_categorical_crossentropy", "softmax", "rmsprop", {}),
    ("binary_crossentropy", "sigmoid", "adam", {"clipnorm": 0.3, "weight_decay": 0.1}),
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.1, "global_clipnorm": 0.5, "loss_scale_factor": 16.0}),
    ("binary_crossentropy", "sigmoid", "rmsprop", {"gradient_accumulation_steps": 3, "clipvalue": 0.1}),
    ("binary_crossentropy", "sigmoid", "adam", {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 7}),
    ("binary_crossentropy", "linear", "adam", {}, {"from_logits": True, "label_smoothing": 0.2}),
    ("categorical_crossentropy", "softmax", "adam", {}, {"label_smoothing": 0.1}),
]
# With batch normalisation on pictures and on rows. With statistics of 8 images, ReLU and pooling, a training magnifies
# rounding: after 20 steps of 0.05, losses that began with all but the same weights differ by as much as the loss itself.
# So the steps are small, and what Keras's own losses differ by is recorded as the run's `spread`.
NORMALIZED = [
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.001, "momentum": 0.5}),
    ("categorical_crossentropy", "softmax", "sgd", {"learning_rate": 0.0005}),
]
# With penalties on the weights of the first convolution and of the first dense layer.
PENALIZED = [("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.05, "loss_scale_factor": 4.0})]

# With constraints on the weights of the first convolution and of the first dense layer: alone, at steps that only gather
# gradients, and after a moving average took the weights' place.
CONSTRAINED = [
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.1}),
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.1, "gradient_accumulation_steps": 4}),
    ("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.1, "use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 7}),
]
# With penalties on the outputs of the two, as well as on weights.
ACTIVE = [("binary_crossentropy", "sigmoid", "sgd", {"learning_rate": 0.02, "loss_scale_factor": 8.0})]
VARIANTS = (
    [(run, "plain") for run in RUNS] + [(run, "normalized") for run in NORMALIZED]
    + [(run, "penalized") for run in PENALIZED] + [(run, "constrained") for run in CONSTRAINED]
    + [(run, "active") for run in ACTIVE])

CLASSES_OF_LOSS = {
    "binary_crossentropy": keras.losses.BinaryCrossentropy,
    "categorical_crossentropy": keras.losses.CategoricalCrossentropy,
    "sparse_categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy,
    "mean_squared_error": keras.losses.MeanSquaredError,
}



def trained(net, start, targets):
    """The loss and the accuracy of each step of a training from these weights."""
    net.set_weights(start)
    for variable in net.optimizer.variables:
        # Keras makes them with the first step; the learning rate is among them.
        if variable is not net.optimizer._learning_rate:
            variable.assign(np.zeros(variable.shape))
    losses, accuracies = [], []
    for step in range(STEPS):
        batch = np.arange(step * BATCH, (step + 1) * BATCH) % IMAGES
        net.reset_metrics()
        measured = net.train_on_batch(inputs[batch], targets[batch])
        losses.append(measured[0])
        accuracies.append(measured[1])
    return losses, accuracies


pictures, labels = images(np.random.default_rng(4))
inputs = pictures.astype("f") / np.float32(255)
runs, starts = [], {}
for run, variant in VARIANTS:
    normalized = variant == "normalized"
    loss, activation, name, settings, *options = run
    options = options[0] if options else {}
    units = CLASSES if activation == "softmax" else 1
    classes = {"sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop, "adam": keras.optimizers.Adam}
    net = model(units, activation, variant)
    starts[str(units) + (" normalized" if normalized else "")] = packed(flat(net.get_weights()))
    net.compile(
        loss=CLASSES_OF_LOSS[loss](**options),
        optimizer=classes[name](**settings), metrics=["accuracy"])
    targets = np.eye(CLASSES, dtype="f")[labels] if activation == "softmax" else (labels > 1).astype("f")[:, None]
    if loss.startswith("sparse"):
        targets = labels.astype("f")[:, None]
    start = net.get_weights()
    spread = 0
    for seed in range(4 if normalized else 0):
        # By what a sum of 72 products, those of the later convolution, is off when its terms are added up in another
        # order: about the root of 72 times half of the last bit.
        random = np.random.default_rng(seed)
        changed = [w * (1 + np.float32(72**0.5 * 2**-24) * random.uniform(-1, 1, w.shape)) for w in start]
        others = trained(net, changed, targets)[0]
        spread = max(spread, float(np.max(np.abs(others / np.array(trained(net, start, targets)[0]) - 1))))
    losses, accuracies = trained(net, start, targets)
    evaluation = net.evaluate(inputs, targets, batch_size=BATCH, verbose=0)
    runs.append({
        "loss": loss, "options": options, "activation": activation, "optimizer": name, "settings": settings,
        "variant": variant, "spread": spread, "losses": packed(losses),
        "accuracies": packed(accuracies), "weights": packed(flat(net.get_weights())),
        "evaluation": {"loss": evaluation[0], "accuracy": evaluation[1]},
        "predictions": packed(net.predict(inputs[:BATCH], verbose=0))})

record = {
    "keras": keras.__version__, "images": packed(pictures, "uint8"), "labels": labels.tolist(), "starts": starts,
    "runs": runs}
path = pathlib.Path(__file__).with_name("trajectories.json")
path.write_text(json.dumps(record, indent=1) + "\n")
