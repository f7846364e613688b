"""Records what Keras 3's EarlyStopping and ReduceLROnPlateau decide on sequences of metric values into callbacks.json.

    python record_callbacks.py

Recorded with keras 3.15.1 on TensorFlow. The callbacks are the real ones on a real model, called as fit calls them; only
the values of the epochs are made up, so that there are ties, differences too small for 32 bits, and numbers that are
none. Values are written with repr: they come back to the bit.
"""

import json
import os
import pathlib
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import keras
import numpy as np

EPOCHS = 12


def values(random):
    """A loss or an accuracy over some epochs, of one of several tempers."""
    temper = random.integers(0, 6)
    if temper == 0:
        found = 0.7 * np.exp(-0.2 * np.arange(EPOCHS)) + random.normal(0, 0.05, EPOCHS)
    elif temper == 1:
        found = random.choice([0.25, 0.5, 0.75], EPOCHS)
    elif temper == 2:
        found = 0.5 + random.integers(-4, 5, EPOCHS) * 1e-8
    elif temper == 3:
        found = 0.5 + np.cumsum(random.choice([-0.01, 0.0, 0.01], EPOCHS))
    elif temper == 4:
        found = random.uniform(0, 1, EPOCHS)
        found[random.integers(0, EPOCHS, 3)] = [float("nan"), float("inf"), float("-inf")]
    else:
        found = random.uniform(0, 1, EPOCHS)
    return [float(value) for value in found]


def early_stopping(model, random):
    options = {
        "patience": int(random.integers(0, 4)),
        "min_delta": float(random.choice([0, 0.01, -0.01, 0.1])),
        "mode": str(random.choice(["auto", "auto", "min", "max"])),
        "baseline": random.choice([None, None, 0.4, 0.6]),
        "restore_best_weights": bool(random.integers(0, 2)),
        "start_from_epoch": int(random.choice([0, 0, 0, 2, 20])),
    }
    monitor = str(random.choice(["val_loss", "loss", "val_accuracy", "accuracy"]))
    callback = keras.callbacks.EarlyStopping(monitor, **options)
    sequence = values(random)
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin()
    stopped = None
    for epoch, value in enumerate(sequence):
        mark(model, epoch)
        callback.on_epoch_end(epoch, {monitor: value})
        if model.stop_training:
            stopped = epoch
            break
    callback.on_train_end()
    return {
        "monitor": monitor, **options, "values": [repr(value) for value in sequence], "stopped": stopped,
        "best_epoch": callback.best_epoch, "wait": callback.wait, "weights": marked(model),
    }


def reduce_lr(model, random):
    options = {
        "factor": float(random.choice([0.1, 0.5, 0.3, 0.0])),
        "patience": int(random.integers(0, 4)),
        "min_delta": float(random.choice([1e-4, 0, 0.05])),
        "mode": str(random.choice(["auto", "auto", "min", "max"])),
        "cooldown": int(random.integers(0, 4)),
        "min_lr": float(random.choice([0.0, 0.0, 1e-4, 0.0007])),
    }
    monitor = str(random.choice(["val_loss", "loss", "val_accuracy", "accuracy"]))
    callback = keras.callbacks.ReduceLROnPlateau(monitor, **options)
    sequence = values(random)
    rate = float(random.choice([0.1, 0.001, 0.003, 1e-5]))
    callback.set_model(model)
    model.optimizer.learning_rate = rate
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(sequence):
        callback.on_epoch_end(epoch, {monitor: value})
        rates.append(repr(float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))))
    return {
        "monitor": monitor, **options, "rate": repr(rate), "values": [repr(value) for value in sequence],
        "rates": rates,
    }


def mark(model, epoch):
    model.set_weights([np.full(weight.shape, epoch, "float32") for weight in model.get_weights()])


def marked(model):
    return int(model.get_weights()[0].flat[0])


def main():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((2, 2)), np.zeros((2, 1)), verbose=0)
    random = np.random.default_rng(5)
    record = {
        "early_stopping": [early_stopping(model, random) for _ in range(160)],
        "reduce_lr": [reduce_lr(model, random) for _ in range(120)],
    }
    path = pathlib.Path(__file__).with_name("callbacks.json")
    lines = [
        f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]" for name, cases in record.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
