"""Records losses, metrics and optimizer steps of Keras 3 on TensorFlow (CPU) into losses_optimizers.json.

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
    cases = [case + ({},) for case in cases]
    for activation in ["linear", "relu", "sigmoid", "softmax", "tanh", "leaky_relu"]:
        for options in [{"from_logits": True}, {"label_smoothing": 0.1}, {"from_logits": True, "label_smoothing": 0.3}]:
            cases += [
                ("binary_crossentropy", activation, wide, soft, options),
                ("categorical_crossentropy", activation, wide, soft, options),
            ]
            if activation != "softmax":
                cases.append(("binary_crossentropy", activation, narrow, binary, options))
        cases.append((
            "sparse_categorical_crossentropy", activation, wide, one_hot.argmax(-1)[:, None], {"from_logits": True}))
    recorded = []
    for name, activation, logits, targets, options in cases:
        function = getattr(keras.losses, name)
        activate = keras.activations.get(activation)
        # The clipped logarithms of outputs that are no probabilities are only interesting near [0, 1].
        if activation not in ("sigmoid", "softmax") and not options.get("from_logits"):
            logits = np.clip(logits * 0.3 + 0.4, 0.01 if "categorical" in name else -5, 5)

        @tf.function
        def run(logits, targets):
            with tf.GradientTape() as tape:
                tape.watch(logits)
                outputs = activate(logits)
                losses = function(targets, outputs, **options)
                loss = tf.reduce_mean(losses)
            return outputs, losses, tape.gradient(loss, logits)

        outputs, values, gradient = run(tf.constant(logits, tf.float32), tf.constant(targets, tf.float32))
        recorded.append({
            "loss": name, "options": options, "activation": activation, "logits": packed(logits), "targets": packed(targets),
            "outputs": packed(outputs), "losses": packed(values), "gradient": packed(gradient)})
    return recorded


METRICS = ["accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "precision", "recall",
           "auc"]


# Metrics with options, as they are written in convo, which is Python with bare words for strings.
DECISIONS = ["precision(0.3)", "recall(thresholds=0.3)", "precision(thresholds=0.95)", "recall(0.95)",
             "binary_accuracy(threshold=0.3)"]
CURVES = [f"auc(curve={curve}, summation_method={method})" for curve in ("ROC", "PR", "PRGAIN")
          for method in ("interpolation", "minoring", "majoring")] + [
    "auc(num_thresholds=2)", "auc(num_thresholds=11, curve=PR)", "auc(thresholds=[0.7, 0.2, 0.25])",
    "auc(thresholds=[0.5, 0.1], curve=PR)", "auc(thresholds=[0.25, 0.5, 0.75])", "auc(from_logits=True)"]
RANKS = ["precision(top_k=1)", "recall(top_k=2)", "precision(thresholds=0.4, top_k=2)", "precision(class_id=1)",
         "recall(0.3, class_id=2)", "recall(top_k=1, class_id=0)"]


def made_metric(text, targets, outputs):
    if "(" not in text:
        return get_metric(text, targets, outputs)
    classes = {"precision": keras.metrics.Precision, "recall": keras.metrics.Recall, "auc": keras.metrics.AUC,
               "binary_accuracy": keras.metrics.BinaryAccuracy}
    words = ["ROC", "PR", "PRGAIN", "interpolation", "minoring", "majoring"]
    return eval(text, {**classes, **{word: word for word in words}})


def metrics():
    """What `metrics=[...]` come to for each combination of shapes, all samples at once and after each of three batches.
    A metric that makes no sense for a case is left out."""
    random = np.random.default_rng(6)
    nan = float("nan")
    one, several, by_index = METRICS[:2] + METRICS[4:], METRICS[:3] + METRICS[4:], [METRICS[0], METRICS[3]]
    # For as many samples, outputs that lean towards the truth.
    truth = random.integers(0, 2, 100)
    leaning = np.clip(random.normal(0.35 + 0.3 * truth, 0.25), 0, 1)
    kinds = random.integers(0, 3, 60)
    softmax = np.exp(random.normal(size=(60, 3)) + 1.5 * np.eye(3)[kinds])
    softmax /= softmax.sum(-1, keepdims=True)
    cases = {
        "one output": (
            one, [[0.5], [0.500001], [0.2], [0.9], [nan], [1.0], [0.0]], [[0], [1], [1], [1], [0], [0], [0]]),
        "many samples": (one, leaning[:, None], truth[:, None]),
        "no class 1": (one, [[0.1], [0.7], [0.5], [0.9]], [[0], [0], [0], [0]]),
        "class 1 alone": (one, [[0.1], [0.7], [0.5], [0.9]], [[1], [1], [1], [1]]),
        "nothing above one half": (one, [[0.1], [0.2], [0.5], [0.4]], [[0], [1], [1], [0]]),
        "all alike": (one, [[0.3]] * 6, [[0], [1], [1], [0], [1], [1]]),
        "at the thresholds of the curve": (
            one, np.arange(200)[:, None] / np.float32(199), (np.arange(200)[:, None] * 7 % 10 > 4)),
        "just beside the thresholds": (
            one, np.nextafter(np.arange(200)[:, None] / np.float32(199), np.float32(2) * (np.arange(200)[:, None] % 2)),
            (np.arange(200)[:, None] * 3 % 7 > 2)),
        "outside of 0 to 1": (one, [[-0.5], [1.5], [0.2], [3], [-2], [0.7]], [[0], [1], [1], [0], [1], [0]]),
        "truth as an index": (
            by_index, [[0.1, 0.7, 0.2], [0.4, 0.4, 0.2], [0.4, 0.4, 0.2], [0.0, 0.1, 0.9], [0.3, 0.3, 0.4]],
            [[1], [0], [1], [2], [0]]),
        "one-hot truth": (
            several, [[0.1, 0.7, 0.2], [0.4, 0.4, 0.2], [0.4, 0.4, 0.2], [0.0, 0.1, 0.9], [0.3, 0.3, 0.4]],
            [[0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
        "many one-hot samples": (several, softmax, np.eye(3)[kinds]),
        "several sigmoid outputs": (
            several, [[0.9, 0.8], [0.6, 0.7], [0.2, 0.1], [0.1, 0.3]], [[1, 1], [1, 1], [0, 0], [0, 1]]),
        "not a number among several": (
            by_index, [[nan, 0.2, 0.3], [0.2, nan, 0.1], [0.2, 0.5, nan]], [[2], [0], [1]]),
    }
    for name in ("one output", "many samples", "no class 1", "class 1 alone", "all alike", "outside of 0 to 1"):
        options = DECISIONS + (CURVES if name != "one output" else [])
        if name in ("no class 1", "class 1 alone", "outside of 0 to 1"):
            # Of one class alone, and of thresholds that nothing is above, gains are quotients by almost nothing.
            options = [option for option in options if "PRGAIN" not in option]
        cases[name] = (cases[name][0] + options, *cases[name][1:])
    for name in ("one-hot truth", "many one-hot samples"):
        cases[name] = (cases[name][0] + DECISIONS + RANKS + CURVES, *cases[name][1:])
    recorded = []
    for name, (names, outputs, targets) in cases.items():
        outputs, targets = np.array(outputs, "f"), np.array(targets, "f")
        count = len(outputs)
        ends = [count // 4, count // 2, count]
        values = {}
        for metric_name in names:
            whole, parts = (made_metric(metric_name, targets, outputs) for _ in range(2))
            whole.update_state(targets, outputs)
            after = []
            for start, end in zip([0] + ends, ends):
                parts.update_state(targets[start:end], outputs[start:end])
                after.append(float(parts.result()))
            values[metric_name] = {"whole": float(whole.result()), "batches": after}
        recorded.append({
            "name": name, "outputs": packed(outputs), "targets": packed(targets), "ends": ends, "values": values})
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
    ("sgd", {"learning_rate": 0.1, "weight_decay": 0.01}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.9, "clipnorm": 1.0}),
    ("sgd", {"clipvalue": 0.05}),
    ("sgd", {"learning_rate": 0.1, "global_clipnorm": 1.0}),
    ("sgd", {"learning_rate": 0.1, "use_ema": True}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.9, "gradient_accumulation_steps": 3}),
    ("rmsprop", {"clipvalue": 0.5, "weight_decay": 0.1}),
    ("rmsprop", {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 3}),
    ("rmsprop", {"momentum": 0.5, "centered": True, "gradient_accumulation_steps": 5}),
    ("adam", {"global_clipnorm": 0.5}),
    ("adam", {"loss_scale_factor": 3.0, "clipnorm": 0.1}),
    ("adam", {"gradient_accumulation_steps": 2, "use_ema": True, "ema_momentum": 0.5, "ema_overwrite_frequency": 3}),
    ("adam", {"amsgrad": True, "weight_decay": 0.004, "clipnorm": 0.5, "use_ema": True, "loss_scale_factor": 0.7,
              "gradient_accumulation_steps": 4}),
]

# With gradients that are infinite or not numbers.
WILD = [("sgd", {}), ("sgd", {"clipnorm": 1.0}), ("sgd", {"global_clipnorm": 1.0}), ("sgd", {"clipvalue": 1.0})]


def optimizers():
    """The weights after each of 12 steps on given gradients, what the optimizer then remembers, and the defaults."""
    random = np.random.default_rng(2)
    start = random.normal(size=9).astype("f")
    # Gradients of every size, some of them zero, one that shrinks (for amsgrad).
    gradients = (random.normal(size=(12, 9)) * 10.0 ** np.array([1, 0, -1, -2, -3, -5, -7, 0, 0])).astype("f")
    gradients[:, 7] = [0, 0, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0]
    gradients[:, 8] = 5 * 0.3 ** np.arange(12)
    wild = np.array([
        [[1, np.nan, 0, 2], [1, 2, 3, 4, 5]], [[1, np.inf, 0, 2], [1, 2, 3, 4, 5]], [[0, 0, 0, 0], [0, 0, 1, 0, 0]],
    ], dtype=object)
    wild = np.array([np.concatenate(step) for step in wild]).astype("f")
    classes = {"sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop, "adam": keras.optimizers.Adam}

    def run(name, settings, gradients):
        """The weights are two variables, of 4 and of 5 numbers."""
        optimizer = classes[name](**settings)
        variables = [keras.Variable(start[:4], name="w0"), keras.Variable(start[4:], name="w1")]
        weights = []
        for gradient in gradients:
            optimizer.apply([tf.constant(gradient[:4]), tf.constant(gradient[4:])], variables)
            weights.append(np.concatenate([variable.numpy() for variable in variables]))
        slots = {}
        for variable in optimizer.variables:
            owner, _, slot = variable.path.split("/")[-1].partition("_")
            if owner in ("w0", "w1"):
                slots.setdefault(slot, []).append(variable.numpy())
        slots = {name: packed(np.concatenate(parts)) for name, parts in slots.items()}
        optimizer.finalize_variable_values(variables)
        final = np.concatenate([variable.numpy() for variable in variables])
        return {"optimizer": name, "settings": settings, "weights": packed(weights), "slots": slots,
                "final": packed(final)}

    shared = ["learning_rate", "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum",
              "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps"]
    ours = {"sgd": ["momentum", "nesterov"], "rmsprop": ["rho", "momentum", "epsilon", "centered"],
            "adam": ["beta_1", "beta_2", "epsilon", "amsgrad"]}
    defaults = {}
    for name in ours:
        config = classes[name]().get_config()
        # A learning rate is kept in 32 bits.
        defaults[name] = {key: float(f"{config[key]:.7g}") if key == "learning_rate" else config[key] for key in shared + ours[name]}
    return {
        "start": packed(start), "gradients": packed(gradients), "defaults": defaults, "wild_gradients": packed(wild),
        "runs": [run(name, settings, gradients) for name, settings in OPTIMIZERS],
        "wild_runs": [run(name, settings, wild) for name, settings in WILD]}


CONSTRAINTS = ["non_neg", "max_norm", "max_norm(0.5)", "max_norm(1, axis=[0, 1, 2])", "max_norm(axis=-1)", "unit_norm",
               "unit_norm(axis=[0, 2])", "min_max_norm", "min_max_norm(0.5, 0.8)",
               "min_max_norm(min_value=1.5, max_value=2, rate=0.25, axis=[0, 1])"]


def constraints():
    """What constraints make of weights: of a convolution's, of a dense layer's, of a bias."""
    random = np.random.default_rng(8)
    shapes = {"kernel": (3, 2, 3, 4), "matrix": (5, 3), "bias": (6,)}
    recorded = []
    for name, shape in shapes.items():
        weights = (random.normal(size=shape) * 0.7).astype("f")
        weights.flat[1] = 0
        for text in CONSTRAINTS:
            axes = text.partition("[")[2].partition("]")[0].split(",") if "[" in text else [0]
            if max(int(axis) for axis in axes) >= len(shape):
                continue
            made = eval(text if "(" in text else text + "()", {
                "non_neg": keras.constraints.NonNeg, "max_norm": keras.constraints.MaxNorm,
                "unit_norm": keras.constraints.UnitNorm, "min_max_norm": keras.constraints.MinMaxNorm})
            for values in [weights, np.where(weights == weights.flat[2], np.float32("nan"), weights), weights * 0]:
                recorded.append({
                    "constraint": text, "before": packed(values), "after": packed(made(tf.constant(values)))})
    return recorded


record = {"keras": keras.__version__, "losses": losses(), "metrics": metrics(), "constraints": constraints(),
          "optimizers": optimizers()}
path = pathlib.Path(__file__).with_name("losses_optimizers.json")
path.write_text(json.dumps(record, indent=1) + "\n")
