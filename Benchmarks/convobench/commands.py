"""convo's own commands for what the Keras programs do; the paths are those of `folders`."""


def new(model):
    """`new model` and its layers."""
    def value(each):
        return "x".join(map(str, each)) if isinstance(each, list) else str(each)

    lines = [f"new model input={value(list(model.input))}"]
    for layer in model.layers:
        options = [f"{name}={value(each)}" for name, each in layer["config"].items()]
        lines.append(" ".join(["add", layer["name"], *options]))
    return [*lines, f"compile loss={model.loss} optimizer=rmsprop learning_rate=0.001 metrics=[accuracy]"]


def load(folder, model, batch):
    height, width, _ = model.input
    return [
        f"load generator {folder} from {folder} rescale=1/255 target_size={height}x{width} batch_size={batch} "
        "class_mode=binary"
    ]


def fit(model, plan):
    return [
        *load("train", model, plan.batch),
        *load("validation", model, plan.validation_batch),
        *new(model),
        f"fit train steps_per_epoch={plan.steps} epochs={plan.epochs} validation_data=validation "
        f"validation_steps={plan.validation_steps}",
    ]


def evaluate(model, batch):
    return [*load("evaluate", model, batch), *new(model), "evaluate evaluate"]
