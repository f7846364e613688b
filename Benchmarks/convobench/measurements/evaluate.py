"""How long does it take to evaluate the notes' model on 1,000 pictures in files?

In a process that is warm, and as a whole process from its start. The model is untrained, which makes no difference to the
work; batches of 32, as in the notes.

Keras decodes every picture while it evaluates. convo decodes all pictures once when a generator is loaded, to find the
broken ones, and keeps what it decoded as long as there is room. For the first line nothing is kept, so both decode each
picture within the time that is measured. The second line takes loading and evaluating together, as a session has it.
"""

import json

from .. import commands, machine, processes
from ..processes import require
from ..report import Comparison, Section
from ..rounds import interleave
from ..settings import CONVO
from ..worker import Worker

TITLE = "Evaluating the notes' model on pictures in files"
TARGET = 3.0
BATCH = 32


def measure(bench):
    folder = bench.folders.path
    images = bench.folders.count("evaluate")
    rounds = bench.settings.rounds_of(4)
    details = {
        "model": bench.notes.as_json(), "directory": str(folder / "evaluate"), "batch": BATCH,
        "threads": machine.cores(),
    }
    with Worker.convo() as convo, Worker.keras() as keras:

        def ask(side, keeps):
            answer = side.ask("evaluate", keeps_pictures=keeps, **details)
            require(answer["images"] == images, f"{answer['images']} pictures were evaluated, not {images}")
            return [answer]

        turns = [lambda: ask(convo, False), lambda: ask(convo, True), lambda: ask(keras, False)]
        for turn in turns:
            turn()
        alone, kept, theirs = interleave(rounds, *turns, what="evaluate")

    script = "\n".join(commands.evaluate(bench.notes, BATCH))
    whole_ours, whole_theirs = interleave(
        bench.settings.rounds_of(3),
        lambda: [processes.run([CONVO, "-c", script], folder).seconds],
        lambda: [processes.run(
            processes.python("keras_side.evaluate", json.dumps(bench.notes.as_json()), "evaluate", BATCH), folder,
            **processes.KERAS_ENVIRONMENT).seconds],
        what="evaluate, whole process,")

    def both(answers):
        return [answer["loading"] + answer["seconds"] for answer in answers]

    return Section(
        "evaluate",
        TITLE,
        notes=[f"{images:,} pictures, batches of {BATCH}. Rounds: {rounds}."],
        comparisons=[
            Comparison(
                "evaluate alone, warm, decoding within", [answer["seconds"] for answer in alone],
                [answer["seconds"] for answer in theirs], TARGET),
            Comparison("loading the folder and evaluate, warm", both(kept), both(theirs), TARGET),
            Comparison("the whole process", whole_ours, whole_theirs, TARGET),
        ],
    )
