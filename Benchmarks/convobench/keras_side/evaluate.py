"""Builds a model and evaluates it on a folder of pictures, as a whole program.

    python -m convobench.keras_side.evaluate MODEL FOLDER BATCH     MODEL as `models.Model.as_json`
"""

import json
import sys

from . import build


def main(model, folder, batch):
    print(build.model(model).evaluate(build.generator(folder, model, batch), verbose=0))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
