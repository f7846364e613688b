"""The notes' whole program in Keras, from the folders of pictures to the last epoch.

    python -m convobench.keras_side.fit PLAN        in the folder of train/ and validation/; PLAN as `fit.Plan` in JSON
"""

import json
import sys

from . import build


def main(plan):
    train = build.generator("train", plan["model"], plan["batch"])
    validation = build.generator("validation", plan["model"], plan["validation_batch"])
    model = build.model(plan["model"])
    history = model.fit(
        train, steps_per_epoch=plan["steps"], epochs=plan["epochs"], verbose=0, validation_data=validation,
        validation_steps=plan["validation_steps"])
    print(json.dumps({name: values[-1] for name, values in history.history.items()}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
