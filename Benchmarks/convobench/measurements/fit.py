"""How long does the notes' whole `fit` take, as a process, from start to end?

15 epochs of 8 steps from PNG files, with validation: starting the program, finding the pictures, decoding them, training,
measuring after each epoch. Both sides read the same folders, of exactly 1,024 training pictures (why: `folders`) and 256
for validation. Whole runs take turns. That both learn is shown by the accuracies after the last epoch.
"""

import json
from dataclasses import asdict, dataclass

from .. import commands, processes
from ..report import Comparison, Section
from ..rounds import interleave
from ..settings import CONVO

TITLE = "The notes' whole fit, as a process"
TARGET = 5.0


@dataclass(frozen=True)
class Plan:
    """What is trained, in both sides' words."""

    model: dict
    batch: int
    validation_batch: int
    steps: int
    epochs: int
    validation_steps: int


def plan(bench):
    batch, validation_batch = bench.notes.batch, 32
    return Plan(
        bench.notes.as_json(), batch, validation_batch,
        steps=bench.folders.count("train") // batch,
        epochs=2 if bench.settings.quick else 15,
        validation_steps=bench.folders.count("validation") // validation_batch,
    )


@dataclass
class Run:
    seconds: float
    peak_bytes: int
    # of the last epoch
    accuracy: float
    validation_accuracy: float


def fits(bench):
    """The runs of both sides, which `fit` and `memory` share."""
    if bench.fits is None:
        work = plan(bench)
        script = "\n".join(commands.fit(bench.notes, work))
        rounds = bench.settings.rounds_of(2, quick=1)

        def convo():
            outcome = processes.run([CONVO, "--json", "-c", script], bench.folders.path)
            last = [event for event in map(json.loads, outcome.output.splitlines()) if event["event"] == "epoch"][-1]
            return [Run(outcome.seconds, outcome.peak_bytes, last["accuracy"], last["val_accuracy"])]

        def keras():
            call = processes.python("keras_side.fit", json.dumps(asdict(work)))
            outcome = processes.run(call, bench.folders.path, **processes.KERAS_ENVIRONMENT)
            last = json.loads(outcome.output.splitlines()[-1])
            return [Run(outcome.seconds, outcome.peak_bytes, last["accuracy"], last["val_accuracy"])]

        bench.fits = work, interleave(rounds, convo, keras, what="fit")
    return bench.fits


def measure(bench):
    work, (ours, theirs) = fits(bench)
    what = f"{work.epochs} epochs of {work.steps} steps of {work.batch}, {work.validation_steps} of validation"
    return Section(
        "fit",
        TITLE,
        notes=[
            f"Runs of each side: {len(ours)}.",
            *(
                f"{side} learned: accuracy {spread([run.accuracy for run in runs])}, on the validation pictures "
                f"{spread([run.validation_accuracy for run in runs])}."
                for side, runs in (("convo", ours), ("Keras", theirs))
            ),
        ],
        comparisons=[Comparison(what, [run.seconds for run in ours], [run.seconds for run in theirs], TARGET)],
    )


def spread(values):
    texts = sorted({f"{value:.3f}" for value in values})
    return texts[0] if len(texts) == 1 else f"{texts[0]} to {texts[-1]}"
