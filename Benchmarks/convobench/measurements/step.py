"""How long does one training step of the notes' model take?

Batch 128 of 300x300x3, in memory, no decoding: forward, backward and the optimizer's update. Each side is a process that
stays and is warm, on the same pictures, and does two steps when it is its turn. Keras runs the faster of its two ways,
`train_on_batch` and a compiled step without anything around it.

In the same rounds the machine's multiply-add rate is measured: on all cores, on the widest vectors, from registers alone.
The dense arithmetic of the step, which is every product of the forward pass and of both ways back (the first layer has no
gradient to hand on), can't be done faster than at that rate. convo skips products that it knows to be zero.
"""

from contextlib import ExitStack

from .. import machine
from ..processes import require
from ..report import Comparison, Section
from ..rounds import interleave
from ..worker import Worker

TITLE = "One training step of the notes' model"
TARGET = 4.0
TARGET_SHARE = 0.8
STEPS = 2
PEAKS, PEAK_SECONDS = 3, 0.1


def measure(bench):
    model, threads = bench.notes, machine.cores()
    request = {**bench.batch(model), "threads": threads}
    with ExitStack() as stack:
        convo = stack.enter_context(Worker.convo())
        keras = stack.enter_context(Worker.keras())
        torch = stack.enter_context(Worker.torch()) if bench.settings.torch else None
        work = convo.ask("prepare", **request)
        ways = {"Keras": keras.ask("prepare", **request)}
        if torch:
            ways["PyTorch"] = torch.ask("prepare", **request)
        for side, answer in ways.items():
            require(answer["parameters"] == work["parameters"], f"{side} has another model")
        convo.steps(STEPS)

        def dense():
            rates = [convo.ask("peak", threads=threads, seconds=PEAK_SECONDS)["rate"] for _ in range(PEAKS)]
            return [work["multiply_adds"] / rate for rate in rates]

        turns = [lambda: convo.steps(STEPS), lambda: keras.steps(STEPS), dense]
        if torch:
            turns.append(lambda: torch.steps(STEPS))
        rounds = bench.settings.rounds_of(30)
        ours, theirs, arithmetic, *record = interleave(rounds, *turns, what="step")
    rate = work["multiply_adds"] / min(arithmetic) / 1e9
    section = Section(
        "step",
        TITLE,
        notes=[
            f"Batch {model.batch}, {threads} threads. Rounds: {rounds} of {STEPS} steps.",
            f"Dense arithmetic: {work['multiply_adds'] / 1e9:.1f} billion multiply-adds; the machine's peak: "
            f"{rate:.0f} billion a second, the best of the same rounds.",
            *(f"{side} by {answer['way']}." for side, answer in ways.items()),
            f"Loss of the last step: convo {convo.loss:.3f}, Keras {keras.loss:.3f}.",
        ],
        comparisons=[
            Comparison("Keras on TensorFlow", ours, theirs, TARGET),
            Comparison("the dense arithmetic at the machine's peak", ours, arithmetic, TARGET_SHARE, as_share=True),
        ],
        sides=("convo", "the other"),
    )
    if torch:
        section.comparisons.append(Comparison("PyTorch, eager", ours, record[0]))
    return section
