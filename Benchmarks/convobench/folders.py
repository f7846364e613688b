"""Folders of pictures for what is measured from files. convo draws them; the sets are links to what it drew."""

import os
import shutil
from functools import cached_property

from . import processes
from .settings import CONVO

# Keras 3 runs dry where the pictures are no multiple of the batch: with 1,027 of them it trains every second epoch on
# a single batch. 1,024 are eight whole batches of 128.
TRAINING = 1024
EVALUATED = 1000


class Folders:
    """In the folder of the pictures:

    train/, validation/   for `fit`
    evaluate/             for `evaluate`
    one/                  a picture of each class
    photographs/          large JPEG files, for `pipeline`
    many/                 very many pictures, for `pipeline`
    """

    def __init__(self, settings):
        self.path = settings.pictures
        self.limit = 32 if settings.quick else None

    def make(self):
        """Draws what is missing, and links it anew."""
        limit = ["--limit", self.limit] if self.limit else []
        processes.run([CONVO, "datasets", "render", "horse-or-human", "--into", self.path / "drawn", *limit])
        train, validation = self.drawn("train"), self.drawn("validation")
        self.link("train", cut(train, TRAINING))
        self.link("validation", validation)
        self.link("evaluate", cut(train, EVALUATED))
        self.link("one", cut(validation, 2))
        return self

    @cached_property
    def photographs(self):
        """The folder of large JPEG files, which are made now if they are not there."""
        pictures = [file for files in self.drawn("train").values() for file in files[:: max(1, len(files) // 20)]]
        folder = self.path / "photographs"
        processes.run(processes.python("photographs", folder, self.photograph_count, 2000, 1500, *pictures))
        return folder

    @cached_property
    def many(self):
        """A folder of 50,000 pictures: links to few, which costs what as many files cost."""
        classes = self.drawn("train")
        copies = -(-(500 if self.limit else 50_000) // sum(map(len, classes.values())))
        folder = self.path / "many"
        shutil.rmtree(folder, ignore_errors=True)
        for label, files in classes.items():
            (folder / label).mkdir(parents=True)
            for copy in range(copies):
                for file in files:
                    os.link(file, folder / label / f"{copy}-{file.name}")
        return folder

    @property
    def photograph_count(self):
        return 16 if self.limit else 160

    def drawn(self, part):
        folder = self.path / "drawn" / part
        return {each.name: sorted(each.glob("*.png")) for each in sorted(folder.iterdir()) if each.is_dir()}

    def link(self, name, classes):
        shutil.rmtree(self.path / name, ignore_errors=True)
        for label, files in classes.items():
            folder = self.path / name / label
            folder.mkdir(parents=True)
            for file in files:
                # Seen by both sides as a file like any other.
                os.link(file, folder / file.name)

    def count(self, name):
        return sum(1 for _ in (self.path / name).glob("*/*.png"))

    def picture(self):
        """One picture, as a path in `path`."""
        return str(sorted((self.path / "one").glob("*/*.png"))[0].relative_to(self.path))


def cut(classes, count):
    """At most so many pictures, taken off the larger class first."""
    kept = dict(classes)
    while sum(map(len, kept.values())) > count:
        largest = max(kept, key=lambda name: len(kept[name]))
        kept[largest] = kept[largest][:-1]
    return kept
