"""Runs measurements and prints their tables; `script/bench` calls it once everything is there."""

import argparse
import importlib
import sys
import time

from . import machine, results
from .bench import Bench
from .processes import Failure
from .settings import RESULTS, ROOT, Settings
from .worker import Missing

# In the order in which they run, and stand in the results.
NAMES = ["step", "fit", "memory", "start", "evaluate", "pipeline", "shapes", "threads"]


def arguments():
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Measures convo against Keras on TensorFlow; Benchmarks/README.md explains.")
    parser.add_argument("names", nargs="*", metavar="|".join(NAMES), help="what to measure; everything if not given")
    parser.add_argument(
        "--quick", action="store_true", help="small models and few rounds, to see that all works; writes no results")
    parser.add_argument("--rounds", type=int, help="rounds of each measurement, in place of its own number")
    parser.add_argument("--torch", action="store_true", help="measure PyTorch too, in step, for the record")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in NAMES]:
        parser.error(f"there is no measurement {unknown[0]}; there are {', '.join(NAMES)}")
    if given.rounds is not None and given.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return given


def main():
    given = arguments()
    names = [name for name in NAMES if name in given.names or not given.names]
    settings = Settings(quick=given.quick, rounds=given.rounds, torch=given.torch)
    stamp = machine.stamp()
    sections = []
    try:
        with Bench(settings) as bench:
            for name in names:
                start = time.monotonic()
                print(f"convo: measuring {name}", file=sys.stderr)
                section = importlib.import_module(f".measurements.{name}", __package__).measure(bench)
                sections.append(section)
                quick = " (QUICK: small models, few rounds; says that all works, and nothing else)"
                print(f"## {name}{quick if settings.quick else ''}\n\n{section.markdown()}", flush=True)
                print(f"convo: {name} took {time.monotonic() - start:.0f} s", file=sys.stderr)
                if not settings.quick:
                    # At once, so that nothing is lost where a later one fails.
                    results.write([section], NAMES, stamp)
    except (Failure, Missing) as problem:
        sys.exit(f"convo: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    print(stamp.replace("<br>", ""))
    if settings.quick:
        return
    print(f"\nwritten to {RESULTS.relative_to(ROOT)}")
    if missed := [section.name for section in sections if not section.reached]:
        print(f"targets not reached in: {', '.join(missed)}")


if __name__ == "__main__":
    main()
