"""Runs a program from start to end, and measures it from outside.

The peak of a process's memory, as the system reports it, begins with what the process that started it had in use. So
this driver must stay small: it imports neither numpy nor Keras, and pictures are made by a process of their own.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from .settings import ROOT

# Of Keras's processes: no messages, no other device, none of the user's own Keras settings.
KERAS_ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "KERAS_BACKEND": "tensorflow",
    "KERAS_HOME": str(ROOT / ".venv-bench/keras"),
}


class Failure(Exception):
    """A program of one of the sides failed."""


def require(holds, problem):
    """Ends the run where the sides would not be comparable."""
    if not holds:
        raise Failure(problem)


@dataclass
class Outcome:
    seconds: float
    peak_bytes: int
    output: str


def environment(**more):
    return {**os.environ, "PYTHONPATH": str(ROOT / "Benchmarks"), **more}


def python(module, *arguments):
    """The call of one of our own modules in Keras's environment."""
    return [sys.executable, "-m", f"convobench.{module}", *arguments]


def run(call, folder=ROOT, **variables):
    """Runs a program to its end; standard output is what it answers."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in call], cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
            env=environment(**variables),
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
        if process.returncode != 0:
            errors.seek(0)
            said = (text + errors.read().decode(errors="replace")).strip().splitlines()[-20:]
            raise Failure("\n".join([f"{os.path.basename(str(call[0]))} ended with {process.returncode}", *said]))
    unit = 1 if sys.platform == "darwin" else 1024
    return Outcome(seconds, usage.ru_maxrss * unit, text)
