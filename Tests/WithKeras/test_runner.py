"""The frame itself: convo runs, its pictures are read by Keras, a failure is told from a success."""

import keras
import numpy as np
import pytest

import convo


def test_keras_reads_the_pictures_that_convo_draws(tmp_path):
    folder = convo.draw_dataset(tmp_path, limit=4)
    assert len(list(folder.rglob("*.png"))) == 16
    first = sorted(folder.rglob("*.png"))[0]
    pixels = keras.utils.img_to_array(keras.utils.load_img(first))
    assert pixels.shape[2] == 3 and pixels.max() > pixels.min()


def test_a_failed_command_is_noticed(tmp_path):
    with pytest.raises(AssertionError):
        convo.run("no such command", tmp_path)
    assert convo.named(convo.run("no such command", tmp_path, ok=False), "ended")[-1]["ok"] is False


@pytest.mark.parametrize("actual", [[1.0, 2.1], [1.0, np.nan], [1.0]])
def test_what_is_not_close_fails(actual):
    convo.assert_close([1.0, 2.0], [1.0, 2.05], absolute=0.06)
    with pytest.raises(AssertionError):
        convo.assert_close(actual, [1.0, 2.0], absolute=0.05)
