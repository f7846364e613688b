"""How long until something happens?

Whole processes, from their start to their end, after one round that brings the files into the system's cache:
`convo -c help` against `python -c "import keras"`, and asking a model about one picture. The model is the notes', in a
.keras file that Keras saved, and both sides open that same file.
"""

import json
import sys

from .. import processes
from ..processes import require
from ..report import Comparison, Section
from ..rounds import interleave
from ..settings import CONVO

TITLE = "Start"
TARGET_HELP = 60.0
TARGET_PREDICT = 30.0
# A process of convo is so short that its turn has several.
REPEATED = 5


def measure(bench):
    folder = bench.folders.path
    picture = bench.folders.picture()
    script = f'open "{bench.saved_model}" rescale=1/255\npredict "{picture}"'

    def convo(*arguments):
        return lambda: [processes.run([CONVO, *arguments], folder).seconds for _ in range(REPEATED)]

    def keras(*call):
        return lambda: [processes.run(call, folder, **processes.KERAS_ENVIRONMENT).seconds]

    turns = [
        convo("-c", "help"),
        keras(sys.executable, "-c", "import keras"),
        convo("--json", "-c", script),
        keras(*processes.python("keras_side.predict", bench.saved_model, picture)),
    ]
    answers(processes.run([CONVO, "--json", "-c", script], folder).output)
    for turn in turns:
        turn()
    rounds = bench.settings.rounds_of(5)
    help_ours, help_theirs, predict_ours, predict_theirs = interleave(rounds, *turns, what="start")
    return Section(
        "start",
        TITLE,
        notes=[f"Rounds: {rounds}; in each convo starts {REPEATED} times, and Keras once."],
        comparisons=[
            Comparison("convo -c help against import keras", help_ours, help_theirs, TARGET_HELP),
            Comparison(
                "open a saved model and predict one picture", predict_ours, predict_theirs, TARGET_PREDICT),
        ],
    )


def answers(output):
    """Makes sure that the script really asks the model."""
    events = [json.loads(line)["event"] for line in output.splitlines()]
    require("prediction" in events, "predict gave no answer")
