"""Takes turns: A B A B …, so that what disturbs the machine for a while disturbs all sides alike."""

import sys
import time

# After its turn a side's threads may still spin, waiting for more work; until they sleep, they would disturb the next.
PAUSE = 0.25


def interleave(rounds, *turns, what=""):
    """What each side's turns gave, as one list a side. A turn is a function that returns a list."""
    samples = [[] for _ in turns]
    for number in range(1, rounds + 1):
        if sys.stderr.isatty():
            print(f"\r{what} round {number} of {rounds} ", end="", file=sys.stderr, flush=True)
        for values, turn in zip(samples, turns):
            values += turn()
            time.sleep(PAUSE)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return samples
