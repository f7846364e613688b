"""Records what Keras's DirectoryIterator finds in an awkward directory tree.

Run with a Python that has Keras; it writes scan.json beside itself: the tree's files, and for some arguments the
classes, file names and labels that Keras gives. Keras looks at names only here, so the files are empty.
"""

import json
import pathlib
import tempfile

import keras
from keras.src.legacy.preprocessing.image import ImageDataGenerator

HERE = pathlib.Path(__file__).parent
FILES = [
    "Zebra/1.png",
    "apple/10.png", "apple/9.png", "apple/b.png", "apple/a.PNG", "apple/a.jpeg", "apple/a.jpg", "apple/notes.txt",
    "apple/mypng", "apple/.dot.png", "apple/png", "apple/two words.png", "apple/line\nbreak.png", "apple/x.png.txt",
    "apple/sub/x.png", "apple/sub dir/x.png", "apple/sub.d/z.png", "apple/sub/deeper/y.jpg", "apple/.hidden/q.png",
    "apple/folder.png/inside.png",
    ".cache/c.png",
    "\u00e9clair/1.png", "e\u0301clair/1.png", "\u732b/\u732b.png", "\U0001f408/\U0001f408.png",
    "empty/readme.md",
    "top.png", "top.txt",
] + [f"hundred/{i}.png" for i in range(100)]
ARGUMENTS = [
    {},
    {"classes": ["hundred", "Zebra"]},
    {"validation_split": 0.29, "subset": "training"},
    {"validation_split": 0.29, "subset": "validation"},
    {"validation_split": 0.7, "subset": "training"},
    {"validation_split": 0.7, "subset": "validation"},
    {"validation_split": 0.5},
]


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            path = pathlib.Path(folder, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        for arguments in ARGUMENTS:
            generator = ImageDataGenerator(validation_split=arguments.get("validation_split", 0.0))
            found = generator.flow_from_directory(
                folder, classes=arguments.get("classes"), subset=arguments.get("subset"), shuffle=False)
            results.append({
                "arguments": arguments, "classes": list(found.class_indices), "files": found.filenames,
                "labels": [int(label) for label in found.labels]})
    record = {"keras": keras.__version__, "files": FILES, "results": results}
    (HERE / "scan.json").write_text(json.dumps(record, indent=1) + "\n")


main()
