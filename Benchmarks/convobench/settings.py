"""How large a run is, and where things lie."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONVO = ROOT / ".build/release/convo"
CONVO_BENCH = ROOT / ".build/release/convo-bench"
RESULTS = ROOT / "Benchmarks/RESULTS.md"


@dataclass(frozen=True)
class Settings:
    quick: bool = False
    # rounds asked for, in place of each measurement's own number
    rounds: int | None = None
    torch: bool = False

    def rounds_of(self, ordinary, quick=2):
        return self.rounds or (quick if self.quick else ordinary)

    @property
    def pictures(self):
        """Where the pictures are drawn; git ignores it."""
        return ROOT / "datasets" / ("benchmarks-quick" if self.quick else "benchmarks")
