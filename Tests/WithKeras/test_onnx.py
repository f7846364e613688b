"""The files that `export model.onnx` writes, checked by onnx and run by onnxruntime, against what convo itself answers.

Needs onnx and onnxruntime beside Keras's packages.
"""

import json
import os
import pathlib
import subprocess

import numpy
import pytest

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")
PIL = pytest.importorskip("PIL.Image")

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONVO = os.environ.get("CONVO", str(ROOT / ".build/release/convo"))

# A model ends in one number, in several, or in a picture; a fit of one step brings all weights and moving statistics
# away from their first values.
MODELS = {
    "the notes": """
        add conv2d 4 3x3 activation=relu
        add maxpooling2d 2x2
        add conv2d 6 3x3 activation=relu
        add maxpooling2d 2x2
        add flatten
        add dense 8 activation=relu
        add dense 1 activation=sigmoid""",
    "strides and padding": """
        add conv2d 4 5x3 strides=2x3 padding=same activation=tanh
        add conv2d 4 2x2 padding=same activation=leaky_relu
        add maxpooling2d 3x3 strides=2x1 padding=same
        add averagepooling2d 2x3 padding=same
        add flatten
        add dense 1""",
    "one step is enough": """
        add conv2d 3 3x3 strides=40x40 padding=same
        add averagepooling2d 9x9 strides=5x5 padding=same
        add flatten
        add dense 1 activation=sigmoid""",
    "pooling within the picture": """
        add averagepooling2d 3x2 strides=2x2
        add maxpooling2d 2x4 strides=3x1
        add globalaveragepooling2d
        add dense 1 activation=sigmoid""",
    "dilation": """
        add conv2d 4 3x3 dilation_rate=2x3
        add conv2d 4 3x3 dilation_rate=3x2 padding=same use_bias=false
        add globalmaxpooling2d
        add dense 1 use_bias=false activation=sigmoid""",
    "groups": """
        add conv2d 4 1x1
        add conv2d 6 3x3 groups=2 activation=relu
        add globalmaxpooling2d keepdims=true
        add flatten
        add dense 1 activation=sigmoid""",
    "batch normalisation": """
        add batchnormalization
        add conv2d 4 3x3 use_bias=false
        add batchnormalization momentum=0.5 epsilon=0.01 scale=false
        add activation relu
        add averagepooling2d 2x2
        add batchnormalization momentum=0.5 center=false
        add flatten
        add dense 4
        add batchnormalization momentum=0.5
        add dense 1 activation=sigmoid""",
    "rescaling": """
        add rescaling scale=2 offset=-1
        add rescaling scale=[0.5 1 2] offset=[0.1 0.2 0.3]
        add maxpooling2d
        add rescaling scale=[2 1 0.5]
        add flatten
        add dropout 0.5
        add dense 1 activation=sigmoid""",
    "dense on pictures": """
        add dense 5 activation=tanh
        add conv2d 3 3x3
        add dense 2 activation=softmax
        add activation sigmoid
        add globalaveragepooling2d
        add dense 1 activation=sigmoid""",
    "softmax over channels": """
        add conv2d 4 3x3 activation=softmax
        add maxpooling2d
        add activation softmax
        add globalaveragepooling2d keepdims=true
        add flatten
        add dense 2 activation=softmax""",
    "activations": """
        add activation relu
        add flatten
        add dense 6 activation=tanh
        add activation leaky_relu
        add dense 6 activation=sigmoid
        add dense 6 activation=linear
        add activation tanh
        add dense 3 activation=softmax""",
}


def convo(folder, script):
    ran = subprocess.run(
        [CONVO, "--json", "-c", script], cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    convo(folder, "make dataset horse-or-human limit=5")
    return folder


def session(layers, options="", steps=3):
    last = layers.strip().splitlines()[-1]
    outputs = int(last.split()[2])
    binary = outputs == 1
    loss = "binary_crossentropy from_logits=true" if "activation" not in last else (
        "binary_crossentropy" if binary else "sparse_categorical_crossentropy")
    return f"""
load generator train from datasets/horse-or-human/train rescale=1/255 target_size=29x37 batch_size=3 class_mode={"binary" if binary else "sparse"} interpolation=bilinear {options}
new model input=29x37x{1 if "grayscale" in options else 3}
{layers}
compile loss={loss} optimizer=sgd learning_rate=0.05
fit train steps_per_epoch={steps} epochs=1
"""


def prepared(folder, files, notes):
    """Pictures as the file's own notes say, with nothing of convo's."""
    how = json.loads(notes["preprocessing"])
    keras_utils = pytest.importorskip("keras.utils")
    images = []
    for file in files:
        image = keras_utils.img_to_array(keras_utils.load_img(
            folder / file, color_mode=how["color_mode"], target_size=how["target_size"],
            interpolation=how["interpolation"], keep_aspect_ratio=how["keep_aspect_ratio"]))
        image = image * numpy.float32(how.get("rescale", 1))
        if how.get("samplewise_center"):
            image = image - image.mean()
        if how.get("samplewise_std_normalization"):
            image = image / (image.std() + 1e-6)
        if "mean" in how:
            image = image - numpy.array(how["mean"], "float32")
        if "std" in how:
            image = image / (numpy.array(how["std"], "float32") + 1e-6)
        images.append(image)
    return numpy.stack(images).astype("float32")


def check(folder, script):
    events = convo(folder, script + "\nexport model.onnx\npredict datasets/horse-or-human/validation")
    predictions = [event for event in events if event["event"] == "prediction"]
    assert len(predictions) == 10
    path = str(folder / "model.onnx")
    onnx.checker.check_model(path, full_check=True)
    notes = {note.key: note.value for note in onnx.load(path).metadata_props}
    assert json.loads(notes["class_names"]) == ["horses", "humans"]
    runtime = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    images = prepared(folder, [event["file"] for event in predictions], notes)
    (answers,) = runtime.run(None, {"input": images})
    scores = numpy.array([event["scores"] for event in predictions])
    assert answers.shape == scores.shape
    numpy.testing.assert_allclose(answers, scores, atol=1e-5, rtol=1e-5)
    assert scores.std(axis=0).max() > 1e-4, "answers that are all the same would prove little"
    # Any number of pictures at once.
    (alone,) = runtime.run(None, {"input": images[:1]})
    numpy.testing.assert_allclose(alone, answers[:1], atol=1e-6)


@pytest.mark.parametrize("name", MODELS)
def test_onnxruntime_answers_as_convo_does(pictures, name):
    check(pictures, session(MODELS[name]))


@pytest.mark.parametrize("options", [
    "color_mode=grayscale", "keep_aspect_ratio=true", "samplewise_std_normalization=true",
    "featurewise_std_normalization=true",
])
def test_the_notes_in_the_file_say_how_pictures_are_prepared(pictures, options):
    check(pictures, session(MODELS["the notes"], options))
