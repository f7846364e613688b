"""Records the pictures of this folder and what Pillow makes of them.

Run with a Python that has Pillow, NumPy and Keras; it writes beside itself:

  pictures/*.png, *.jpg   tiny pictures of every kind that is read
  converted.txt           for each picture and colour mode, what Image.convert gives
  resized.txt             for some pictures, what Image.resize gives
  fitted.txt              for some pictures, what Keras's load_img gives with keep_aspect_ratio=True
  refused/*               files that Pillow refuses, and so do we
  recovered/*             damaged files that Pillow reads all the same; in converted.txt as well

A line of the .txt files is: file, colour mode, [height, width, interpolation,] height, width, channels, bytes in
base 64. PNG files are put together here, because Pillow cannot write all kinds. YCCK needs libturbojpeg.
"""

import base64
import ctypes
import io
import os
import pathlib
import struct
import warnings
import zlib

import numpy as np
import PIL
from PIL import Image, features

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
MODES = {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}
FILTERS = {name: Image.Resampling[name.upper()] for name in ("nearest", "bilinear", "bicubic", "lanczos", "box", "hamming")}
RESIZED = (
    ("rgb8.png", "rgb"), ("rgba8.png", "rgba"), ("gray8.png", "grayscale"), ("row.png", "rgb"), ("column.png", "rgba"),
    ("one-pixel.png", "rgb"), ("rgb-444-19x17.jpg", "rgb"))
ALL_FILTERS = ("rgb8.png", "rgba8.png", "gray8.png")
# The pictures are mostly 9 rows high and 13 pixels wide. In some of these sizes Pillow resamples columns first.
SIZES = ((4, 5), (20, 31), (9, 5), (3, 13), (1, 1), (10, 12), (1, 12), (4, 31), (5, 11), (4, 11))

FITTED = (("rgb8.png", "rgb"), ("rgba8.png", "rgba"), ("gray8.png", "grayscale"), ("rgb-444-19x17.jpg", "rgb"))
FITTED_SIZES = ((4, 5), (11, 17), (7, 7), (13, 9), (20, 4), (3, 16), (9, 12), (1, 1))


def scene(height, width, channels, levels=256, seed=0):
    """Smooth slopes, an edge and some noise, `[height, width, channels]` of integers below `levels`."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.RandomState(seed).randint(0, max(2, levels // 8), (height, width, channels))
    planes = []
    for channel in range(channels):
        slope = (x * (channel + 1) / width + y * (3 - channel % 3) / height) % 1.0
        slope = np.where((x + 2 * y) % (7 + channel) < 2, 1.0 - slope, slope)
        planes.append(slope * (levels - 1))
    return np.clip(np.stack(planes, axis=-1) + noise - levels // 16, 0, levels - 1).astype(np.int64)


# PNG

DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
NAMES = {0: "gray", 2: "rgb", 3: "palette", 4: "grayalpha", 6: "rgba"}
PASSES = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(values, depth):
    rows = []
    for row in values.reshape(values.shape[0], -1):
        if depth == 16:
            rows.append(row.astype(">u2").tobytes())
        elif depth == 8:
            rows.append(row.astype(np.uint8).tobytes())
        else:
            bits = "".join(format(value, f"0{depth}b") for value in row)
            bits += "0" * (-len(bits) % 8)
            rows.append(bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)))
    return rows


def filtered(rows, bytes_in_pixel):
    """Each row with another of the five filters."""
    out, above = b"", bytes(len(rows[0]) if rows else 0)
    for number, row in enumerate(rows):
        kind = number % 5
        line = bytearray()
        for i, byte in enumerate(row):
            a = row[i - bytes_in_pixel] if i >= bytes_in_pixel else 0
            b = above[i]
            c = above[i - bytes_in_pixel] if i >= bytes_in_pixel else 0
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line.append((byte - (0, a, b, (a + b) // 2, paeth)[kind]) % 256)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


def png(values, color_type, depth, interlaced=False, before=b""):
    height, width, channels = values.shape
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    pixel = max(1, depth * channels // 8)
    if interlaced:
        data = b""
        for y, x, down, right in PASSES:
            part = values[y::down, x::right]
            if part.size:
                data += filtered(packed_rows(part, depth), pixel)
    else:
        data = filtered(packed_rows(values, depth), pixel)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    )


def palette(entries):
    return chunk(b"PLTE", bytes((37 * i + 11 * c + 5) % 256 for i in range(entries) for c in range(3)))


def png_pictures():
    for color_type, depths in DEPTHS.items():
        for depth in depths:
            values = scene(9, 13, CHANNELS[color_type], 1 << depth, seed=color_type * 20 + depth)
            if color_type == 0 and depth == 16:
                values[::2] //= 300  # Pillow clips at 255: some values must lie below
            before = palette(1 << depth) if color_type == 3 else b""
            for interlaced in (False, True):
                name = f"{NAMES[color_type]}{depth}{'i' if interlaced else ''}.png"
                yield name, png(values, color_type, depth, interlaced, before)

    def transparent(name, color_type, depth, key, change=lambda values: values):
        values = change(scene(5, 7, CHANNELS[color_type], 1 << depth, seed=99))
        yield name, png(values, color_type, depth, before=chunk(b"tRNS", key(values)))

    for depth in (1, 2, 4, 8):
        yield from transparent(f"gray{depth}-key.png", 0, depth, lambda v: struct.pack(">H", int(v[2, 3, 0])))
    yield from transparent("gray4-key17.png", 0, 4, lambda v: struct.pack(">H", int(v[2, 3, 0]) * 17))
    yield from transparent("gray1-key256.png", 0, 1, lambda v: struct.pack(">H", 256))
    yield from transparent("gray16-key255.png", 0, 16, lambda v: struct.pack(">H", 255))
    yield from transparent("gray16-key.png", 0, 16, lambda v: struct.pack(">H", int(v[2, 3, 0])), lambda v: v // 300)
    yield from transparent("rgb8-key.png", 2, 8, lambda v: struct.pack(">HHH", *(int(x) for x in v[2, 3])))
    yield from transparent("rgb16-key.png", 2, 16, lambda v: struct.pack(">HHH", *(int(x) for x in v[2, 3])))
    yield from transparent("rgb16-keyhigh.png", 2, 16, lambda v: struct.pack(">HHH", *(int(x) >> 8 for x in v[2, 3])))

    indices = scene(9, 13, 1, 16, seed=7)
    yield "palette4-alpha.png", png(indices, 3, 4, before=palette(16) + chunk(b"tRNS", bytes(range(0, 160, 16))))
    yield "palette4-one.png", png(indices, 3, 4, before=palette(16) + chunk(b"tRNS", b"\xff\xff\xff\x00"))
    yield "palette8-short.png", png(indices, 3, 8, before=palette(9))
    yield "palette8-short-alpha.png", png(indices, 3, 8, before=palette(9) + chunk(b"tRNS", b"\x80\x00"))
    gamma = chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"tEXt", b"Comment\0a text")
    yield "rgb8-gamma.png", png(scene(5, 7, 3, seed=3), 2, 8, before=gamma)
    yield "one-pixel.png", png(scene(1, 1, 3, seed=4), 2, 8)
    yield "one-pixel-interlaced.png", png(scene(1, 1, 1, 4, seed=5), 0, 2, interlaced=True)
    yield "row.png", png(scene(1, 29, 3, seed=6), 2, 8)
    yield "column.png", png(scene(29, 1, 4, seed=8), 6, 8)


# JPEG


def jpeg(values, mode, **options):
    out = io.BytesIO()
    Image.fromarray(values.astype(np.uint8).squeeze(), mode).save(out, "JPEG", **options)
    return out.getvalue()


def ycck(values, subsampling):
    library = ctypes.CDLL("libturbojpeg.so.0")
    library.tjInitCompress.restype = ctypes.c_void_p
    height, width, _ = values.shape
    pixels = np.ascontiguousarray(values.astype(np.uint8)).tobytes()
    out, size = ctypes.POINTER(ctypes.c_ubyte)(), ctypes.c_ulong(0)
    tjpf_cmyk = 11
    status = library.tjCompress2(
        ctypes.c_void_p(library.tjInitCompress()), pixels, width, 0, height, tjpf_cmyk, ctypes.byref(out),
        ctypes.byref(size), subsampling, 85, 0)
    assert status == 0
    return ctypes.string_at(out, size.value)


def jpeg_pictures():
    for height, width in ((9, 13), (17, 19)):
        size = f"{width}x{height}"
        rgb = scene(height, width, 3, seed=11)
        yield f"gray-{size}.jpg", jpeg(scene(height, width, 1, seed=10), "L", quality=85)
        yield f"gray-progressive-{size}.jpg", jpeg(scene(height, width, 1, seed=10), "L", quality=85, progressive=True)
        for name, subsampling in (("444", "4:4:4"), ("422", "4:2:2"), ("420", "4:2:0"), ("411", "4:1:1")):
            yield f"rgb-{name}-{size}.jpg", jpeg(rgb, "RGB", quality=85, subsampling=subsampling)
            yield f"rgb-{name}-progressive-{size}.jpg", jpeg(
                rgb, "RGB", quality=70, subsampling=subsampling, progressive=True)
        yield f"cmyk-{size}.jpg", jpeg(scene(height, width, 4, seed=12), "CMYK", quality=90)
        yield f"cmyk-progressive-{size}.jpg", jpeg(scene(height, width, 4, seed=12), "CMYK", quality=90, progressive=True)
        yield f"ycck-{size}.jpg", ycck(scene(height, width, 4, seed=13), 0)
        yield f"ycck-420-{size}.jpg", ycck(scene(height, width, 4, seed=13), 2)
    rgb = scene(17, 19, 3, seed=14)
    yield "rgb-untransformed.jpg", jpeg(rgb, "RGB", quality=85, keep_rgb=True)
    yield "rgb-restarts.jpg", jpeg(rgb, "RGB", quality=85, restart_marker_blocks=1)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees; Keras does not turn it back
    yield "rgb-orientation.jpg", jpeg(rgb, "RGB", quality=85, exif=exif.tobytes())
    yield "rgb-comment.jpg", jpeg(rgb, "RGB", quality=85, comment=b"\xff\xd9 looks like an end")


# Damaged files


def flipped(data, place):
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def broken():
    """(folder, name, bytes): whether Pillow reads them is asserted below."""
    rgb = scene(17, 19, 3, seed=15)
    baseline = jpeg(rgb, "RGB", quality=85)
    progressive = jpeg(rgb, "RGB", quality=85, progressive=True)
    picture = png(scene(9, 13, 3, seed=16), 2, 8)
    yield "recovered", "trailing.jpg", baseline + b"garbage after the end"
    yield "recovered", "trailing.png", picture + b"garbage after the end"
    yield "recovered", "stray-bytes.jpg", baseline[:-2] + b"\0" * 40 + baseline[-2:]
    yield "recovered", "no-end.png", picture[:-12]
    pixels = picture.index(b"IDAT")
    checksum = pixels + 4 + int.from_bytes(picture[pixels - 4 : pixels])
    yield "recovered", "pixels-checksum.png", flipped(picture, checksum)
    text = chunk(b"tEXt", b"Comment\0a text")
    yield "recovered", "text-checksum-behind.png", picture[:-12] + flipped(text, len(text) - 1) + picture[-12:]
    interlaced = png(scene(9, 13, 1, 16, seed=17), 0, 4, interlaced=True)
    yield "recovered", "pixels-checksum-interlaced.png", flipped(interlaced, len(interlaced) - 12 - 1)
    yield "refused", "stream-checksum.png", flipped(picture, checksum - 1)
    yield "refused", "header-checksum.png", flipped(picture, 29)
    yield "refused", "text-checksum.png", picture[:33] + flipped(text, len(text) - 1) + picture[33:]
    yield "refused", "no-end.jpg", baseline[:-2]
    yield "refused", "half.jpg", baseline[: len(baseline) * 4 // 5]
    yield "refused", "header-only.jpg", baseline[:200]
    yield "refused", "start-only.jpg", baseline[:4]
    yield "refused", "half-progressive.jpg", progressive[: len(progressive) * 4 // 5]
    yield "refused", "no-end-progressive.jpg", progressive[:-2]
    yield "refused", "half.png", picture[: len(picture) // 2]
    yield "refused", "signature-only.png", picture[:8]
    yield "refused", "header-only.png", picture[:33]
    yield "refused", "flipped-bits.png", picture[:60] + bytes(b ^ 255 for b in picture[60:90]) + picture[90:]
    twelve = bytearray(baseline)
    frame = baseline.index(b"\xff\xc0")
    twelve[frame + 4] = 12
    yield "refused", "twelve-bits.jpg", bytes(twelve)
    two = bytearray(baseline)
    two[frame + 9] = 2
    yield "refused", "two-channels.jpg", bytes(two)
    tall = bytearray(baseline)
    tall[frame + 5 : frame + 7] = b"\0\0"
    yield "refused", "no-height.jpg", bytes(tall)
    yield "refused", "gif.png", b"GIF89a" + bytes(20)
    yield "refused", "text.jpg", b"this is no picture\n"


def line(*fields):
    return " ".join(str(field) for field in fields) + "\n"


def shape_and_bytes(image):
    values = np.asarray(image)
    values = values.reshape(values.shape + (1,)) if values.ndim == 2 else values
    return (*values.shape, base64.b64encode(values.astype(np.uint8).tobytes()).decode())


def main():
    for folder in ("pictures", "recovered", "refused"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).iterdir():
            old.unlink()
    turbo = features.version("libjpeg_turbo")
    about = f"# Pillow {PIL.__version__}, libjpeg-turbo {turbo}, zlib {features.version('zlib')}\n"
    pictures = [("pictures", name, data) for name, data in (*png_pictures(), *jpeg_pictures())]
    with open(HERE / "converted.txt", "w") as converted, open(HERE / "resized.txt", "w") as resized:
        converted.write(about)
        resized.write(about)
        for folder, name, data in (*pictures, *broken()):
            (HERE / folder / name).write_bytes(data)
            try:
                images = {m: Image.open(io.BytesIO(data)).convert(pillow) for m, pillow in MODES.items()}
                readable = True
            except Exception:
                readable = False
            assert readable == (folder != "refused"), (folder, name)
            if readable:
                for mode, image in images.items():
                    if mode == "rgba" and name.endswith("jpg"):
                        continue  # the same as rgb
                    converted.write(line(f"{folder}/{name}", mode, *shape_and_bytes(image)))
        for name, mode in RESIZED:
            image = Image.open(HERE / "pictures" / name).convert(MODES[mode])
            for height, width in SIZES:
                for interpolation, pillow_filter in FILTERS.items():
                    if interpolation not in ("nearest", "bilinear") and name not in ALL_FILTERS:
                        continue
                    result = image.resize((width, height), pillow_filter)
                    resized.write(
                        line(f"pictures/{name}", mode, height, width, interpolation, *shape_and_bytes(result)))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    with open(HERE / "fitted.txt", "w") as fitted:
        fitted.write(about.replace("#", f"# Keras {keras.__version__},"))
        for name, mode in FITTED:
            for height, width in FITTED_SIZES:
                for interpolation in FILTERS:
                    result = keras.utils.load_img(
                        HERE / "pictures" / name, mode, (height, width), interpolation, keep_aspect_ratio=True)
                    fitted.write(
                        line(f"pictures/{name}", mode, height, width, interpolation, *shape_and_bytes(result)))


if __name__ == "__main__":
    main()
