"""What the tests of this folder share: running convo, folders of pictures, comparing numbers."""

import json
import os
import pathlib
import subprocess

import numpy as np
from PIL import Image


def run(commands, cwd, ok=True, arguments=(), timeout=600):
    """Runs commands (lines of text, or a list of them) in the folder `cwd`, and returns the JSON events as a list.

    With `ok`, every command has to succeed; without it, one of them has to fail.
    """
    text = commands if isinstance(commands, str) else "\n".join(commands)
    cwd = pathlib.Path(cwd)
    environment = os.environ | {"XDG_STATE_HOME": str(cwd / ".state"), "COLUMNS": "100"}
    outcome = subprocess.run(
        [os.environ["CONVO"], "--json", *arguments, "-c", text],
        cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout,
    )
    assert outcome.returncode == (0 if ok else 1), f"{text}\n{outcome.stdout[-4000:]}\n{outcome.stderr[-4000:]}"
    return [json.loads(line) for line in outcome.stdout.splitlines()]


def named(events, name):
    """The events of one name, such as "batch"."""
    return [event for event in events if event["event"] == name]


def draw_dataset(cwd, folder="pictures", limit=8, name="horse-or-human"):
    """Has convo draw a built-in data set into a folder of `cwd`; returns its path."""
    run(f"make dataset {name} into {folder} limit={limit}", cwd)
    return pathlib.Path(cwd) / folder


def draw_pictures(folder, classes=("a", "b"), count=10, size=(16, 16), seed=0):
    """Makes one folder a class of `count` PNG pictures of random pixels, `size` being height and width.

    Each class is a little brighter than the one before, so that there is something to learn.
    """
    random = np.random.default_rng(seed)
    for number, name in enumerate(classes):
        (pathlib.Path(folder) / name).mkdir(parents=True, exist_ok=True)
        for index in range(count):
            pixels = random.integers(0, 176, size=(*size, 3)) + 79 * number // max(1, len(classes) - 1)
            Image.fromarray(pixels.astype(np.uint8)).save(pathlib.Path(folder) / name / f"{index:03}.png")
    return pathlib.Path(folder)


def assert_close(actual, expected, absolute=0.0, relative=0.0, what="values"):
    """Fails with the largest difference where shapes differ or a value is further off than allowed."""
    actual, expected = np.asarray(actual, np.float64), np.asarray(expected, np.float64)
    assert actual.shape == expected.shape, f"{what}: shape {actual.shape}, expected {expected.shape}"
    excess = np.abs(actual - expected) - (absolute + relative * np.abs(expected))
    # A NaN is never within the bounds.
    assert np.all(excess <= 0), f"{what}: off by up to {np.max(np.abs(actual - expected))}"
