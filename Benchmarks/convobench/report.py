"""Tables of ratios. There is no way to show a time without the one that it is compared with."""

from dataclasses import dataclass, field
from statistics import median


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.0f} ms" if value >= 0.1 else f"{value * 1e3:.1f} ms"


def megabytes(value):
    return f"{value / 1e6:,.0f} MB"


def ratio_text(value):
    return f"{value:.0f}x" if value >= 20 else f"{value:.1f}x" if value >= 3 else f"{value:.2f}x"


@dataclass
class Comparison:
    """One row: what each side took, from interleaved rounds. Less is better; the ratio is theirs to ours."""

    what: str
    ours: list
    theirs: list
    # The ratio of the best that is wanted; `None` for what is measured for the record.
    target: float | None = None
    # Shows and judges the share that ours is of theirs, in place of the ratio; the target is the most it may be.
    as_share: bool = False

    @property
    def ratio(self):
        return min(self.theirs) / min(self.ours)

    @property
    def reached(self):
        if self.target is None:
            return True
        return 1 / self.ratio <= self.target if self.as_share else self.ratio >= self.target

    def verdict(self):
        if self.as_share:
            found, wanted = f"{1 / self.ratio:.2f} of it", f"at most {self.target:.2f}"
        else:
            found, wanted = ratio_text(self.ratio), f"{self.target}x" if self.target else ""
        if self.target is None:
            return f"{found}, for the record"
        return f"{found}, target {wanted}: {'reached' if self.reached else 'NOT reached'}"

    def cells(self, unit):
        medians = median(self.theirs) / median(self.ours)
        return [
            self.what,
            f"{unit(min(self.ours))} / {unit(median(self.ours))}",
            f"{unit(min(self.theirs))} / {unit(median(self.theirs))}",
            f"{1 / medians:.2f} of it" if self.as_share else ratio_text(medians),
            self.verdict(),
        ]


@dataclass
class Section:
    """What one measurement found."""

    name: str
    title: str
    # How it was measured, and what else was seen; a sentence or two each.
    notes: list = field(default_factory=list)
    comparisons: list = field(default_factory=list)
    # What the columns of best and median are called.
    sides: tuple = ("convo", "Keras")
    unit: object = staticmethod(seconds)

    @property
    def reached(self):
        return all(comparison.reached for comparison in self.comparisons)

    def markdown(self):
        ours, theirs = self.sides
        head = ["", f"{ours}, best / median", f"{theirs}, best / median", "medians", "best against best"]
        rows = [comparison.cells(self.unit) for comparison in self.comparisons]
        lines = [f"**{self.title}**", ""]
        if rows:
            lines += [*table([head, *rows]), ""]
        return "\n".join([*lines, *self.notes]).rstrip() + "\n"


def table(rows):
    """A Markdown table that reads well as it stands."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]

    def line(cells):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"

    return [line(rows[0]), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows[1:])]
