"""Measures convo against Keras on TensorFlow. `script/bench` sets up what it needs and starts it."""
