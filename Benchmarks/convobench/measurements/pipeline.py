"""How fast do pictures in files become batches of floats?

Every side goes through a folder once, batch by batch, with nothing behind that would use the batches. Keras has two ways:
its `ImageDataGenerator`, which the notes use, and `image_dataset_from_directory` on tf.data.

Each side resizes as it does by itself (Keras's generator and convo take the nearest pixel, tf.data a bilinear mean of
four), and once with convo and the generator at Pillow's bilinear filter, which looks at all pixels.

Augmented, pictures are turned, moved, sheared, zoomed and flipped; tf.data has layers of its own for that, each of which
resamples the pictures once more.

convo decodes all pictures once when a generator is loaded, to find the broken ones, and keeps what it decoded as long as
there is room. That is turned off for all but the line that measures it, "kept in memory": what every epoch costs after
the first.
"""

from .. import machine, processes
from ..processes import require
from ..report import Comparison, Section, megabytes
from ..rounds import interleave
from ..settings import CONVO
from ..worker import Worker

TITLE = "From pictures in files to batches of floats, an epoch"
BATCH = 32
# What a session keeps of decoded pictures at most, `PixelCache.defaultBudget`.
BUDGET = 1 << 30
# Of what the program itself takes, pictures in the making among it.
ALLOWANCE = 200 << 20


def measure(bench):
    small, large = bench.folders.path / "evaluate", bench.folders.photographs
    size = list(bench.notes.input[:2])
    rounds = bench.settings.rounds_of(3)
    comparisons = []
    with Worker.convo() as convo, Worker.keras() as keras:

        def side(worker, **details):
            def turn():
                usual = {"size": size, "batch": BATCH, "augments": False, "keeps_pictures": False}
                images = worker.ask("load", threads=machine.cores(), **{**usual, **details})["images"]
                # The first time through warms up what is made once.
                times = [worker.ask("epoch", number=number) for number in range(1, 4)][1:]
                require(all(each["images"] == images for each in times), "not all pictures were seen")
                return [each["seconds"] for each in times]

            return turn

        def compare(what, target, ours, theirs):
            comparisons.append(
                Comparison(what, *interleave(rounds, side(convo, **ours), side(keras, **theirs), what=what), target))

        for kind, folder in (("PNG of the size wanted", small), ("JPEG 2000x1500", large)):
            common = {"directory": str(folder), "interpolation": "nearest"}
            generator = {**common, "way": "generator"}
            dataset = {**common, "interpolation": "bilinear", "way": "tf.data"}
            compare(f"{kind}, against the generator", 3.0, common, generator)
            compare(f"{kind}, against tf.data", 1.0, common, dataset)
            changed, augmented = {"augments": True}, f"{kind}, augmented"
            compare(f"{augmented}, against the generator", 3.0, common | changed, generator | changed)
            compare(f"{augmented}, against tf.data", 1.0, common | changed, dataset | changed)
            if folder == small:
                kept = {**common, "keeps_pictures": True}
                compare(f"{kind}, kept in memory, against the generator", 20.0, kept, generator)
        smooth = {"directory": str(large), "interpolation": "bilinear"}
        compare("JPEG 2000x1500, bilinear, against the generator", None, smooth, {**smooth, "way": "generator"})
        compare("JPEG 2000x1500, bilinear, against tf.data", None, smooth, {**smooth, "way": "tf.data"})
    many = bench.folders.many
    load = f"load generator many from {many} rescale=1/255 target_size={size[0]}x{size[1]} class_mode=binary"
    peak = processes.run([CONVO, "-c", load]).peak_bytes
    verdict = "within" if peak <= BUDGET + ALLOWANCE else "NOT within"
    count = sum(1 for _ in many.glob("*/*"))
    return Section(
        "pipeline",
        TITLE,
        notes=[
            f"{bench.folders.count('evaluate'):,} PNG files, {bench.folders.photograph_count:,} JPEG files, to "
            f"{size[0]}x{size[1]}, batches of {BATCH}. Rounds: {rounds} of 2 epochs.",
            f"Loading {count:,} PNG files, {megabytes(count * size[0] * size[1] * 3)} of pixels, took {megabytes(peak)} "
            f"at most: {verdict} the budget of {megabytes(BUDGET)} and {megabytes(ALLOWANCE)} for the program.",
        ],
        comparisons=comparisons,
    )
