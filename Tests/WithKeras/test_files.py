"""Files of models: what convo saves, real Keras opens, with all that is in it."""

import json
import re
import zipfile

import keras
import numpy as np
import pytest

import convo

MODEL = [
    "new model mine input=20x20x3",
    "add rescaling 1/127.5 offset=-1",
    'add conv2d 8 3x3 activation=relu kernel_regularizer="l2(0.001)" kernel_constraint="max_norm(3)"',
    "add maxpooling2d 2x2",
    "add batchnormalization momentum=0.9",
    "add dropout 0.2",
    "add conv2d 4 3x3 padding=same activation=leaky_relu",
    "add averagepooling2d 2x2",
    "add flatten",
    "add dense 6 activation=tanh",
    "add dense 1 activation=sigmoid",
    'compile loss=binary_crossentropy optimizer=adam learning_rate=0.002 amsgrad=true metrics=[accuracy "precision(0.4)" auc]'
    " label_smoothing=0.1",
]
DATA = [
    "make dataset horse-or-human into pictures limit=8",
    "load generator train from pictures/train target_size=20x20 batch_size=4 class_mode=binary shuffle=false",
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved")
    events = convo.run(
        DATA + MODEL
        + ["fit train epochs=2", "save m.keras", "save m.h5", "save m.weights.h5", "evaluate train", "predict train"],
        folder)
    return folder, events


def images(folder):
    return keras.src.legacy.preprocessing.image.ImageDataGenerator().flow_from_directory(
        folder / "pictures/train", target_size=(20, 20), batch_size=4, class_mode="binary", shuffle=False)


@pytest.mark.parametrize("name", ["m.keras", "m.h5"])
def test_keras_predicts_and_evaluates_the_same(saved, name):
    folder, events = saved
    model = keras.models.load_model(folder / name)
    wanted = np.array([event["scores"] for event in convo.named(events, "prediction")])
    np.testing.assert_allclose(model.predict(images(folder), verbose=0), wanted, atol=1e-5, rtol=0)
    # Keras numbers the metrics that it makes anew for an .h5 file: auc_1.
    measured = {
        re.sub(r"_\d+$", "", metric): value
        for metric, value in model.evaluate(images(folder), verbose=0, return_dict=True).items()}
    ours = convo.named(events, "evaluation")[-1]
    for metric in ("loss", "accuracy", "precision", "auc"):
        assert measured[metric] == pytest.approx(ours[metric], abs=1e-5), metric
    assert int(model.optimizer.iterations) == 8


def test_keras_loads_the_weights_alone(saved):
    folder, events = saved
    model = keras.models.load_model(folder / "m.keras")
    for weight in model.weights:
        weight.assign(np.zeros(weight.shape))
    model.load_weights(folder / "m.weights.h5")
    wanted = np.array([event["scores"] for event in convo.named(events, "prediction")])
    np.testing.assert_allclose(model.predict(images(folder), verbose=0), wanted, atol=1e-5, rtol=0)


def test_convo_opens_what_keras_saved_again(saved):
    folder, events = saved
    model = keras.models.load_model(folder / "m.keras")
    model.save(folder / "again.keras")
    model.save(folder / "again.h5")
    model.save_weights(folder / "again.weights.h5")
    wanted = np.array([event["scores"] for event in convo.named(events, "prediction")])
    for name in ("again.keras", "again.h5"):
        found = convo.run(DATA + [f"open {name}", "predict train"], folder)
        np.testing.assert_allclose(
            np.array([event["scores"] for event in convo.named(found, "prediction")]), wanted, atol=1e-7, rtol=0)
    found = convo.run(DATA + ["open m.keras", "open again.weights.h5", "predict train"], folder)
    np.testing.assert_allclose(
        np.array([event["scores"] for event in convo.named(found, "prediction")]), wanted, atol=1e-7, rtol=0)


def test_what_keras_passes_over_is_there(saved):
    folder, _ = saved
    with zipfile.ZipFile(folder / "m.keras") as archive:
        ours = json.loads(archive.read("convo.json"))
    assert ours["preprocessing"]["class_names"] == ["horses", "humans"]
    assert [epoch["epoch"] for epoch in ours["history"]] == [1, 2]


def test_layers_that_convo_lacks_are_named(tmp_path):
    keras.Sequential([keras.Input((8, 8, 3)), keras.layers.SeparableConv2D(2, 3, name="special")]).save(
        tmp_path / "a.keras")
    events = convo.run(["open a.keras"], tmp_path, ok=False)
    assert "layer 'special' is a SeparableConv2D" in convo.named(events, "error")[0]["message"]


def test_a_functional_row_of_layers_is_opened(tmp_path):
    inputs = keras.Input((8, 8, 3))
    outputs = keras.layers.Dense(2, activation="softmax")(keras.layers.Flatten()(inputs))
    keras.Model(inputs, outputs).save(tmp_path / "row.keras")
    keras.Model(inputs, [outputs, keras.layers.GlobalMaxPooling2D()(inputs)]).save(tmp_path / "fork.keras")
    events = convo.run(["open row.keras", "summary"], tmp_path)
    assert convo.named(events, "summary")[0]["total_params"] == 386
    events = convo.run(["open fork.keras"], tmp_path, ok=False)
    assert "layers are no row" in convo.named(events, "error")[0]["message"]
