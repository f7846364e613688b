"""The programs that `keras` shows and `export` writes, run by real Keras on the same pictures.

Weights differ, since Keras draws its own; what is compared is what follows from the program alone: layers, shapes,
parameters, losses, optimizers with their options, generators, and how many epochs and batches there were.
"""

import ast
import json
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONVO = os.environ.get("CONVO", str(ROOT / ".build/release/convo"))

TRAIN = "load generator train from datasets/horse-or-human/train rescale=1/255 target_size=32x32 batch_size=4 class_mode=binary"
VALIDATION = TRAIN.replace("train", "validation", 1).replace("/train", "/validation")
NETWORK = """
new model input=32x32x3
add conv2d 4 3x3 activation=relu
add maxpooling2d 2x2
add flatten
add dense 1 activation=sigmoid
"""
COMPILE = "compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.002 metrics=[accuracy]\n"

# Looks at what the program has made; its last line of output is what the test reads.
PROBE = """
import json, runpy
ran = runpy.run_path("model.py")
found = {"variables": sorted(ran)}
for name, value in list(ran.items()):
    if type(value).__name__ in ("Sequential", "Functional"):
        model = {
            "name": value.name,
            "params": value.count_params(),
            "layers": [dict(layer.get_config(), type=type(layer).__name__) for layer in value.layers],
            "output": list(value.output_shape),
        }
        if value.compiled:
            model["optimizer"] = dict(value.optimizer.get_config(), type=type(value.optimizer).__name__)
            model["loss"] = value.loss if isinstance(value.loss, str) else dict(
                value.loss.get_config(), type=type(value.loss).__name__)
            model["iterations"] = int(value.optimizer.iterations)
        found[name] = model
    elif type(value).__name__ == "DirectoryIterator":
        found[name] = {key: getattr(value, key) for key in (
            "target_size", "color_mode", "class_mode", "batch_size", "shuffle", "seed", "samples", "class_indices",
            "subset", "interpolation", "directory")}
    elif type(value).__name__ == "ImageDataGenerator":
        found[name] = {key: item for key, item in vars(value).items() if isinstance(item, (int, float, str, list, tuple))}
    elif type(value).__name__ == "History":
        found[name] = {"epochs": len(value.epoch), "measured": sorted(value.history)}
print()
print(json.dumps(found, default=str))
"""


def convo(folder, script, *options):
    return subprocess.run(
        [CONVO, *options, "-c", script], cwd=folder, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    ran = convo(folder, "make dataset horse-or-human limit=6")
    assert ran.returncode == 0, ran.stderr
    return folder


def run(pictures, script):
    """Runs a session and then its program in real Keras; what the program has made, and what it printed."""
    for old in pictures.glob("*.keras"):
        old.unlink()
    ran = convo(pictures, script + "\nexport model.py\nkeras")
    assert ran.returncode == 0, ran.stderr
    text = (pictures / "model.py").read_text()
    ast.parse(text)
    assert ran.stdout.endswith(text), "keras shows what export writes"
    keras = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=pictures, capture_output=True, text=True, check=False, timeout=900,
        env=dict(os.environ, CUDA_VISIBLE_DEVICES="-1", TF_CPP_MIN_LOG_LEVEL="3"))
    assert keras.returncode == 0, f"{text}\n{keras.stdout[-2000:]}\n{keras.stderr[-4000:]}"
    assert "ran out of data" not in keras.stderr, "Keras cut an epoch short"
    return json.loads(keras.stdout.splitlines()[-1]), keras.stdout, text


def parameters(pictures, script):
    """How many parameters convo counts."""
    ran = convo(pictures, script + "\nprint parameters")
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout.splitlines()[-1].replace(",", ""))


def test_the_notes(pictures):
    script = f"{TRAIN}\n{VALIDATION}\n{NETWORK}summary\n{COMPILE}" + (
        "fit train steps_per_epoch=2 epochs=3 validation_data=validation\n"
        "evaluate validation\npredict datasets/horse-or-human/validation/horses\nhistory\n")
    made, output, text = run(pictures, script)
    model = made["model"]
    assert model["params"] == parameters(pictures, NETWORK)
    assert [layer["name"] for layer in model["layers"]] == ["conv2d", "max_pooling2d", "flatten", "dense"]
    assert model["layers"][0]["activation"] == "relu" and model["layers"][0]["kernel_size"] == [3, 3]
    assert model["optimizer"]["type"] == "RMSprop"
    assert model["optimizer"]["learning_rate"] == pytest.approx(0.002)
    assert model["loss"] == "binary_crossentropy"
    # 12 pictures are 3 batches of 4, so two in an epoch go around; Keras must train all 6.
    assert model["iterations"] == 6
    assert made["history"] == {"epochs": 3, "measured": ["accuracy", "loss", "val_accuracy", "val_loss"]}
    assert made["train_generator"]["samples"] == 12 and made["train_generator"]["class_indices"] == {"horses": 0, "humans": 1}
    assert made["train_datagen"]["rescale"] == 1 / 255
    assert output.count("horses/") == 6, "predict shows every picture"
    assert 'keras.optimizers.RMSprop(learning_rate=0.002)' in text


def test_every_option_of_a_generator(pictures):
    options = {
        "samplewise_center": "true", "samplewise_std_normalization": "true", "rotation_range": "20",
        "width_shift_range": "0.2", "height_shift_range": "3", "brightness_range": "[0.5, 1.5]", "shear_range": "10",
        "zoom_range": "[0.8, 1.2]", "channel_shift_range": "30", "fill_mode": "reflect", "cval": "128",
        "horizontal_flip": "true", "vertical_flip": "true", "validation_split": "0.5",
    }
    script = (
        "load generator odd-name from datasets/horse-or-human/train target_size=20x24 color_mode=grayscale "
        "classes=[humans, horses] class_mode=sparse batch_size=5 shuffle=false seed=42 follow_links=true subset=training "
        "interpolation=bilinear keep_aspect_ratio=true " + " ".join(f"{name}={value}" for name, value in options.items()))
    made, _, text = run(pictures, script)
    flow, prepared = made["odd_name_generator"], made["odd_name_datagen"]
    assert flow["target_size"] == [20, 24] and flow["color_mode"] == "grayscale" and flow["class_mode"] == "sparse"
    assert flow["class_indices"] == {"humans": 0, "horses": 1} and flow["samples"] == 6
    assert flow["batch_size"] == 5 and flow["shuffle"] is False and flow["seed"] == 42
    assert flow["subset"] == "training" and flow["interpolation"] == "bilinear"
    assert prepared["height_shift_range"] == 3 and isinstance(prepared["height_shift_range"], int)
    assert prepared["zoom_range"] == [0.8, 1.2] and prepared["brightness_range"] == [0.5, 1.5]
    for name in options:
        assert name in text, name
        assert name in prepared or name == "validation_split"


def test_statistics_of_all_images(pictures):
    script = f"""
{TRAIN} featurewise_center=true featurewise_std_normalization=true
{VALIDATION} featurewise_center=true featurewise_std_normalization=true statistics=train
{NETWORK}{COMPILE}fit train validation_data=validation
predict validation
"""
    probe = "ran = __import__('runpy').run_path('model.py')"
    made, output, text = run(pictures, script)
    assert "measure(\n    train_datagen,\n" in text and "measure(\n    validation_datagen,\n" in text
    assert output.count("humans/") == 6
    # The mean that the program measures is the one that convo's file for other programs names. Keras adds up in 32 bits,
    # so the exact mean is computed here.
    ran = convo(pictures, script + "export model.onnx")
    assert ran.returncode == 0, ran.stderr
    onnx = pytest.importorskip("onnx")
    notes = {note.key: note.value for note in onnx.load(pictures / "model.onnx").metadata_props}
    measured = subprocess.run(
        [sys.executable, "-c", probe + "; d = ran['validation_datagen']; print(); print(d.mean.flatten().tolist(), '|', d.std.flatten().tolist())"
         "; g = ran['ImageDataGenerator']().flow_from_directory('datasets/horse-or-human/train', target_size=(32, 32), batch_size=12)"
         "; x = g[0][0].astype('float64') / 255; print(x.mean(axis=(0, 1, 2)).tolist(), '|', x.std(axis=(0, 1, 2)).tolist())"],
        cwd=pictures, capture_output=True, text=True, check=True,
        env=dict(os.environ, CUDA_VISIBLE_DEVICES="-1")).stdout.splitlines()
    program, exact = ([json.loads(part) for part in measured[line].split("|")] for line in (-3, -1))
    prepared = json.loads(notes["preprocessing"])
    for found, name in enumerate(("mean", "std")):
        assert prepared[name] == pytest.approx(exact[found], abs=1e-6)
        assert program[found] == pytest.approx(exact[found], abs=1e-4)
    assert json.loads(notes["class_names"]) == ["horses", "humans"]


LAYERS = """
new model input=32x32x3
add rescaling scale=1/127.5 offset=-1
add conv2d 4 3x3 strides=2x2 padding=same use_bias=false kernel_initializer=he_normal kernel_regularizer="l2(0.001)"
add batchnormalization momentum=0.9 epsilon=0.01
add activation leaky_relu
add conv2d 4 3x3 dilation_rate=2x2 groups=2 activation=tanh kernel_constraint="max_norm(2, axis=[0, 1, 2])"
add averagepooling2d 2x2 padding=same
add dropout 0.25 seed=3 noise_shape=[none 1 1 none]
add globalaveragepooling2d
add dense 6 activation=relu bias_initializer=ones kernel_regularizer=l1_l2 activity_regularizer="l1(0.01)"
add dense 2 activation=softmax
"""


def test_every_layer(pictures):
    script = LAYERS.replace("globalaveragepooling2d", "globalmaxpooling2d").replace("new model", "new model other") + LAYERS
    made, _, text = run(pictures, script)
    for name in ("model", "sequential_model"):
        model = made[name]
        assert model["params"] == parameters(pictures, LAYERS)
        layers = {layer["name"]: layer for layer in model["layers"]}
        # The same names in both models, though Keras would count on.
        assert list(layers) == [
            "rescaling", "conv2d", "batch_normalization", "activation", "conv2d_1", "average_pooling2d", "dropout",
            "global_average_pooling2d" if name == "sequential_model" else "global_max_pooling2d", "dense", "dense_1"]
        assert layers["rescaling"]["scale"] == 1 / 127.5 and layers["rescaling"]["offset"] == -1
        assert layers["conv2d"]["kernel_regularizer"]["config"]["l2"] == pytest.approx(0.001)
        assert layers["conv2d"]["kernel_initializer"]["class_name"] == "HeNormal" and not layers["conv2d"]["use_bias"]
        assert layers["conv2d_1"]["kernel_constraint"]["config"] == {"max_value": 2, "axis": [0, 1, 2]}
        assert layers["conv2d_1"]["groups"] == 2 and layers["conv2d_1"]["dilation_rate"] == [2, 2]
        assert layers["batch_normalization"]["momentum"] == 0.9
        assert layers["dropout"]["seed"] == 3
        assert layers["dense"]["activity_regularizer"]["config"]["l1"] == pytest.approx(0.01)
        assert layers["dense"]["bias_initializer"]["class_name"] == "Ones"
    assert made["model"]["name"] == "other"
    assert "keras.layers.Activation(\"leaky_relu\")" in text


@pytest.mark.parametrize("line, optimizer, config", [
    ("optimizer=adam beta_1=0.8 amsgrad=true clipnorm=1", "Adam", {"beta_1": 0.8, "amsgrad": True, "clipnorm": 1.0}),
    ("optimizer=sgd momentum=0.9 nesterov=true weight_decay=0.01", "SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    ("optimizer=rmsprop rho=0.8 centered=true use_ema=true ema_momentum=0.5", "RMSprop", {"rho": 0.8, "centered": True, "ema_momentum": 0.5}),
])
def test_every_optimizer(pictures, line, optimizer, config):
    script = f"{NETWORK}compile loss=binary_crossentropy label_smoothing=0.1 {line} metrics=[accuracy auc \"precision(thresholds=0.3)\"]"
    made, _, _ = run(pictures, script)
    found = made["model"]["optimizer"]
    assert found["type"] == optimizer
    assert {name: found[name] for name in config} == config
    assert made["model"]["loss"]["type"] == "BinaryCrossentropy" and made["model"]["loss"]["label_smoothing"] == 0.1


def test_callbacks(pictures):
    script = f"{TRAIN}\n{VALIDATION}\n{NETWORK}{COMPILE}" + (
        "fit train epochs=4 validation_data=validation early_stopping=val_accuracy(patience=3 restore_best_weights=true) "
        "reduce_lr=1\n")
    made, _, text = run(pictures, script)
    assert 'keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=3, restore_best_weights=True)' in text
    assert 'keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=1)' in text
    assert made["history"]["epochs"] == 4


def test_a_session_with_second_thoughts(pictures):
    """Layers that come late, a reset, a rewind, another model, a failed command: the program does what was kept."""
    script = f"""
{TRAIN}
{NETWORK}
remove layer dense
add dense 8 activation=relu
add dense 1 activation=sigmoid
{COMPILE}
fit train epochs=2
reset
fit train epochs=3
rewind 2
evaluate train
new model small input=32x32x3
add flatten
add dense 4
add dense 1 activation=sigmoid
{COMPILE}
fit train
remove layer dense
fit train epochs=2
set seed=7
use sequential
add dense 3 activation=softmax
"""
    script = script.strip().replace("\n\n", "\n")
    made, _, text = run(pictures, script)
    assert [layer["name"] for layer in made["small_model"]["layers"]] == ["flatten", "dense_1"]
    assert made["small_model"]["iterations"] == 6
    assert [layer["name"] for layer in made["model"]["layers"]][-2:] == ["dense_1", "dense_2"]
    assert made["model"]["name"] == "sequential" and made["model"]["output"] == [None, 3]
    assert "keras.utils.set_random_seed(7)" in text


def test_what_failed_is_not_in_the_program(pictures):
    (pictures / "failing.convo").write_text(f"{NETWORK}add conv2d 3 9x9\nfit nothing\nexport model.py\n")
    ran = subprocess.run([CONVO, "run", "--keep-going", "failing.convo"], cwd=pictures, capture_output=True, check=False)
    assert ran.returncode == 1
    text = (pictures / "model.py").read_text()
    assert "fit" not in text and "(9, 9)" not in text and "Dense(1" in text


def keras_lines():
    """The Keras line of every page of help, by its topic."""
    topics = []
    ran = subprocess.run([CONVO, "--json", "-c", "help"], capture_output=True, text=True, check=True)
    assert ran.stdout
    verbs = [
        "load generator", "show", "new model", "add", "remove layer", "summary", "compile", "fit", "rewind", "reset",
        "history", "set", "evaluate", "predict", "confusion", "mistakes", "plot history", "trace", "conv2d",
        "maxpooling2d", "averagepooling2d", "globalaveragepooling2d", "globalmaxpooling2d", "flatten", "dense",
        "activation", "rescaling", "batchnormalization", "dropout", "binary_crossentropy", "categorical_crossentropy",
        "sparse_categorical_crossentropy", "mean_squared_error", "sgd", "rmsprop", "adam", "accuracy",
        "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "precision", "recall", "auc",
    ]
    for verb in verbs:
        ran = subprocess.run([CONVO, "--json", "-c", f"help {verb}"], capture_output=True, text=True, check=False)
        texts = [event["text"] for event in map(json.loads, ran.stdout.splitlines()) if event["event"] == "text"]
        topics.append((verb, texts[texts.index("In Keras") + 1].strip() if "In Keras" in texts else None))
    return topics


@pytest.mark.parametrize("verb, line", keras_lines() if os.access(CONVO, os.X_OK) else [])
def test_the_keras_line_of_help_runs(pictures, verb, line, monkeypatch):
    assert line, f"help {verb} has no line for Keras"
    ast.parse(line)
    monkeypatch.chdir(pictures)
    keras = pytest.importorskip("keras")
    import numpy
    import tensorflow
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    generator = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        "datasets/horse-or-human/train", target_size=(8, 8), batch_size=12, class_mode="binary", shuffle=False)
    model = keras.Sequential([
        keras.Input(shape=(8, 8, 3)), keras.layers.Conv2D(4, (3, 3)), keras.layers.Flatten(),
        keras.layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(generator, verbose=0)
    model.save("epoch-1.keras")
    images, labels = generator[0]
    keras.utils.save_img("horse.png", images[0])
    names = {
        "keras": keras, "layers": keras.layers, "numpy": numpy, "tf": tensorflow, "model": model, "history": history,
        "ImageDataGenerator": ImageDataGenerator, "generator": generator, "train_generator": generator,
        "validation_generator": generator, "images": images, "labels": labels.astype(int), "image": images[:1],
        "patch": numpy.zeros((3, 3, 3)), "matplotlib": None,
    }
    if "matplotlib" in line:
        names["matplotlib"] = pytest.importorskip("matplotlib")
        pytest.importorskip("matplotlib.pyplot")
    if verb == "add":
        names["model"] = keras.Sequential([keras.Input(shape=(8, 8, 3))])
    if "steps_per_epoch=8" in line:
        line = line.replace("steps_per_epoch=8, epochs=15", "steps_per_epoch=1, epochs=1")
    exec(line, names)
