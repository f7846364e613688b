"""Records what Keras's ImageDataGenerator.apply_transform makes of small pictures.

Run with a Python that has Keras 3, SciPy and Pillow; it writes Recorded/transforms.json beside itself: pictures as
bytes, and for each case the parameters and the floats that come out.
"""

import base64
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import scipy
from keras.src.legacy.preprocessing.image import ImageDataGenerator

HERE = pathlib.Path(__file__).parent
# The last is square; one of a single row and one of a single column have no neighbours to interpolate with.
SHAPES = {"gray": (11, 13, 1), "rgb": (11, 13, 3), "rgba": (10, 8, 4), "square": (12, 12, 3), "row": (1, 7, 3),
          "column": (6, 1, 1)}
NEUTRAL = {"theta": 0, "tx": 0, "ty": 0, "shear": 0, "zx": 1, "zy": 1, "flip_horizontal": False,
           "flip_vertical": False, "channel_shift_intensity": None, "brightness": None}

ALONE = [
    {"theta": 17.3}, {"theta": -61.0}, {"theta": 180.0}, {"tx": 2.0}, {"ty": -3.0}, {"tx": -0.4, "ty": 1.7},
    {"tx": 30.5, "ty": -47.25}, {"shear": 12.5}, {"shear": -33.0}, {"zx": 0.6, "zy": 0.7}, {"zx": 1.9, "zy": 1.3},
    {"zx": 6.1, "zy": 5.3}, {"flip_horizontal": True}, {"flip_vertical": True},
    {"flip_horizontal": True, "flip_vertical": True}, {"channel_shift_intensity": 41.5},
    {"channel_shift_intensity": -80.25}, {"brightness": 0.0}, {"brightness": 0.37}, {"brightness": 1.0},
    {"brightness": 1.8}]
TOGETHER = [
    {"theta": 25.0, "tx": 1.5, "ty": -2.25, "shear": 9.0, "zx": 1.2, "zy": 0.85, "flip_horizontal": True},
    {"theta": -140.0, "tx": -3.1, "zx": 0.9, "zy": 2.2, "flip_vertical": True, "channel_shift_intensity": 25.0},
    {"ty": 4.6, "shear": 20.0, "flip_horizontal": True, "flip_vertical": True, "brightness": 0.61},
    {"theta": 8.0, "channel_shift_intensity": -30.0, "brightness": 1.25}]
FILLS = [("constant", 0.0), ("constant", 77.5), ("nearest", 0.0), ("reflect", 0.0), ("wrap", 0.0)]


def picture(shape, seed):
    noise = np.random.RandomState(seed).randint(0, 120, shape)
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    return np.clip(noise + (rows * 9 + columns * 7)[..., None] % 150, 3, 251).astype("uint8")


def packed(array):
    kind = {"float32": "float32", "uint8": "uint8"}[str(array.dtype)]
    return {"shape": list(array.shape), kind: base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()}


pictures = {name: picture(shape, seed) for seed, (name, shape) in enumerate(SHAPES.items())}
cases = []


def record(name, parameters, fill, cval):
    generator = ImageDataGenerator(fill_mode=fill, cval=cval)
    result = generator.apply_transform(pictures[name].astype("float32"), {**NEUTRAL, **parameters})
    cases.append({"picture": name, "fill_mode": fill, "cval": cval, **parameters,
                  "expected": packed(np.asarray(result, dtype="float32"))})


for fill, cval in FILLS:
    for parameters in ALONE[:12]:
        record("rgb", parameters, fill, cval)
    for parameters in TOGETHER:
        record("square", parameters, fill, cval)
    for name in ("gray", "rgba"):
        record(name, TOGETHER[0], fill, cval)
        record(name, TOGETHER[2], fill, cval)
    for name in ("row", "column"):
        record(name, {"tx": 1.25, "ty": -0.75, "zx": 0.9, "zy": 1.1}, fill, cval)
for parameters in ALONE[12:]:
    for name in ("gray", "rgb", "rgba"):
        record(name, parameters, "nearest", 0.0)
# Values that are no bytes: brightness spreads them first.
for cval in (-40.0, 300.0):
    for name in ("gray", "rgba", "square"):
        record(name, {"theta": 33.0, "brightness": 0.8}, "constant", cval)
        record(name, {"theta": 33.0, "channel_shift_intensity": 60.0}, "constant", cval)

versions = f"Keras {keras.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}"
record = {"versions": versions, "pictures": {name: packed(array) for name, array in pictures.items()}, "cases": cases}
(HERE / "Recorded/transforms.json").write_text(json.dumps(record, indent=0) + "\n")
print(versions, len(cases), "cases")
