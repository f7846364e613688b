"""Keras's model and generator of what `models` and `folders` describe."""

import keras
from tensorflow.keras.preprocessing.image import ImageDataGenerator


def model(description, metrics=("accuracy",)):
    """The compiled model, with the optimizer of the notes."""
    layers = [getattr(keras.layers, layer["name"])(**layer["config"]) for layer in description["layers"]]
    result = keras.Sequential([keras.Input(tuple(description["input"])), *layers])
    # Compiling just in time (XLA) is off by default on a processor, and takes more than twice the time there.
    result.compile(
        loss=description["loss"], optimizer=keras.optimizers.RMSprop(learning_rate=0.001), metrics=list(metrics))
    return result


def generator(folder, description, batch, shuffle=True):
    return flow(folder, description["input"][:2], batch, shuffle=shuffle)


def flow(folder, size, batch, shuffle=True, interpolation="nearest", augmentation=None):
    return ImageDataGenerator(rescale=1 / 255, **(augmentation or {})).flow_from_directory(
        folder, target_size=tuple(size), batch_size=batch, class_mode="binary", shuffle=shuffle,
        interpolation=interpolation)
