"""Saves a new model, for `predict` and `evaluate` to load.

    python -m convobench.keras_side.save MODEL FILE.keras       MODEL as `models.Model.as_json`
"""

import json
import sys

from . import build

if __name__ == "__main__":
    build.model(json.loads(sys.argv[1])).save(sys.argv[2])
