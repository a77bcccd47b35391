"""PyTorch in a process of its own: pytorch_step.py CASE THREADS. Speaks as worker.mjs does.

The nets, the optimizer (a group and a rate a layer) and the batches of `npm run bench -- step`, in plain PyTorch: float32,
no compiler, as its documentation has a training loop.
"""
import json
import math
import resource
import sys
import time

import torch
from torch import nn

BEGUN = time.perf_counter()


def small_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10),
    )


class Basic(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.shortcut = None
        if stride != 1 or channels != filters:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)
            )

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.shortcut is None else self.shortcut(x)))


def resnet18():
    stages = [(64, 64, 1), (64, 128, 2), (128, 256, 2), (256, 512, 2)]
    blocks = [Basic(*stage) for c, f, s in stages for stage in ((c, f, s), (f, f, 1))]
    return nn.Sequential(
        nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(), *blocks,
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10),
    )


CASES = {"a": (small_cnn, (64, 1, 28, 28), 0.0), "b": (resnet18, (32, 3, 32, 32), 1e-4)}


def main(letter, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    build, shape, decay = CASES[letter]
    net = build().train()
    groups = [{"params": list(m.parameters(recurse=False)), "lr": 0.001} for m in net.modules()]
    optimizer = torch.optim.SGD([g for g in groups if g["params"]], momentum=0.9, weight_decay=decay)
    places = torch.arange(1, math.prod(shape) + 1, dtype=torch.float64)
    batches = [
        (torch.sin(places * (12.9898 + i)).float().reshape(shape), (torch.arange(shape[0]) * 7 + i) % 10)
        for i in range(4)
    ]
    done = 0

    def step():
        nonlocal done
        x, labels = batches[done % 4]
        done += 1
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), labels)
        loss.backward()
        optimizer.step()
        assert math.isfinite(loss.item())
        return (time.perf_counter() - start) * 1000

    step()
    first_step = (time.perf_counter() - BEGUN) * 1000
    step()
    step()
    print(json.dumps({"ready": True, "engine": f"PyTorch {torch.__version__}", "first_step": first_step}), flush=True)
    for line in sys.stdin:
        times = []
        until = time.perf_counter() + float(line) / 1000
        while not times or time.perf_counter() < until:
            times.append(step())
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"times": times, "rss": rss}), flush=True)


main(sys.argv[1], int(sys.argv[2]))
