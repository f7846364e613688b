"""What the notes do with a picture of one's own: loads a model, loads the picture, asks.

    python -m convobench.keras_side.predict FILE.keras PICTURE
"""

import sys

import keras
import numpy


def main(file, picture):
    model = keras.saving.load_model(file)
    size = model.input_shape[1:3]
    pixels = keras.utils.img_to_array(keras.utils.load_img(picture, target_size=size)) / 255
    print(model.predict(numpy.expand_dims(pixels, 0), verbose=0)[0][0])


if __name__ == "__main__":
    main(*sys.argv[1:])
