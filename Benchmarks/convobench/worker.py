"""A side that stays: one process that is asked line by line, so that it is warm and works only when it is its turn."""

import contextlib
import json
import subprocess
import tempfile

from .processes import KERAS_ENVIRONMENT, Failure, environment, python
from .settings import CONVO_BENCH, ROOT


class Missing(Exception):
    """The side can't do what was asked: the build lacks a layer, or a package is not installed."""


class Worker:
    """Asks in JSON, an object a line. Use it in a `with` statement, which ends the process."""

    def __init__(self, call, **variables):
        self.errors = tempfile.TemporaryFile()
        # of the last training step
        self.loss = None
        self.process = subprocess.Popen(
            [str(part) for part in call], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors, env=environment(**variables), text=True,
        )

    @classmethod
    def convo(cls):
        return cls([CONVO_BENCH])

    @classmethod
    def keras(cls):
        return cls(python("keras_side.worker"), **KERAS_ENVIRONMENT)

    @classmethod
    def torch(cls):
        return cls(python("torch_side"))

    def ask(self, what, **details):
        """The answer, a dictionary."""
        line = ""
        try:
            self.process.stdin.write(json.dumps({"ask": what, **details}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            pass
        if not line:
            self.errors.seek(0)
            raise Failure(self.errors.read().decode(errors="replace").strip()[-2000:] or "a process ended early")
        answer = json.loads(line)
        if "error" in answer:
            raise (Missing if answer["missing"] else Failure)(answer["error"])
        return answer

    def steps(self, count):
        """The seconds of each of some training steps."""
        steps = self.ask("train", steps=count)["steps"]
        self.loss = steps[-1]["loss"]
        return [step["seconds"] for step in steps]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()
