"""Writes plain-jpegs/*.jpg beside itself: small JPEGs of the kinds that are read in part.

Run with a Python that has Pillow and NumPy. Their pixels are not recorded: reading them in part is compared with reading
them as a whole, and that with Pillow in the other fixtures.
"""

import io
import pathlib

import numpy as np
from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "plain-jpegs"


def scene(height, width, seed):
    """Slopes, edges and patches of noise, `[height, width, 3]` of bytes."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = []
    for channel in range(3):
        slope = (x * (channel + 1) / width + y * (3 - channel) / height) % 1.0 * 255
        slope = np.where((x + 2 * y) // 9 % 4 == channel, 255 - slope, slope)
        noise = random.randint(-60, 60, (height, width)) * ((x // 16 + y // 16) % 3 == 0)
        planes.append(slope + noise)
    return np.clip(np.stack(planes, axis=-1), 0, 255).astype(np.uint8)


def main():
    FOLDER.mkdir(exist_ok=True)
    kinds = {"444": 0, "422": 1, "420": 2}
    seed = 0
    for kind, subsampling in kinds.items():
        for quality in (30, 75, 95, 100):
            for number, (height, width) in enumerate(((33, 47), (16, 64), (70, 5))):
                seed += 1
                options = {"optimize": (seed % 2 == 0), "restart_marker_blocks": (0, 1, 3)[(seed + number) % 3]}
                data = io.BytesIO()
                Image.fromarray(scene(height, width, seed)).save(
                    data, "JPEG", quality=quality, subsampling=subsampling, **options)
                (FOLDER / f"{kind}-{quality}-{width}x{height}.jpg").write_bytes(data.getvalue())


main()
