"""Is convo never slower than Keras, also where nothing fuses?

A training step of models other than the notes', as `step` measures it: larger kernels, strides, no pooling, other
pooling, batch normalisation, smaller pictures, pictures without colour. The list is `models.shapes`. A model with a layer
that this build of convo lacks is left out, and a line says so.
"""

from .. import machine, models
from ..processes import require
from ..report import Comparison, Section
from ..rounds import interleave
from ..worker import Missing, Worker

TITLE = "A training step of other models"
TARGET = 1.0


def measure(bench):
    threads = machine.cores()
    rounds, steps = bench.settings.rounds_of(6), 2
    section = Section("shapes", TITLE)
    with Worker.convo() as convo, Worker.keras() as keras:
        for model in models.shapes(bench.settings.quick):
            request = {**bench.batch(model), "threads": threads}
            try:
                work = convo.ask("prepare", **request)
            except Missing as missing:
                section.notes.append(f"Left out: {model.what}: this build of convo lacks {missing}.")
                continue
            answer = keras.ask("prepare", **request)
            require(answer["parameters"] == work["parameters"], f"{model.what}: the sides have different models")
            convo.steps(steps)
            ours, theirs = interleave(
                rounds, lambda: convo.steps(steps), lambda: keras.steps(steps), what=f"shapes: {model.what},")
            section.comparisons.append(Comparison(f"{model.what}, batch {model.batch}", ours, theirs, TARGET))
            if model.is_dense:
                peak = max(convo.ask("peak", threads=threads, seconds=0.1)["rate"] for _ in range(10))
                section.notes.append(
                    f"{model.what}: {work['multiply_adds'] / 1e9:.2f} billion multiply-adds in convo's best step, its "
                    f"optimizer included, are {work['multiply_adds'] / min(ours) / peak:.0%} of the machine's peak.")
    section.notes.insert(0, f"Rounds: {rounds} of {steps} steps.")
    return section
