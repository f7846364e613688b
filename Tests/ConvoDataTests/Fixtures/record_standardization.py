"""Records what Keras's ImageDataGenerator.fit and .standardize make of small pictures.

Run with a Python that has Keras 3; it writes Recorded/standardization.json beside itself: data sets as bytes, the
arguments, and what the first pictures and one that is not in the data set become.
"""

import base64
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras.src.legacy.preprocessing.image import ImageDataGenerator

HERE = pathlib.Path(__file__).parent
SHOWN = 3


def packed(array):
    return {"shape": list(array.shape), str(array.dtype): base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()}


def pictures(count, shape, seed):
    """Neighbours and channels are alike, as in photographs, so that there is something to whiten."""
    random = np.random.RandomState(seed)
    noise = random.uniform(0, 255, (count,) + shape)
    smooth = (noise + np.roll(noise, 1, axis=1) + np.roll(noise, 1, axis=2)) / 3
    return np.clip(0.7 * smooth + 0.3 * smooth.mean(axis=-1, keepdims=True), 0, 255).astype("uint8")


# Fewer pictures than numbers in one, and more.
DATASETS = {
    "few": pictures(9 + 1, (4, 5, 3), 0), "many": pictures(70 + 1, (4, 3, 1), 1), "colour": pictures(90 + 1, (3, 4, 3), 2),
    "alpha": pictures(6 + 1, (3, 3, 4), 3)}
CENTRE, DEVIATION = {"featurewise_center": True}, {"featurewise_std_normalization": True}
CASES = [
    {}, {"samplewise_center": True}, {"samplewise_std_normalization": True}, CENTRE, DEVIATION,
    {"samplewise_std_normalization": True, **DEVIATION}, {"samplewise_center": True, **CENTRE}]
# An epsilon of 1e-6 beside singular values of 32-bit precision is nothing but noise where a value is nearly 0, so that
# pictures that have none are whitened, and larger ones tried.
WHITENED = [
    {"zca_whitening": True}, {"zca_whitening": True, "zca_epsilon": 0.5},
    {"zca_whitening": True, "samplewise_center": True, **DEVIATION}]

cases = []
for name, data in DATASETS.items():
    known = data[:-1].astype("float32")
    for arguments in CASES + (WHITENED if name in ("many", "colour") else []):
        for rescale in (None, 1 / 255):
            generator = ImageDataGenerator(rescale=rescale, **arguments)
            generator.fit(known)
            shown = np.stack([generator.standardize(data[index].astype("float32")) for index in [*range(SHOWN), -1]])
            cases.append({"dataset": name, "rescale": rescale, **arguments, "expected": packed(shown.astype("float32"))})
# With fewer pictures than numbers, what is not in their span is lost: those in it alone are compared.
for arguments in WHITENED[:2]:
    generator = ImageDataGenerator(rescale=1 / 255, **arguments)
    known = DATASETS["few"][:-1].astype("float32")
    generator.fit(known)
    shown = np.stack([generator.standardize(DATASETS["few"][index].astype("float32")) for index in [*range(SHOWN), -1]])
    cases.append({"dataset": "few", "rescale": 1 / 255, **arguments, "expected": packed(shown.astype("float32"))})

versions = f"Keras {keras.__version__}, NumPy {np.__version__}"
record = {"versions": versions, "datasets": {name: packed(data) for name, data in DATASETS.items()}, "cases": cases}
(HERE / "Recorded").mkdir(exist_ok=True)
(HERE / "Recorded/standardization.json").write_text(json.dumps(record, indent=0) + "\n")
print(versions, len(cases), "cases")
