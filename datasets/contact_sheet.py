"""Puts the first pictures of a drawn data set on one small sheet, a row for each class and part:

    script/convo datasets render handbags --limit 24
    python datasets/contact_sheet.py datasets/handbags datasets/handbags.png
"""

import pathlib
import sys

from PIL import Image

SIDE, COLUMNS, GAP = 76, 8, 2

rows = [
    sorted(folder.glob("*.png"))[-COLUMNS:]
    for folder in sorted(pathlib.Path(sys.argv[1]).glob("*/train/*"))
]
sheet = Image.new("RGB", (COLUMNS * (SIDE + GAP) - GAP, len(rows) * (SIDE + GAP) - GAP), "white")
for row, files in enumerate(rows):
    for column, file in enumerate(files):
        picture = Image.open(file).convert("RGB")
        filter = Image.Resampling.NEAREST if picture.width < SIDE else Image.Resampling.LANCZOS
        sheet.paste(picture.resize((SIDE, SIDE), filter), (column * (SIDE + GAP), row * (SIDE + GAP)))
sheet.quantize(96).save(sys.argv[2], optimize=True)
