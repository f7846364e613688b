"""Models, and how real Keras trains them, for record_agreement.py and for the live check in Tests/WithKeras.

Each case is a model in its first state, a generator of images in directory order, and what training needs. Together the
cases have every layer, activation, loss, padding and optimizer of convo, and the options of each.
"""

import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
from keras import constraints, layers, losses, optimizers, regularizers
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator

BATCH, EPOCHS, IMAGES = 4, 10, 12
CLASSES = ["dots", "plain", "stripes"]


def draw(folder):
    """Twelve pictures of 20x20 of each of three kinds, the same ones every time."""
    random = np.random.default_rng(5)
    y, x = np.mgrid[0:20, 0:20]
    for label, name in enumerate(CLASSES):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number in range(IMAGES):
            wave = [np.sin(x * 1.3) * np.sin(y * 1.3), 0 * x, np.sin((x + y) * 0.9)][label]
            tint = random.uniform(60, 140, 3) + np.array([20, 0, -20]) * (label - 1)
            picture = np.clip(tint * (1.1 + 0.7 * wave[..., None]) + random.normal(0, 12, (20, 20, 3)), 0, 255)
            Image.fromarray(picture.astype("uint8")).save(folder / name / f"{number}.png", optimize=True)


class Case:
    def __init__(self, name, body, loss, optimizer, mode="binary", classes=2, color="rgb", rescale=True, trains=True):
        self.name, self.body, self.loss, self.optimizer = name, body, loss, optimizer
        self.mode, self.classes, self.color, self.rescale, self.trains = mode, CLASSES[:classes], color, rescale, trains

    def model(self):
        keras.utils.set_random_seed(11)
        channels = {"rgb": 3, "grayscale": 1}[self.color]
        model = keras.Sequential([keras.Input((20, 20, channels)), *self.body()])
        model.compile(loss=self.loss, optimizer=self.optimizer(), metrics=["accuracy"])
        return model

    def generator(self, folder):
        return ImageDataGenerator(rescale=1 / 255.0 if self.rescale else None).flow_from_directory(
            folder, target_size=(20, 20), batch_size=BATCH, class_mode=self.mode, color_mode=self.color,
            classes=self.classes, shuffle=False)

    def options(self):
        """The same generator in convo's words."""
        words = ["target_size=20x20", f"batch_size={BATCH}", f"class_mode={self.mode}", f"color_mode={self.color}",
                 f"classes=[{' '.join(self.classes)}]", "shuffle=false"]
        return " ".join(words + (["rescale=1/255"] if self.rescale else []))


def train(model, generator, epochs=EPOCHS):
    """The loss of each batch alone, epoch after epoch in the order of the directory."""
    losses = []
    for _ in range(epochs):
        generator.reset()
        for _ in range(len(generator)):
            model.reset_metrics()
            losses.append(float(model.train_on_batch(*next(generator))[0]))
    return losses


def head(units=1, activation="sigmoid"):
    return [layers.Flatten(), layers.Dense(units, activation=activation)]


CASES = [
    Case("notes", lambda: [
        layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(2, 2), layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(2, 2), layers.Flatten(), layers.Dense(12, activation="relu"),
        layers.Dense(1, activation="sigmoid")], "binary_crossentropy", lambda: optimizers.RMSprop(learning_rate=0.001)),
    Case("same", lambda: [
        layers.Conv2D(4, 3, strides=2, padding="same", activation="tanh"),
        layers.AveragePooling2D(3, strides=2, padding="same"), layers.Conv2D(6, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2, padding="same"), layers.GlobalAveragePooling2D(),
        layers.Dense(5, activation="leaky_relu"), layers.Dense(1, activation="sigmoid")],
        losses.BinaryCrossentropy(label_smoothing=0.1),
        lambda: optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True)),
    Case("groups", lambda: [
        layers.Conv2D(4, 3, dilation_rate=2, activation="relu"), layers.Conv2D(6, 3, groups=2, activation="sigmoid"),
        layers.GlobalMaxPooling2D(), layers.Dense(3, activation="softmax")],
        "categorical_crossentropy", lambda: optimizers.Adam(learning_rate=0.003, amsgrad=True), "categorical", 3),
    Case("rectangles", lambda: [
        layers.Rescaling(1 / 127.5, offset=-1.0), layers.Conv2D(5, (3, 1), strides=(1, 2), activation="leaky_relu"),
        layers.AveragePooling2D((2, 3)), layers.Flatten(), layers.Dense(3)],
        losses.SparseCategoricalCrossentropy(from_logits=True),
        lambda: optimizers.Adam(learning_rate=0.002, clipnorm=0.5, weight_decay=0.01), "sparse", 3, rescale=False),
    Case("squares", lambda: [
        layers.Conv2D(3, 5, use_bias=False), layers.Activation("relu"), layers.MaxPooling2D(3, strides=2),
        layers.Flatten(), layers.Dense(6, activation="tanh"), layers.Dense(1, activation="linear")],
        "mean_squared_error", lambda: optimizers.RMSprop(learning_rate=0.001, rho=0.8, momentum=0.5, centered=True)),
    Case("normalized", lambda: [
        layers.Conv2D(4, 3), layers.BatchNormalization(momentum=0.9, epsilon=0.01), layers.Activation("relu"),
        layers.MaxPooling2D(), layers.Flatten(), layers.Dense(1, activation="sigmoid")],
        "binary_crossentropy", lambda: optimizers.SGD(learning_rate=0.0005, momentum=0.5)),
    Case("kept-small", lambda: [
        layers.Conv2D(4, 3, activation="relu", kernel_regularizer=regularizers.L1L2(0.0005, 0.002),
                      bias_constraint="non_neg", kernel_constraint=constraints.MaxNorm(0.9, axis=[0, 1, 2])),
        layers.Flatten(), layers.Dense(6, activation="relu", activity_regularizer=regularizers.L2(0.001),
                                       kernel_constraint=constraints.MinMaxNorm(0.3, 0.9, rate=0.5)),
        layers.Dense(1, activation="sigmoid", kernel_regularizer="l1", kernel_constraint="unit_norm")],
        "binary_crossentropy", lambda: optimizers.SGD(learning_rate=0.05, global_clipnorm=0.5)),
    Case("averaged", lambda: [layers.Conv2D(4, 3, strides=3, activation="relu"), *head()],
         "binary_crossentropy", lambda: optimizers.Adam(
             learning_rate=0.002, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=7,
             gradient_accumulation_steps=2, clipvalue=0.1)),
    Case("gray", lambda: [
        layers.Conv2D(6, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(3),
        layers.Activation("softmax")],
        losses.CategoricalCrossentropy(label_smoothing=0.2),
        lambda: optimizers.SGD(learning_rate=0.05, momentum=0.5, loss_scale_factor=8.0), "categorical", 3, "grayscale"),
    Case("logits", lambda: [layers.Rescaling([0.004, 0.003, 0.005], offset=[0.0, 0.1, -0.1]),
                            layers.Conv2D(4, 3, activation="relu", kernel_initializer="he_normal"), *head(1, None)],
         losses.BinaryCrossentropy(from_logits=True), lambda: optimizers.RMSprop(learning_rate=0.0005),
         rescale=False),
    # What is left out differs, so only its use is compared.
    Case("dropout", lambda: [layers.Conv2D(4, 3, activation="relu"), layers.Dropout(0.5), *head()],
         "binary_crossentropy", lambda: optimizers.Adam(), trains=False),
]


def folder_beside(file):
    return pathlib.Path(file).resolve().parent
