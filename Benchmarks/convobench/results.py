"""`RESULTS.md`: the last result of each measurement, each with the machine, the versions and the day."""

import re

from .settings import RESULTS

HEAD = """# Results

Written by `script/bench`; [README.md](README.md) says what each line means. Every section is of its last run.
"""


def write(sections, order, stamp):
    """Puts the sections in the place of older ones of their names."""
    kept = read()
    for section in sections:
        kept[section.name] = f"{section.markdown()}\n{stamp}\n"
    text = HEAD + "".join(f"\n## {name}\n\n{kept[name]}" for name in order if name in kept)
    temporary = RESULTS.with_suffix(".new")
    temporary.write_text(text)
    temporary.replace(RESULTS)


def read():
    """The sections that are there, by name."""
    if not RESULTS.exists():
        return {}
    parts = re.split(r"^## (\w+)\n\n", RESULTS.read_text(), flags=re.MULTILINE)[1:]
    return {name: text.rstrip() + "\n" for name, text in zip(parts[::2], parts[1::2])}
