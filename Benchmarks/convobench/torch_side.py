"""PyTorch, eager, as a process that stays: the training step alone, for the record. Takes the lines of `convo-bench`.

Runs the faster of the two orders that PyTorch can keep pictures in: channels first, and channels last.
"""

import json
import sys
import time


class Training:
    def __init__(self, description, pictures, targets):
        import torch

        self.torch = torch
        self.targets = torch.from_numpy(targets)
        times = {}
        ways = {}
        for name, order in (("channels first", torch.contiguous_format), ("channels last", torch.channels_last)):
            way = self.way_of(description, torch.from_numpy(pictures).permute(0, 3, 1, 2), order)
            way()
            ways[name] = way
            times[name] = min(timed(way)["seconds"] for _ in range(2))
        self.name = min(times, key=times.get)
        self.way = ways[self.name]

    def way_of(self, description, pictures, order):
        torch = self.torch
        pictures = pictures.contiguous(memory_format=order)
        model = self.model(description, pictures[:1]).to(memory_format=order)
        self.parameters = sum(each.numel() for each in model.parameters())
        optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)
        loss_of = torch.nn.BCEWithLogitsLoss()

        def step():
            optimizer.zero_grad()
            loss = loss_of(model(pictures), self.targets)
            loss.backward()
            optimizer.step()
            return loss.item()

        return step

    def model(self, description, example):
        """The layers; the last one's sigmoid is in the loss."""
        nn = self.torch.nn
        layers = []
        for layer in description["layers"]:
            config = layer["config"]
            match layer["name"]:
                case "Conv2D":
                    layers.append(nn.LazyConv2d(config["filters"], config["kernel_size"]))
                case "MaxPooling2D":
                    layers.append(nn.MaxPool2d(config["pool_size"]))
                case "Flatten":
                    layers.append(nn.Flatten())
                case "Dense":
                    layers.append(nn.LazyLinear(config["units"]))
            if config.get("activation") == "relu":
                layers.append(nn.ReLU())
        model = nn.Sequential(*layers)
        model(example)
        return model


def timed(way):
    start = time.perf_counter()
    loss = way()
    return {"seconds": time.perf_counter() - start, "loss": loss}


def main():
    training = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["ask"] == "prepare":
            try:
                import numpy

                pictures = numpy.fromfile(request["pictures"], dtype="f")
                targets = numpy.fromfile(request["targets"], dtype="f")
                training = Training(
                    request["model"], pictures.reshape(request["batch"], *request["model"]["input"]),
                    targets.reshape(-1, 1))
                answer = {"parameters": training.parameters, "way": training.name}
            except ImportError:
                answer = {"error": "PyTorch is not installed", "missing": True}
        else:
            answer = {"steps": [timed(training.way) for _ in range(request["steps"])]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
