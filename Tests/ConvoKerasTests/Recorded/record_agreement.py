"""Records what real Keras makes of the models in agreement.py: python record_agreement.py

Recorded with keras 3.15.1 and TensorFlow 2.21.0 on a processor. Writes images/, NAME.keras (the model before training, as
Keras saves it), NAME.midway.keras for some (in the middle of training, with all that the optimizer remembers) and
agreement.json: for each case the losses of at least 60 batches, the predictions before and after, and the weights after,
float32 in base64, little-endian.
"""

import base64
import json

import numpy as np
from agreement import BATCH, CASES, EPOCHS, draw, folder_beside, train


MIDWAY = 3


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array, dtype="<f4").tobytes()).decode()


def main():
    folder = folder_beside(__file__)
    draw(folder / "images")
    records = []
    for case in CASES:
        model = case.model()
        model.save(folder / f"{case.name}.keras")
        generator = case.generator(folder / "images")
        record = {"name": case.name, "options": case.options(), "rescale": case.rescale, "trains": case.trains,
                  "before": packed(model.predict(generator, verbose=0))}
        if case.trains:
            record["losses"] = train(model, generator, MIDWAY)
            if case.name in ("same", "groups", "squares", "averaged"):
                model.save(folder / f"{case.name}.midway.keras")
                model.save(folder / f"{case.name}.midway.h5")
            record["losses"] += train(model, generator, EPOCHS - MIDWAY)
            # As fit does when it ends: with use_ema the average takes the weights' place.
            model.optimizer.finalize_variable_values(model.trainable_variables)
            generator.reset()
            record["after"] = packed(model.predict(generator, verbose=0))
            record["weights"] = packed(np.concatenate([np.ravel(weight) for weight in model.get_weights()]))
        records.append(record)
        print(case.name, record.get("losses", [])[:2], record.get("losses", [])[-2:])
    text = json.dumps({"batch": BATCH, "epochs": EPOCHS, "midway": MIDWAY, "cases": records}, indent=1)
    (folder / "agreement.json").write_text(text + "\n")


main()
