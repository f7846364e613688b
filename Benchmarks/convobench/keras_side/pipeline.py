"""Batches of pictures from files, in Keras's two ways."""

import keras
import tensorflow

from . import build

# The augmentation that courses and Keras's documentation show; convo's side has the same numbers.
USUAL = {
    "rotation_range": 40, "width_shift_range": 0.2, "height_shift_range": 0.2, "shear_range": 0.2, "zoom_range": 0.2,
    "horizontal_flip": True, "fill_mode": "nearest",
}


class Generator:
    """`ImageDataGenerator.flow_from_directory`, taken batch by batch, as `fit` takes it."""

    def __init__(self, directory, size, batch, interpolation, augments):
        self.flow = build.flow(
            directory, size, batch, interpolation=interpolation, augmentation=USUAL if augments else {})
        self.images = self.flow.samples

    def epoch(self):
        return sum(len(self.flow[number][0]) for number in range(len(self.flow)))


class Dataset:
    """`image_dataset_from_directory`, which decodes on all cores, with the division by 255 that everybody adds."""

    def __init__(self, directory, size, batch, interpolation, augments):
        pictures = keras.utils.image_dataset_from_directory(
            directory, label_mode="binary", image_size=size, batch_size=batch, interpolation=interpolation,
            verbose=False)
        self.images = len(pictures.file_paths)
        changed = self.augmentation() if augments else lambda images, training: images
        self.pictures = pictures.map(
            lambda images, labels: (changed(images, training=True) / 255, labels),
            num_parallel_calls=tensorflow.data.AUTOTUNE,
        ).prefetch(tensorflow.data.AUTOTUNE)

    @staticmethod
    def augmentation():
        """The layers that take the place of the generator's ranges; for shearing they need one of their own, which is
        left out in their favour."""
        return keras.Sequential([
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomRotation(USUAL["rotation_range"] / 360, fill_mode=USUAL["fill_mode"]),
            keras.layers.RandomTranslation(
                USUAL["height_shift_range"], USUAL["width_shift_range"], fill_mode=USUAL["fill_mode"]),
            keras.layers.RandomZoom(USUAL["zoom_range"], fill_mode=USUAL["fill_mode"]),
        ])

    def epoch(self):
        return sum(len(images) for images, _ in self.pictures)


WAYS = {"generator": Generator, "tf.data": Dataset}
