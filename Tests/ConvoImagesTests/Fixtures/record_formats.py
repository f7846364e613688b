"""Records pictures of the formats that `record.py` does not, and what Pillow makes of them.

Run with a Python that has Pillow and NumPy; it writes beside itself:

  formats/*           tiny pictures of every kind of BMP, PPM, GIF, WebP and TIFF that is read
  formats.txt         what Image.convert gives of each picture, in the form of converted.txt: gray ones in grayscale
                      alone, others in rgb, and those with alpha in rgba as well
  formats-refused/*   files that Pillow refuses, and so do we

Most files are put together here byte by byte, because Pillow cannot write all kinds.
"""

import io
import pathlib
import struct

import numpy as np
import PIL
from PIL import Image, features

from record import MODES, line, packed_rows, scene, shape_and_bytes
from tiff_files import HEIGHT, WIDTH, tiff_pictures

HERE = pathlib.Path(__file__).parent


def colors(count):
    return [tuple((37 * i + 11 * c + 5) % 256 for c in range(3)) for i in range(count)]


def ramp(count):
    return [(i, i, i) for i in range(count)]


# BMP


def bmp(rows, bits, palette=(), compression=0, header=40, masks=b"", top_down=False, width=WIDTH, height=HEIGHT,
        offset=None, used=None):
    entry = 3 if header == 12 else 4
    table = b"".join(bytes((b, g, r)) + bytes(entry - 3) for r, g, b in palette)
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack(
            "<IiiHHIIiiII", header, width, -height if top_down else height, 1, bits, compression, 0, 0, 0,
            len(palette) if used is None else used, 0)
        info += (masks + bytes(84))[: header - 40] if header > 40 else masks
    start = 14 + len(info) + len(table)
    body = rows if isinstance(rows, bytes) else b"".join(
        row + bytes(-len(row) % 4) for row in (rows if top_down else rows[::-1]))
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start if offset is None else offset) + info + table + body


def bmp_pictures():
    indices = {bits: scene(HEIGHT, WIDTH, 1, 1 << bits, seed=bits) for bits in (1, 4, 8)}
    rows = {bits: packed_rows(values, bits) for bits, values in indices.items()}
    for bits in (1, 4, 8):
        yield f"palette{bits}.bmp", bmp(rows[bits], bits, colors(1 << bits))
        yield f"core{bits}.bmp", bmp(rows[bits], bits, colors(1 << bits), header=12)
    yield "black-and-white.bmp", bmp(rows[1], 1, [(0, 0, 0), (255, 255, 255)])
    yield "white-and-black.bmp", bmp(rows[1], 1, [(255, 255, 255), (0, 0, 0)])
    yield "gray8.bmp", bmp(rows[8], 8, ramp(256))
    yield "gray8-short.bmp", bmp(rows[8], 8, ramp(100))
    yield "palette8-short.bmp", bmp(rows[8], 8, colors(100))
    yield "palette8-top-down.bmp", bmp(rows[8], 8, colors(256), top_down=True)
    yield "palette8-all.bmp", bmp(rows[8], 8, colors(256), used=0)
    yield "palette4-offset.bmp", bmp(rows[4], 4, colors(16), offset=54)
    yield "palette4-no-offset.bmp", bmp(rows[4], 4, colors(16), offset=0)
    rgb = scene(HEIGHT, WIDTH, 3, seed=3).astype(np.uint8)
    bgr = [row[:, ::-1].tobytes() for row in rgb]
    yield "rgb24.bmp", bmp(bgr, 24)
    yield "rgb24-top-down.bmp", bmp(bgr, 24, top_down=True)
    yield "core24.bmp", bmp(bgr, 24, header=12)
    yield "rgb24-v5.bmp", bmp(bgr, 24, header=124)
    whole = bmp(bgr, 24)
    yield "rgb24-no-padding.bmp", whole[: len(whole) - (-WIDTH * 3 % 4)]
    words = [row.astype("<u2").tobytes() for row in scene(HEIGHT, WIDTH, 1, 1 << 16, seed=4)[:, :, 0]]
    yield "rgb16.bmp", bmp(words, 16)
    for name, masks in (("565", (0xF800, 0x7E0, 0x1F)), ("555", (0x7C00, 0x3E0, 0x1F))):
        yield f"rgb{name}.bmp", bmp(words, 16, compression=3, masks=struct.pack("<III", *masks))
    quads = [row.tobytes() for row in scene(HEIGHT, WIDTH, 4, seed=5).astype(np.uint8)]
    yield "rgb32.bmp", bmp(quads, 32)
    layouts = {
        "bgrx": (0xFF0000, 0xFF00, 0xFF, 0), "xbgr": (0xFF000000, 0xFF0000, 0xFF00, 0),
        "bgxr": (0xFF000000, 0xFF00, 0xFF, 0), "abgr": (0xFF000000, 0xFF0000, 0xFF00, 0xFF),
        "rgba": (0xFF, 0xFF00, 0xFF0000, 0xFF000000), "bgra": (0xFF0000, 0xFF00, 0xFF, 0xFF000000),
        "bgar": (0xFF000000, 0xFF00, 0xFF, 0xFF0000), "zero": (0, 0, 0, 0)}
    for name, masks in layouts.items():
        yield f"{name}32.bmp", bmp(quads, 32, compression=3, header=108, masks=struct.pack("<IIII", *masks))
    yield "xbgr32-v3.bmp", bmp(quads, 32, compression=3, masks=struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00))
    yield "bgra32-56.bmp", bmp(quads, 32, compression=3, header=56, masks=struct.pack("<IIII", *layouts["bgra"]))
    yield "bgra32-52.bmp", bmp(quads, 32, compression=3, header=52, masks=struct.pack("<III", *layouts["bgra"][:3]))
    runs8 = bytes((0, 7, 3, 1, 4, 1, 5, 9, 2, 0)) + bytes((6, 77, 0, 0)) + bytes((13, 5, 0, 0)) + bytes((5, 200, 0, 2, 3, 1))
    runs8 += bytes((5, 9, 0, 0)) + b"".join(bytes((WIDTH, 30 * i, 0, 0)) for i in range(4)) + bytes((4, 1, 0, 4, 9, 8, 7, 6, 5, 3, 0, 0, 0, 1))
    yield "runs8.bmp", bmp(runs8, 8, colors(256), compression=1)
    yield "runs8-top-down.bmp", bmp(runs8, 8, colors(256), compression=1, top_down=True)
    runs4 = bytes((0, 5, 0x31, 0x41, 0x50, 0)) + bytes((8, 0x7A, 0, 0)) + bytes((13, 5, 0, 0)) + bytes((5, 200, 0, 2, 3, 1))
    runs4 += bytes((5, 9, 0, 0)) + b"".join(bytes((WIDTH, 30 * i, 0, 0)) for i in range(4)) + bytes((4, 1, 0, 4, 0x98, 0x76, 5, 0x30, 0, 0, 0, 1))
    yield "runs4.bmp", bmp(runs4, 4, colors(16), compression=2)
    yield "runs8-too-long.bmp", bmp(b"".join(bytes((200, 20 * i, 0, 0)) for i in range(HEIGHT)), 8, colors(256), compression=1)


# PBM, PGM, PPM


def pnm_pictures():
    for digit, name, channels in ((1, "bitmap", 1), (2, "gray", 1), (3, "color", 3)):
        for largest in (1,) if digit == 1 else (255, 15, 100, 1000, 65535):
            values = scene(HEIGHT, WIDTH, channels, largest + 1, seed=largest % 97)
            if channels == 1 and largest > 255:
                values[::2] = values[::2] * 300 // 65535  # clipped at 255: some values must lie below
            text = "\n".join(" ".join(str(v) for v in row.reshape(-1)) for row in values)
            end = "" if digit == 1 else f"{largest}\n"
            extension = {1: "pbm", 2: "pgm", 3: "ppm"}[digit]
            yield f"plain-{name}{largest}.{extension}", f"P{digit}\n{WIDTH} {HEIGHT}\n{end}{text}\n".encode()
            head = f"P{digit + 3} {WIDTH}\t{HEIGHT}\n{end}".encode()
            if digit == 1:
                body = b"".join(packed_rows(values, 1))
            else:
                body = values.astype(">u2" if largest > 255 else np.uint8).tobytes()
            yield f"{name}{largest}.{extension}", head + body
    values = scene(HEIGHT, WIDTH, 3, seed=8).astype(np.uint8)
    yield "comments.ppm", f"P6\n# two\n{WIDTH}# three\r {HEIGHT}\n#four\n#five\n255\n".encode() + values.tobytes()
    yield "trailing.ppm", f"P6\n{WIDTH} {HEIGHT}\n255\n".encode() + values.tobytes() + b"more"
    yield "over.pgm", f"P5\n{WIDTH} {HEIGHT}\n100\n".encode() + values[:, :, 0].tobytes()
    bits = scene(3, 10, 1, 2, seed=9)
    digits = "".join(str(v) for v in bits.reshape(-1))
    yield "plain-dense.pbm", f"P1 10 3\n{digits[:7]}#a comment 01\n{digits[7:20]} {digits[20:]}".encode()
    yield "plain-comments.pgm", b"P2 # 9\n2 2 # 3\n255\n1 # 2\n 20 30 #\n40"
    yield "no-last-newline.pgm", b"P2 2 1 9 4 5"


# GIF


def lzw(indices, code_size):
    """Blocks of codes, each pixel a code of its own; the table is cleared before the codes would grow."""
    clear, bits, codes = 1 << code_size, code_size + 1, []
    for place, index in enumerate(indices):
        if place % ((1 << code_size) - 2) == 0:
            codes.append(clear)
        codes.append(int(index))
    codes.append(clear + 1)
    number = sum(code << (bits * place) for place, code in enumerate(codes))
    data = number.to_bytes((bits * len(codes) + 7) // 8, "little")
    return bytes((code_size,)) + b"".join(
        bytes((len(data[i : i + 255]),)) + data[i : i + 255] for i in range(0, len(data), 255)) + b"\0"


def table(palette):
    return b"".join(bytes(entry) for entry in palette)


def gif(indices, palette=None, local=None, canvas=None, at=(0, 0), transparent=None, interlaced=False, before=b"",
        after=b"", code_size=None, junk=b""):
    height, width = indices.shape

    def flags(entries):
        return 0x80 | len(entries).bit_length() - 2 if entries else 0

    code_size = code_size or max(2, (len(local or palette or range(256)) - 1).bit_length())
    order = range(height)
    if interlaced:
        order = [row for first, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for row in range(first, height, step)]
    rows = np.concatenate([indices[row] for row in order])
    size = canvas or (height, width)
    out = b"GIF89a" + struct.pack("<HHBBB", size[1], size[0], flags(palette), 0, 0) + table(palette or ())
    out += before + junk
    if transparent is not None:
        out += b"!\xf9\x04" + bytes((1, 0, 0, transparent, 0))
    out += b"," + struct.pack("<HHHHB", at[1], at[0], width, height, flags(local) | (0x40 if interlaced else 0))
    return out + table(local or ()) + lzw(rows, code_size) + after + b";"


def gif_pictures():
    values = {bits: scene(HEIGHT, WIDTH, 1, 1 << bits, seed=40 + bits)[:, :, 0] for bits in (1, 2, 4, 7, 8)}
    for bits, indices in values.items():
        yield f"palette{bits}.gif", gif(indices, colors(1 << bits))
        yield f"palette{bits}-interlaced.gif", gif(indices, colors(1 << bits), interlaced=True)
    indices = values[4]
    yield "local.gif", gif(indices, local=colors(16))
    yield "local-and-global.gif", gif(indices, ramp(16), local=colors(16))
    yield "gray.gif", gif(values[7], ramp(128))
    yield "gray-short.gif", gif(values[8], ramp(16), code_size=8)
    yield "no-palette.gif", gif(values[8])
    yield "palette-short.gif", gif(values[8], colors(16), code_size=8)
    yield "transparent.gif", gif(indices, colors(16), transparent=int(indices[2, 3]))
    yield "transparent-unused.gif", gif(indices, colors(16), transparent=200)
    yield "transparent-gray.gif", gif(values[7], ramp(128), transparent=int(values[7][2, 3]))
    small = indices[2:6, 3:10]
    yield "smaller.gif", gif(small, colors(16), canvas=(HEIGHT, WIDTH), at=(2, 3))
    yield "smaller-transparent.gif", gif(small, colors(16), canvas=(HEIGHT, WIDTH), at=(2, 3), transparent=int(small[0, 0]))
    yield "smaller-local.gif", gif(small, colors(16)[::-1], local=colors(8) * 2, canvas=(HEIGHT, WIDTH), at=(0, 6))
    yield "larger.gif", gif(indices, colors(16), canvas=(5, 4), at=(3, 1))
    yield "no-canvas.gif", gif(indices, colors(16), canvas=(0, 0))
    more = b"!\xfe\x05hello\x00!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    yield "extensions.gif", gif(indices, colors(16), before=more)
    yield "junk.gif", gif(indices, colors(16), junk=b"\0\0\x07")
    second = gif(indices[::-1], colors(16))[13 + 48 : -1]
    yield "animated.gif", gif(indices, colors(16), transparent=3, after=b"!\xf9\x04\x08\x0a\0\0\0" + second)
    whole = gif(indices, colors(16))
    yield "no-end.gif", whole[:-1]
    yield "no-terminator.gif", whole[:-2]
    out = io.BytesIO()
    Image.fromarray(scene(60, 70, 3, seed=50).astype(np.uint8)).quantize(64).save(out, "GIF")
    yield "pillow.gif", out.getvalue()


# WebP


def webp(values, mode, **options):
    out = io.BytesIO()
    frames = [Image.fromarray(frame.astype(np.uint8), mode) for frame in values]
    more = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    frames[0].save(out, "WEBP", **more, **options)
    return out.getvalue()


def webp_pictures():
    rgb, rgba = scene(17, 19, 3, seed=60), scene(17, 19, 4, seed=61)
    for name, mode, values in (("rgb", "RGB", rgb), ("rgba", "RGBA", rgba)):
        yield f"{name}-lossy.webp", webp([values], mode, quality=80)
        yield f"{name}-lossless.webp", webp([values], mode, lossless=True)
        yield f"{name}-animated.webp", webp([values, values[::-1]], mode, quality=80, duration=100)
    opaque = rgba.copy()
    opaque[:, :, 3] = 255
    yield "opaque-lossy.webp", webp([opaque], "RGBA", quality=80)
    yield "opaque-lossless.webp", webp([opaque], "RGBA", lossless=True)
    still = webp([rgba], "RGBA", lossless=True, exact=True)
    yield "rgba-exact.webp", still
    # The first frame lies in the middle of a larger canvas.
    bitstream = still[12:] if still[12:16] != b"VP8X" else still[30:]
    frame = struct.pack("<I", 2)[:3] + struct.pack("<I", 1)[:3] + struct.pack("<I", 18)[:3] + struct.pack("<I", 16)[:3]
    frame += struct.pack("<I", 100)[:3] + b"\0" + bitstream
    canvas = b"\x12\0\0\0" + struct.pack("<I", 29)[:3] + struct.pack("<I", 24)[:3]
    chunks = [(b"VP8X", canvas), (b"ANIM", struct.pack("<IH", 0x40802010, 0)), (b"ANMF", frame)]
    body = b"".join(kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for kind, data in chunks)
    yield "canvas.webp", b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    yield "trailing.webp", webp([rgb], "RGB", quality=80) + b"garbage"
    yield "one-pixel.webp", webp([rgb[:1, :1]], "RGB", lossless=True)


# Files that are refused


def refused():
    whole = dict(bmp_pictures())["rgb24.bmp"]
    yield "half.bmp", whole[: len(whole) // 2]
    yield "header-only.bmp", whole[:30]
    yield "depth.bmp", whole[:28] + b"\x07" + whole[29:]
    yield "compression.bmp", whole[:30] + b"\x04" + whole[31:]
    yield "header-size.bmp", whole[:14] + b"\x29" + whole[15:]
    yield "runs-half.bmp", dict(bmp_pictures())["runs8.bmp"][:-20]
    yield "half.ppm", b"P6 13 9 255\n" + bytes(100)
    yield "no-largest.ppm", b"P6 13 9 0\n" + bytes(400)
    yield "too-large-largest.ppm", b"P6 1 1 65536\n" + bytes(400)
    yield "token.ppm", b"P6 13 nine 255\n" + bytes(400)
    yield "long-token.ppm", b"P6 13 99999999999 255\n" + bytes(400)
    yield "plain-over.pgm", b"P2 2 1 9 4 10"
    yield "plain-negative.pgm", b"P2 2 1 9 4 -1"
    yield "plain-half.pgm", b"P2 2 2 9 4 1 1"
    yield "plain-token.pbm", b"P1 2 2 1 0 2 1"
    whole = dict(gif_pictures())["palette4.gif"]
    yield "half.gif", whole[: len(whole) // 2 + 20]
    yield "no-picture.gif", b"GIF89a\x05\0\x05\0\0\0\0;"
    yield "early-end.gif", whole[:-30] + b"\0;"
    yield "header-only.gif", whole[:10]
    whole = dict(webp_pictures())["rgb-lossy.webp"]
    yield "half.webp", whole[: len(whole) // 2]
    yield "header-only.webp", whole[:24]
    whole = dict(tiff_pictures())["rgb8-little.tiff"]
    yield "half.tif", whole[: len(whole) // 2]
    yield "header-only.tif", whole[:8]
    lzw_file = dict(tiff_pictures())["rgb-tiff_lzw.tif"]
    yield "no-strip.tif", whole[:4] + struct.pack("<I", 1 << 30) + whole[8:]
    yield "broken-lzw.tif", lzw_file[:-30]


def main():
    for folder in ("formats", "formats-refused"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).iterdir():
            old.unlink()
    versions = ", ".join(f"{name} {features.version(name)}" for name in ("webp", "libtiff", "libjpeg_turbo"))
    with open(HERE / "formats.txt", "w") as converted:
        converted.write(f"# Pillow {PIL.__version__}, {versions}\n")
        for pictures in (bmp_pictures, pnm_pictures, gif_pictures, webp_pictures, tiff_pictures):
            for name, data in pictures():
                try:
                    images = {m: Image.open(io.BytesIO(data)).convert(pillow) for m, pillow in MODES.items()}
                except Exception as error:
                    raise RuntimeError(name) from error
                (HERE / "formats" / name).write_bytes(data)
                gray, rgb, rgba = (np.asarray(images[mode]) for mode in ("grayscale", "rgb", "rgba"))
                modes = ["grayscale" if (rgb == gray[:, :, np.newaxis]).all() else "rgb"]
                if rgba[:, :, 3].min() < 255:
                    modes.append("rgba")
                for mode in modes:
                    converted.write(line(f"formats/{name}", mode, *shape_and_bytes(images[mode])))
        for name, data in refused():
            try:
                Image.open(io.BytesIO(data)).convert("RGB")
            except Exception:
                (HERE / "formats-refused" / name).write_bytes(data)
            else:
                raise RuntimeError(name + " is read")


if __name__ == "__main__":
    main()
