"""How much faster is a training step on two cores than on one?

The step of `step`, by two processes of convo that take turns: one trains with one thread, the other with two.
"""

from .. import machine
from ..report import Comparison, Section
from ..rounds import interleave
from ..worker import Worker

TITLE = "A training step on two threads against one"
TARGET = 1.85
STEPS = 2


def measure(bench):
    section = Section("threads", TITLE, sides=("two threads", "one thread"))
    if machine.cores() < 2:
        section.notes.append("This machine has one core: there is nothing to compare.")
        return section
    request = bench.batch(bench.notes)
    rounds = bench.settings.rounds_of(10)
    with Worker.convo() as one, Worker.convo() as two:
        one.ask("prepare", threads=1, **request)
        two.ask("prepare", threads=2, **request)
        one.steps(STEPS)
        two.steps(STEPS)
        single, double = interleave(rounds, lambda: one.steps(STEPS), lambda: two.steps(STEPS), what="threads")
    section.notes.append(f"Batch {bench.notes.batch}. Rounds: {rounds} of {STEPS} steps.")
    section.comparisons.append(Comparison("the notes' model", double, single, TARGET))
    return section
