"""Keras and convo train the same model from the same file, on the same images in the same order."""

import pathlib
import sys

import keras
import numpy as np
import pytest

import convo

RECORDED = pathlib.Path(__file__).resolve().parent.parent / "ConvoKerasTests" / "Recorded"
sys.path.insert(0, str(RECORDED))

from agreement import CASES, EPOCHS, train  # noqa: E402

IMAGES = RECORDED / "images"
TRAINED = [case for case in CASES if case.trains]


def opening(case, file):
    rescale = " rescale=1/255" if case.rescale else ""
    return [f'open "{file}" as model{rescale}', f'load generator train from "{IMAGES}" {case.options()}']


def losses(events):
    return [event["loss"] for event in convo.named(events, "batch")]


def scores(events):
    return np.array([event["scores"] for event in convo.named(events, "prediction")])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_of_keras_predicts_the_same(case, tmp_path):
    model = case.model()
    model.save(tmp_path / "first.keras")
    model.save(tmp_path / "first.h5")
    wanted = model.predict(case.generator(IMAGES), verbose=0)
    for name in ("first.keras", "first.h5"):
        events = convo.run(opening(case, tmp_path / name) + ["predict train"], tmp_path)
        np.testing.assert_allclose(scores(events), wanted, atol=1e-5, rtol=0)


@pytest.mark.parametrize("case", TRAINED, ids=lambda case: case.name)
def test_sixty_steps_and_more_have_the_same_losses(case, tmp_path):
    model = case.model()
    model.save(tmp_path / "first.keras")
    events = convo.run(
        opening(case, tmp_path / "first.keras") + [f"fit train epochs={EPOCHS} verbose=2", "save after.keras"], tmp_path)
    wanted = train(model, case.generator(IMAGES))
    model.optimizer.finalize_variable_values(model.trainable_variables)
    assert len(wanted) >= 60
    np.testing.assert_allclose(losses(events), wanted, rtol=1e-3)
    ours = keras.models.load_model(tmp_path / "after.keras")
    for found, expected in zip(ours.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-3, rtol=1e-3)


@pytest.mark.parametrize("case", TRAINED, ids=lambda case: case.name)
def test_keras_goes_on_where_convo_left_off(case, tmp_path):
    case.model().save(tmp_path / "first.keras")
    half = EPOCHS // 2
    events = convo.run(
        opening(case, tmp_path / "first.keras")
        + [f"fit train epochs={half} verbose=0", "save half.keras", f"fit train epochs={EPOCHS - half} verbose=2"],
        tmp_path)
    model = keras.models.load_model(tmp_path / "half.keras")
    assert int(model.optimizer.iterations) > 0
    wanted = train(model, case.generator(IMAGES), EPOCHS - half)
    np.testing.assert_allclose(losses(events), wanted, rtol=1e-3)


def test_the_notes_model_at_full_size(tmp_path):
    keras.utils.set_random_seed(2)
    layers = keras.layers
    blocks = [layer for filters in (16, 32, 64, 64, 64)
              for layer in (layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D(2, 2))]
    model = keras.Sequential(
        [keras.Input((300, 300, 3)), *blocks, layers.Flatten(), layers.Dense(512, activation="relu"),
         layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.RMSprop(learning_rate=0.001),
                  metrics=["accuracy"])
    model.save(tmp_path / "notes.keras")
    convo.run(["make dataset horse-or-human into pictures limit=8"], tmp_path)
    events = convo.run(
        ["open notes.keras rescale=1/255",
         "load generator train from pictures/train rescale=1/255 target_size=300x300 batch_size=8 class_mode=binary"
         " shuffle=false", "predict train", "fit train epochs=2 verbose=2"], tmp_path)
    images = keras.src.legacy.preprocessing.image.ImageDataGenerator(rescale=1 / 255.0).flow_from_directory(
        tmp_path / "pictures/train", target_size=(300, 300), batch_size=8, class_mode="binary", shuffle=False)
    np.testing.assert_allclose(scores(events), model.predict(images, verbose=0), atol=1e-5, rtol=0)
    np.testing.assert_allclose(losses(events), train(model, images, 2), rtol=1e-3)
