"""What the measurements share: settings, pictures in files and in memory, and results that two of them need."""

import json
import tempfile
from functools import cached_property
from pathlib import Path

from . import models, processes
from .folders import Folders
from .settings import Settings


class Bench:
    """Use it in a `with` statement, which clears up."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.scratch = tempfile.TemporaryDirectory(prefix="convo-bench-")
        # Whole runs of `fit`, which `memory` looks at too.
        self.fits = None

    @property
    def temporary(self):
        return Path(self.scratch.name)

    @cached_property
    def folders(self):
        return Folders(self.settings).make()

    @cached_property
    def notes(self):
        return models.notes(100, batch=16) if self.settings.quick else models.notes()

    def batch(self, model):
        """A request's details of a model and a batch for it, which is made now if it is not there."""
        name = "x".join(map(str, (model.batch, *model.input)))
        pictures, targets = self.temporary / f"pictures-{name}", self.temporary / f"targets-{name}"
        if not targets.exists():
            processes.run(processes.python("synthetic", pictures, targets, model.batch, *model.input))
        return {
            "model": model.as_json(), "batch": model.batch, "pictures": str(pictures), "targets": str(targets)}

    @cached_property
    def saved_model(self):
        """The notes' model, untrained, in Keras's file."""
        file = self.temporary / "model.keras"
        call = processes.python("keras_side.save", json.dumps(self.notes.as_json()), file)
        processes.run(call, **processes.KERAS_ENVIRONMENT)
        return file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.scratch.cleanup()
