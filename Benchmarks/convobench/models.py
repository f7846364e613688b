"""The models that are measured: data, by Keras's names, from which both sides build the same layers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    what: str
    # height, width, channels
    input: tuple
    layers: tuple
    batch: int = 128
    loss: str = "binary_crossentropy"

    @property
    def is_dense(self):
        """Whether all arithmetic is in dense layers."""
        return not any(each["name"] == "Conv2D" for each in self.layers)

    def as_json(self):
        return {"input": self.input, "layers": self.layers, "loss": self.loss}


def layer(name, **config):
    return {"name": name, "config": config}


def conv(filters, kernel=3, **config):
    return layer("Conv2D", filters=filters, kernel_size=[kernel, kernel], activation="relu", **config)


def dense(units, activation="relu"):
    return layer("Dense", units=units, activation=activation)


POOL = layer("MaxPooling2D", pool_size=[2, 2])
AVERAGE = layer("AveragePooling2D", pool_size=[2, 2])
NORMALIZE = layer("BatchNormalization")
FLATTEN = layer("Flatten")
ANSWER = dense(1, "sigmoid")


def blocks(*filters, then=(POOL,), kernel=3, **config):
    """A convolution for each number of filters, with the same layers after each."""
    return tuple(each for count in filters for each in (conv(count, kernel, **config), *then))


def notes(side=300, channels=3, batch=128, what=None):
    """The model of the notes, on pictures of another size if need be."""
    return Model(
        what or f"the notes' model, {side}x{side}x{channels}",
        (side, side, channels),
        blocks(16, 32, 64, 64, 64) + (FLATTEN, dense(512), ANSWER),
        batch,
    )


def shapes(quick):
    """Models other than the notes', most of which no fused stage covers."""
    side, batch = (64, 8) if quick else (150, 32)
    flat = (FLATTEN, dense(128), ANSWER)

    def model(what, layers):
        return Model(f"{what}, {side}x{side}x3", (side, side, 3), layers + flat, batch)

    return [
        notes(96 if quick else 150, batch=batch),
        Model(
            "the notes' model with four blocks, 75x75x3", (75, 75, 3), blocks(16, 32, 64, 64) + flat, batch
        ),
        notes(96 if quick else 300, channels=1, batch=batch),
        model("5x5 kernels", blocks(16, 32, 64, kernel=5)),
        model("strides of 2", blocks(16, 32, 64, 64, then=(), strides=[2, 2])),
        Model(
            "no pooling, 64x64x3",
            (64, 64, 3),
            blocks(16, 32, then=()) + blocks(32, 32, then=(), strides=[2, 2]) + flat,
            batch,
        ),
        model("padding=same", blocks(16, 32, 64, 64, padding="same")),
        model("average pooling", blocks(16, 32, 64, 64, then=(AVERAGE,))),
        model("batch normalisation before pooling", blocks(16, 32, 64, then=(NORMALIZE, POOL))),
        Model("dense layers alone, 64x64x3", (64, 64, 3), (FLATTEN, dense(512), dense(512), ANSWER), 4 * batch),
    ]
