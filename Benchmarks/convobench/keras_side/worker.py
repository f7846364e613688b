"""Keras as a process that stays: takes the same lines as `convo-bench` (Benchmarks/Sources/ConvoBench/Request.swift)."""

import contextlib
import io
import json
import sys
import time

import keras
import numpy
import tensorflow

from . import build, pipeline


class Training:
    """Steps on one batch in memory, by the faster of two ways: `train_on_batch`, and a compiled function of one's own
    without anything around it."""

    def __init__(self, description, pictures, targets):
        keras.backend.clear_session()
        self.model = build.model(description, metrics=())
        # In TensorFlow's memory from the start, so that no step copies them there.
        self.pictures, self.targets = tensorflow.constant(pictures), tensorflow.constant(targets)
        ways = {"train_on_batch": self.on_batch, "a tf.function": self.own_function()}
        times = {}
        for name, way in ways.items():
            way()
            times[name] = min(timed(way)["seconds"] for _ in range(2))
        self.name = min(times, key=times.get)
        self.way = ways[self.name]

    def on_batch(self):
        return self.model.train_on_batch(self.pictures, self.targets)

    def own_function(self):
        model = self.model
        loss_of = keras.losses.get(model.loss)
        optimizer = keras.optimizers.RMSprop(learning_rate=0.001)
        optimizer.build(model.trainable_variables)

        @tensorflow.function
        def step(pictures, targets):
            with tensorflow.GradientTape() as tape:
                loss = tensorflow.reduce_mean(loss_of(targets, model(pictures, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply(gradients, model.trainable_variables)
            return loss

        return lambda: step(self.pictures, self.targets).numpy()


def timed(way):
    start = time.perf_counter()
    # Whoever has the loss as a number has waited for the step.
    loss = float(way())
    return {"seconds": time.perf_counter() - start, "loss": loss}


class Answers:
    def __init__(self):
        self.training = None
        # the model that `evaluate` was asked about last, as it was described and as it was built
        self.evaluated = None, None
        self.pipeline = None

    def prepare(self, model, batch, threads, pictures, targets):
        del threads  # TensorFlow takes all cores
        self.training = None
        read = numpy.fromfile(pictures, dtype="f").reshape(batch, *model["input"])
        self.training = Training(model, read, numpy.fromfile(targets, dtype="f").reshape(batch, 1))
        return {"parameters": self.training.model.count_params(), "way": self.training.name}

    def train(self, steps):
        return {"steps": [timed(self.training.way) for _ in range(steps)]}

    def evaluate(self, model, directory, batch, threads, keeps_pictures):
        del threads, keeps_pictures  # Keras's generator decodes each time
        if self.evaluated[0] != model:
            self.evaluated = model, build.model(model)
        built = self.evaluated[1]
        start = time.perf_counter()
        generator = build.generator(directory, model, batch)
        loading = time.perf_counter() - start
        start = time.perf_counter()
        loss, _ = built.evaluate(generator, verbose=0)
        return {
            "loading": loading, "seconds": time.perf_counter() - start, "loss": loss, "images": generator.samples}

    def load(self, directory, size, batch, interpolation, augments, threads, keeps_pictures, way):
        del threads, keeps_pictures
        self.pipeline = pipeline.WAYS[way](directory, tuple(size), batch, interpolation, augments)
        return {"images": self.pipeline.images}

    def epoch(self, number):
        del number
        start = time.perf_counter()
        images = self.pipeline.epoch()
        return {"seconds": time.perf_counter() - start, "images": images}


def main():
    answers = Answers()
    for line in sys.stdin:
        request = json.loads(line)
        # Standard output is for answers alone.
        with contextlib.redirect_stdout(io.StringIO()):
            answer = getattr(answers, request.pop("ask"))(**request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
