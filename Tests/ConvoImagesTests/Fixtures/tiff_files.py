"""Tiny TIFF files of every kind that is read, for `record_formats.py`."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

from record import packed_rows, scene

HEIGHT, WIDTH = 9, 13

SHORT, LONG, LONG8 = 3, 4, 16
FORMATS = {SHORT: "H", LONG: "I", LONG8: "Q"}


def tiff(parts, order="<", tile=None, rows=None, big=False, width=WIDTH, height=HEIGHT, **fields):
    """A page of strips or tiles. Fields are lists of numbers, by their lower-case names."""
    tags = {
        "width": (256, LONG), "height": (257, LONG), "bits": (258, SHORT), "compression": (259, SHORT),
        "photometric": (262, SHORT), "fill": (266, SHORT), "offsets": (273, LONG), "orientation": (274, SHORT),
        "samples": (277, SHORT), "rows": (278, LONG), "counts": (279, LONG), "planar": (284, SHORT),
        "predictor": (317, SHORT), "colormap": (320, SHORT), "tile_width": (322, LONG), "tile_height": (323, LONG),
        "tile_offsets": (324, LONG), "tile_counts": (325, LONG), "extra": (338, SHORT), "format": (339, SHORT),
        "subsampling": (530, SHORT)}
    fields = {"width": [width], "height": [height], **fields}
    start, data = 16 if big else 8, b""
    offsets = []
    for part in parts:
        offsets.append(start + len(data))
        data += part + bytes(len(part) % 2)
    counts = [len(part) for part in parts]
    if tile:
        fields |= {"tile_width": [tile[1]], "tile_height": [tile[0]], "tile_offsets": offsets, "tile_counts": counts}
    else:
        fields |= {"rows": [rows or height], "offsets": offsets, "counts": counts}
    directory = start + len(data)
    size, number = (20, "Q") if big else (12, "I")
    entries, extra = b"", b""
    behind = directory + (8 if big else 2) + size * len(fields) + (8 if big else 4)
    for name, values in sorted(fields.items(), key=lambda field: tags[field[0]][0]):
        tag, kind = tags[name]
        packed = struct.pack(f"{order}{len(values)}{FORMATS[kind]}", *values)
        room = struct.calcsize(number)
        if len(packed) > room:
            place = struct.pack(order + number, behind + len(extra))
            extra += packed + bytes(len(packed) % 2)
        else:
            place = packed + bytes(room - len(packed))
        entries += struct.pack(f"{order}HH{number}", tag, kind, len(values)) + place
    mark = b"II" if order == "<" else b"MM"
    if big:
        head = mark + struct.pack(order + "HHHQ", 43, 8, 0, directory)
        return head + data + struct.pack(order + "Q", len(fields)) + entries + bytes(8) + extra
    head = mark + struct.pack(order + "HI", 42, directory)
    return head + data + struct.pack(order + "H", len(fields)) + entries + bytes(4) + extra


def strips(values, depth, rows, order="<"):
    """Each strip's rows, one after the other."""
    if depth >= 16:
        lines = [row.astype(f"{order}u{depth // 8}").tobytes() for row in values]
    elif depth == 12:
        lines = []
        for row in values.reshape(values.shape[0], -1):
            bits = "".join(format(value, "012b") for value in row)
            bits += "0" * (-len(bits) % 8)
            lines.append(bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)))
    else:
        lines = packed_rows(values, depth)
    return [b"".join(lines[i : i + rows]) for i in range(0, len(lines), rows)]


def tiff_pictures():
    def page(name, values, depth, photometric, order="<", rows=4, squeeze=False, **fields):
        parts = strips(values, depth, rows, order)
        if squeeze:
            parts = [zlib.compress(part) for part in parts]
            fields["compression"] = [8]
        samples = values.shape[2]
        return name + ".tiff", tiff(
            parts, order, rows=rows, height=values.shape[0], width=values.shape[1], bits=[depth] * samples,
            photometric=[photometric], samples=[samples], **fields)

    for order, mark in (("<", "little"), (">", "big")):
        for depth in (1, 2, 4, 8):
            for photometric, name in ((0, "inverted"), (1, "gray")):
                yield page(f"{name}{depth}-{mark}", scene(HEIGHT, WIDTH, 1, 1 << depth, seed=depth), depth, photometric, order)
            entries = [(37 * i + 11 * c + 5) % 256 * 257 for c in range(3) for i in range(1 << depth)]
            yield page(f"palette{depth}-{mark}", scene(HEIGHT, WIDTH, 1, 1 << depth, seed=depth), depth, 3, order, colormap=entries)
        wide = scene(HEIGHT, WIDTH, 1, 1 << 16, seed=70)
        wide[::2] //= 300
        yield page(f"gray16-{mark}", wide, 16, 1, order)
        yield page(f"gray16-squeezed-{mark}", wide, 16, 1, order, squeeze=True)
        yield page(f"signed16-{mark}", wide, 16, 1, order, format=[2])
        yield page(f"signed32-{mark}", np.where(wide % 7 == 0, 0xFFFF0000 + wide, wide), 32, 1, order, format=[2])
        floats = (wide.astype(np.float32) - 20.3).view(np.uint32).astype(np.int64)
        yield page(f"float32-{mark}", floats, 32, 1, order, format=[3])
        yield page(f"rgb16-{mark}", scene(HEIGHT, WIDTH, 3, 1 << 16, seed=71), 16, 2, order)
        yield page(f"rgba16-{mark}", scene(HEIGHT, WIDTH, 4, 1 << 16, seed=72), 16, 2, order, extra=[2])
        yield page(f"rgb16-squeezed-{mark}", scene(HEIGHT, WIDTH, 3, 1 << 16, seed=71), 16, 2, order, squeeze=True)
        yield page(f"rgb8-{mark}", scene(HEIGHT, WIDTH, 3, seed=73), 8, 2, order)
        yield page(f"cmyk16-{mark}", scene(HEIGHT, WIDTH, 4, 1 << 16, seed=74), 16, 5, order)
    twelve = scene(HEIGHT, WIDTH, 1, 1 << 12, seed=75)
    twelve[::2] //= 20
    yield page("gray12", twelve, 12, 1)
    yield page("inverted16", wide, 16, 0)
    yield page("unsigned32", wide, 32, 1)
    yield page("signed8", scene(HEIGHT, WIDTH, 1, seed=76), 8, 1, format=[2])
    two = scene(HEIGHT, WIDTH, 2, seed=77)
    entries = [(37 * i + 11 * c + 5) % 256 * 257 for c in range(3) for i in range(256)]
    for extra, name in ((0, "ignored"), (1, "premultiplied"), (2, "alpha")):
        yield page(f"rgba8-{name}", scene(HEIGHT, WIDTH, 4, seed=78), 8, 2, extra=[extra])
        yield page(f"rgba8-more-{name}", scene(HEIGHT, WIDTH, 5, seed=79), 8, 2, extra=[extra, 0])
        yield page(f"rgba16-{name}", scene(HEIGHT, WIDTH, 4, 1 << 16, seed=80), 16, 2, extra=[extra])
        if extra != 1:  # Pillow has no such modes
            yield page(f"gray8-{name}", two, 8, 1, extra=[extra])
            yield page(f"palette8-{name}", two, 8, 3, extra=[extra], colormap=entries)
    yield page("rgba8-unsaid", scene(HEIGHT, WIDTH, 4, seed=78), 8, 2)
    yield page("cmyk8", scene(HEIGHT, WIDTH, 4, seed=81), 8, 5)
    yield page("cmyk8-more", scene(HEIGHT, WIDTH, 5, seed=82), 8, 5, extra=[0])
    yield page("reversed-bits1", scene(HEIGHT, WIDTH, 1, 2, seed=83), 1, 1, fill=[2])
    yield page("reversed-bits8", scene(HEIGHT, WIDTH, 1, seed=84), 8, 1, fill=[2])
    rgb = scene(HEIGHT, WIDTH, 3, seed=85)
    for orientation in range(1, 9):
        yield page(f"orientation{orientation}", rgb, 8, 2, orientation=[orientation], squeeze=orientation % 2 == 0)
    planes = [part for channel in range(3) for part in strips(rgb[:, :, channel : channel + 1], 8, 4)]
    yield "planes.tif", tiff(planes, rows=4, bits=[8] * 3, photometric=[2], samples=[3], planar=[2])
    planes = [zlib.compress(part) for part in planes]
    yield "planes-squeezed.tif", tiff(
        planes, rows=4, bits=[8] * 3, photometric=[2], samples=[3], planar=[2], compression=[8])
    yield "one-strip.tif", tiff(strips(rgb, 8, 9), rows=1 << 31, bits=[8] * 3, photometric=[2], samples=[3])
    yield "big.tif", tiff(strips(rgb, 8, 9), big=True, bits=[8] * 3, photometric=[2], samples=[3])
    large = scene(35, 50, 3, seed=86)
    for depth, values, photometric in ((8, large, 2), (1, scene(35, 50, 1, 2, seed=87), 1), (16, large[:, :, :1], 1)):
        padded = np.pad(values, ((0, 13), (0, 14), (0, 0)))
        tiles = [
            strips(padded[y : y + 16, x : x + 32], depth, 16)[0] for y in range(0, 48, 16) for x in range(0, 64, 32)]
        fields = dict(
            tile=(16, 32), width=50, height=35, bits=[depth] * values.shape[2], photometric=[photometric],
            samples=[values.shape[2]])
        yield f"tiles{depth}.tif", tiff(tiles, **fields)
        yield f"tiles{depth}-squeezed.tif", tiff([zlib.compress(part) for part in tiles], compression=[8], **fields)
    differences = np.diff(rgb, axis=1, prepend=0) % 256
    yield page("predictor", differences, 8, 2, squeeze=True, predictor=[2])

    def saved(name, image, **options):
        out = io.BytesIO()
        image.save(out, "TIFF", **options)
        return name + ".tif", out.getvalue()

    picture = Image.fromarray(scene(20, 24, 3, seed=88).astype(np.uint8))
    for compression in ("tiff_lzw", "packbits", "tiff_deflate", "tiff_adobe_deflate", "lzma", "zstd"):
        yield saved("rgb-" + compression, picture, compression=compression)
    yield saved("rgb-jpeg", picture, compression="jpeg", quality=90)
    yield saved("gray-jpeg", picture.convert("L"), compression="jpeg", quality=90)
    yield saved("cmyk-jpeg", picture.convert("CMYK"), compression="jpeg", quality=90)
    yield saved("ycbcr-lzw", picture.convert("YCbCr"), compression="tiff_lzw")
    yield saved("ycbcr-raw", picture.convert("YCbCr"))
    yield saved("ycbcr-jpeg", picture.convert("YCbCr"), compression="jpeg", quality=90)
    bits = Image.fromarray(scene(20, 24, 1, seed=89)[:, :, 0].astype(np.uint8)).convert("1")
    for compression in ("group3", "group4", "tiff_ccitt", "packbits"):
        yield saved("bits-" + compression, bits, compression=compression)
    yield saved("pages", picture, save_all=True, append_images=[picture.rotate(180)], compression="tiff_lzw")
