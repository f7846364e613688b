"""What runs in Keras's processes. The driver imports none of it, so that it stays small (see `processes`)."""
