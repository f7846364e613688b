"""Makes large JPEG files of small pictures, with the grain of a camera, whose decoding costs what photographs cost.

    python -m convobench.photographs TO COUNT WIDTH HEIGHT PICTURE…

Quality 90 and colours at half the resolution, as cameras write them; about 0.8 MB for 2000x1500 pixels.
"""

import sys
from pathlib import Path

import numpy
from PIL import Image


def main(folder, count, width, height, *pictures):
    random = numpy.random.default_rng(0)
    for number in range(int(count)):
        source = Path(pictures[number * len(pictures) // int(count)])
        target = Path(folder) / source.parent.name / f"{number}.jpg"
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(source) as picture:
            large = picture.convert("RGB").resize((int(width), int(height)), Image.Resampling.BICUBIC)
        grain = random.normal(0, 4, (int(height), int(width), 1))
        levels = numpy.clip(numpy.rint(numpy.asarray(large) + grain), 0, 255).astype("uint8")
        partial = target.with_suffix(".part")
        Image.fromarray(levels).save(partial, "jpeg", quality=90, subsampling="4:2:0")
        partial.rename(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
