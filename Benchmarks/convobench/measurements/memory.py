"""How much memory does the notes' whole `fit` take?

The largest resident set of each process of `fit`, as the system reports it when the process ends (`wait4`). Asked for
together with `fit`, it looks at the same runs.
"""

from ..report import Comparison, Section, megabytes
from .fit import fits

TITLE = "Peak memory of the notes' whole fit"
TARGET = 8.0


def measure(bench):
    _, (ours, theirs) = fits(bench)
    return Section(
        "memory",
        TITLE,
        notes=[f"Runs of each side: {len(ours)}. The target is an eighth of Keras's."],
        comparisons=[
            Comparison(
                "largest resident set", [run.peak_bytes for run in ours], [run.peak_bytes for run in theirs], TARGET)
        ],
        unit=megabytes,
    )
