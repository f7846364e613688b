"""Makes a batch of pictures and of labels, as two files of 32-bit floats that all sides read.

    python -m convobench.synthetic PICTURES LABELS COUNT HEIGHT WIDTH CHANNELS

Smooth shapes with grain, in the 256 levels that pictures have, divided by 255. The two classes have stripes of other
directions, so there is something to learn, and what training does to the activations is what it does with photographs.
"""

import sys

import numpy


def picture(random, label, height, width, channels):
    rows, columns = numpy.mgrid[0:height, 0:width] / max(height, width)
    levels = numpy.empty((height, width, channels), dtype="f")
    for channel in range(channels):
        shade = random.uniform(60, 190) + 0 * rows
        for _ in range(4):
            angle = random.normal(0.3 if label else 1.2, 0.2)
            wave = numpy.cos(angle) * rows + numpy.sin(angle) * columns
            shade += random.uniform(8, 25) * numpy.sin(2 * numpy.pi * (random.uniform(1, 9) * wave + random.random()))
        levels[..., channel] = shade + random.normal(0, 6, shade.shape)
    return numpy.clip(numpy.rint(levels), 0, 255) / 255


def main(pictures, labels, count, height, width, channels):
    random = numpy.random.default_rng(0)
    classes = numpy.arange(count) % 2
    batch = numpy.stack([picture(random, label, height, width, channels) for label in classes])
    batch.astype("f").tofile(pictures)
    classes.astype("f").tofile(labels)


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
