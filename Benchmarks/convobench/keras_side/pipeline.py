"""Batches of pictures from files, in Keras's two ways."""

import keras
import tensorflow

from . import build


class Generator:
    """`ImageDataGenerator.flow_from_directory`, taken batch by batch, as `fit` takes it."""

    def __init__(self, directory, size, batch, interpolation):
        self.flow = build.flow(directory, size, batch, interpolation=interpolation)
        self.images = self.flow.samples

    def epoch(self):
        return sum(len(self.flow[number][0]) for number in range(len(self.flow)))


class Dataset:
    """`image_dataset_from_directory`, which decodes on all cores, with the division by 255 that everybody adds."""

    def __init__(self, directory, size, batch, interpolation):
        pictures = keras.utils.image_dataset_from_directory(
            directory, label_mode="binary", image_size=size, batch_size=batch, interpolation=interpolation,
            verbose=False)
        self.images = len(pictures.file_paths)
        self.pictures = pictures.map(
            lambda images, labels: (images / 255, labels), num_parallel_calls=tensorflow.data.AUTOTUNE,
        ).prefetch(tensorflow.data.AUTOTUNE)

    def epoch(self):
        return sum(len(images) for images, _ in self.pictures)


WAYS = {"generator": Generator, "tf.data": Dataset}
