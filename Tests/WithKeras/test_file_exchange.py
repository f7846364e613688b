"""Models that Keras trained go to convo and back in files: nothing is lost, and either side trains on like the other.

Each case is a model of Tests/ConvoKerasTests/Recorded/agreement.py; together they have every layer, loss, optimizer,
regularizer and constraint of convo.
"""

import os
import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest

import convo

sys.path.append(str(pathlib.Path(__file__).parents[1] / "ConvoKerasTests" / "Recorded"))
import agreement  # noqa: E402

CASES = {case.name: case for case in agreement.CASES}
# With dropout, the two sides leave out other values: nothing about its training can be compared.
TRAINED = [name for name, case in CASES.items() if case.trains]
FORMATS = ["keras", "h5"]
# The losses of further training are compared over so many epochs.
EPOCHS = 2


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "pictures"
    agreement.draw(folder)
    return folder


def load(case, pictures):
    return f"load generator train from {pictures} {case.options()}"


def opened(case, file):
    """With the images prepared as in training, of which files of Keras say nothing."""
    return f"open {file}" + (" rescale=1/255" if case.rescale else "")


def scores(events, outputs):
    """What `predict` says of each file, by its name: Keras's outputs."""
    predictions = convo.named(events, "prediction")
    names = [pathlib.Path(event["file"]).parts[-2:] for event in predictions]
    if "scores" in predictions[0]:
        return dict(zip(names, (event["scores"] for event in predictions)))
    assert outputs == 1
    return dict(zip(names, ([event["score"]] for event in predictions)))


def expected_scores(model, case, pictures):
    generator = case.generator(pictures)
    names = [pathlib.Path(file).parts[-2:] for file in generator.filenames]
    return dict(zip(names, model.predict(generator, verbose=0)))


def assert_same_scores(actual, expected):
    assert set(actual) == set(expected)
    names = sorted(expected)
    convo.assert_close([actual[name] for name in names], [expected[name] for name in names], absolute=1e-5)


def batch_losses(events):
    return [event["loss"] for event in convo.named(events, "batch")]


def optimizer_numbers(model):
    return [np.asarray(variable) for variable in model.optimizer.variables]


def assert_same_bits(actual, expected):
    assert len(actual) == len(expected)
    for one, other in zip(actual, expected):
        np.testing.assert_array_equal(one, other)


def plain(config):
    """A configuration without what says how, not what, Keras computes, and with one spelling of each thing."""
    if isinstance(config, dict):
        if config.get("class_name") == "DTypePolicy":
            return config["config"]["name"]
        skipped = {"registered_name", "build_config", "shared_object_id", "module"}
        kept = {name: plain(value) for name, value in config.items() if name not in skipped}
        # Nothing and false are the same here.
        return kept | {name: bool(kept[name]) for name in kept.keys() & {"synchronized"}}
    if isinstance(config, (list, tuple)):
        return [plain(value) for value in config]
    return config


def options(optimizer):
    """All options but the name, which Keras makes up and numbers."""
    return {name: value for name, value in optimizer.get_config().items() if name != "name"}


def trained(name, pictures, tmp_path, ending, epochs=1):
    """A model that Keras trained, and saved."""
    case = CASES[name]
    model = case.model()
    agreement.train(model, case.generator(pictures), epochs)
    model.save(tmp_path / f"theirs.{ending}")
    return case, model


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_convo_predicts_like_the_model_that_keras_saved(name, ending, pictures, tmp_path):
    case, model = trained(name, pictures, tmp_path, ending)
    events = convo.run([load(case, pictures), opened(case, f"theirs.{ending}"), "predict train"], tmp_path)
    assert_same_scores(scores(events, model.output_shape[-1]), expected_scores(model, case, pictures))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", TRAINED)
def test_convo_trains_on_where_keras_left_off(name, ending, pictures, tmp_path):
    case, model = trained(name, pictures, tmp_path, ending)
    events = convo.run(
        [load(case, pictures), opened(case, f"theirs.{ending}"), f"fit train epochs={EPOCHS} verbose=2"], tmp_path)
    theirs = agreement.train(model, case.generator(pictures), EPOCHS)
    convo.assert_close(batch_losses(events), theirs, relative=1e-3, what="losses")


@pytest.mark.parametrize("name", TRAINED)
def test_keras_trains_on_where_convo_left_off(name, pictures, tmp_path):
    """Not with .h5: what Keras 3 itself loads from its own .h5 files, it can't train on before compiling it anew."""
    case, model = trained(name, pictures, tmp_path, "keras")
    # Convo does one epoch of its own between the two files.
    events = convo.run(
        [load(case, pictures), opened(case, "theirs.keras"), "fit train", "save ours.keras", "predict train",
         f"fit train epochs={EPOCHS} verbose=2"], tmp_path)
    ours = keras.saving.load_model(tmp_path / "ours.keras")
    assert_same_scores(scores(events, model.output_shape[-1]), expected_scores(ours, case, pictures))
    theirs = agreement.train(ours, case.generator(pictures), EPOCHS)
    convo.assert_close(theirs, batch_losses(events), relative=1e-3, what="losses")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_keras_predicts_like_the_model_that_convo_trained(name, ending, pictures, tmp_path):
    case, model = trained(name, pictures, tmp_path, ending)
    events = convo.run(
        [load(case, pictures), opened(case, f"theirs.{ending}"), "fit train", f"save ours.{ending}", "predict train"],
        tmp_path)
    ours = keras.saving.load_model(tmp_path / f"ours.{ending}")
    assert_same_scores(scores(events, model.output_shape[-1]), expected_scores(ours, case, pictures))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_a_file_that_was_opened_and_saved_holds_the_same(name, ending, pictures, tmp_path):
    case, model = trained(name, pictures, tmp_path, ending)
    convo.run([opened(case, f"theirs.{ending}"), f"save ours.{ending}"], tmp_path)
    theirs = keras.saving.load_model(tmp_path / f"theirs.{ending}")
    ours = keras.saving.load_model(tmp_path / f"ours.{ending}")
    assert_same_bits(ours.get_weights(), theirs.get_weights())
    assert_same_bits(ours.get_weights(), model.get_weights())
    assert type(ours.optimizer) is type(theirs.optimizer)
    assert_same_bits(optimizer_numbers(ours), optimizer_numbers(theirs))
    layers = [[plain(layer.get_config()) for layer in each.layers] for each in (ours, theirs)]
    assert layers[0] == layers[1]
    assert options(ours.optimizer) == options(theirs.optimizer)
    generator = case.generator(pictures)
    assert ours.evaluate(generator, verbose=0) == theirs.evaluate(generator, verbose=0)


@pytest.mark.parametrize("name", CASES)
def test_weights_alone_go_both_ways(name, pictures, tmp_path):
    case, model = trained(name, pictures, tmp_path, "keras")
    model.save_weights(tmp_path / "theirs.weights.h5")
    untrained = case.model()
    untrained.save(tmp_path / "untrained.keras")
    convo.run(
        [opened(case, "untrained.keras"), "open theirs.weights.h5", "save ours.weights.h5", "save whole.keras"], tmp_path)
    untrained.load_weights(tmp_path / "ours.weights.h5")
    assert_same_bits(untrained.get_weights(), model.get_weights())
    whole = keras.saving.load_model(tmp_path / "whole.keras")
    assert_same_bits(optimizer_numbers(whole), optimizer_numbers(model))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_learning_rate_that_was_reduced_travels(ending, pictures, tmp_path):
    case = CASES["notes"]
    case.model().save(tmp_path / f"theirs.{ending}")
    convo.run(
        [load(case, pictures), opened(case, f"theirs.{ending}"),
         "fit train epochs=3 reduce_lr=loss(patience=1 min_delta=1000 factor=0.5)", f"save ours.{ending}"], tmp_path)
    model = keras.saving.load_model(tmp_path / f"ours.{ending}")
    # Nothing is as large an improvement: halved after the second epoch and after the third.
    assert float(model.optimizer.learning_rate) == pytest.approx(0.00025)
    assert int(model.optimizer.iterations) == 3 * len(case.generator(pictures))
    model.optimizer.learning_rate = 0.004
    model.save(tmp_path / f"theirs.{ending}")
    convo.run([opened(case, f"theirs.{ending}"), f"save ours.{ending}"], tmp_path)
    assert float(keras.saving.load_model(tmp_path / f"ours.{ending}").optimizer.learning_rate) == pytest.approx(0.004)


@pytest.mark.parametrize("ending", FORMATS)
def test_what_keras_passes_over_comes_back(ending, pictures, tmp_path):
    case = CASES["notes"]
    picture = sorted((pictures / "dots").iterdir())[0]
    begun = [load(case, pictures), opened(case, "theirs.keras"), "fit train epochs=2", f"save ours.{ending}"]
    asked = [f"predict {picture}", "history"]
    case.model().save(tmp_path / "theirs.keras")
    before = convo.run(begun + asked, tmp_path)
    after = convo.run([f"open ours.{ending}", *asked], tmp_path)
    for name in ["prediction", "table"]:
        kept = [[{key: value for key, value in event.items() if key != "cell"} for event in convo.named(events, name)]
                for events in (before, after)]
        assert kept[0] and kept[0][-1:] == kept[1][-1:], name
    keras.saving.load_model(tmp_path / f"ours.{ending}")
    # Training goes on as if there had been no file between.
    (on, over) = (convo.run([load(case, pictures), *lines, "fit train verbose=2"], tmp_path)
                  for lines in (begun[1:], [f"open ours.{ending}"]))
    assert batch_losses(on)[-6:] == batch_losses(over)
    assert convo.named(over, "epoch")[-1]["epoch"] == 3


def test_weights_of_another_model_are_refused(pictures, tmp_path):
    _, model = trained("notes", pictures, tmp_path, "keras")
    model.save_weights(tmp_path / "theirs.weights.h5")
    CASES["same"].model().save(tmp_path / "other.keras")
    before = CASES["same"].model().get_weights()
    (tmp_path / "all.convo").write_text("open other.keras\nopen theirs.weights.h5\nsave after.keras\n")
    outcome = subprocess.run(
        [os.environ["CONVO"], "run", "--keep-going", "all.convo"], cwd=tmp_path, capture_output=True, text=True,
        timeout=600)
    assert outcome.returncode == 1 and "theirs.weights.h5" in outcome.stderr
    # What was open already is as it was.
    assert_same_bits(keras.saving.load_model(tmp_path / "after.keras").get_weights(), before)


def test_a_model_that_was_compiled_alone_opens(tmp_path):
    """Its optimizer is not built yet, and has a counter and a learning rate alone."""
    for name, case in CASES.items():
        for ending in FORMATS:
            case.model().save(tmp_path / f"{name}.{ending}")
            convo.run(f"open {name}.{ending}", tmp_path)
