#!/usr/bin/env python3
"""Writes test/engine/torch-training.json.gz: two small nets after 20 steps of plain PyTorch, a rate a layer.

First weights and batches are formulas, the same here and in test/engine/torch-training.test.ts, which trains the nets again.
Needs PyTorch, which nothing else of the project does; run only when the nets change:  python3 scripts/make-torch-training.py
"""
import gzip
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import torch  # noqa: E402
from torch import nn  # noqa: E402

from torch_reference.cases import written  # noqa: E402

STEPS, BATCH, CLASSES = 20, 8, 4
SHAPE = (BATCH, 12, 12, 2)


def wave(shape, seed, scale):
    """sin at the places of a tensor, row by row, in lerac's layout; float32."""
    size = torch.Size(shape).numel()
    places = torch.arange(1, size + 1, dtype=torch.float64)
    return (scale * torch.sin(places * 12.9898 + seed)).float().reshape(shape)


def batch(step):
    labels = (torch.arange(BATCH) * 7 + step) % CLASSES
    return wave(SHAPE, step, 1.0).permute(0, 3, 1, 2), labels


class Plain(nn.Module):
    """conv, norm, relu, pool, conv, relu, dense."""

    def __init__(self):
        super().__init__()
        self.a, self.n = nn.Conv2d(2, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.b, self.head = nn.Conv2d(16, 16, 3, padding=1), nn.Linear(576, CLASSES)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.n(self.a(x))), 2)
        # Flattened with channels last, as lerac lays images.
        return self.head(torch.relu(self.b(x)).permute(0, 2, 3, 1).flatten(1))


class Residual(nn.Module):
    """conv, relu, a residual convolution, a strided convolution, silu, mean, dense."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(2, 16, 3, padding=1), nn.Conv2d(16, 16, 3, padding=1)
        self.c, self.head = nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.Linear(32, CLASSES)

    def forward(self, x):
        x = torch.relu(self.a(x))
        x = nn.functional.silu(self.c(x + self.b(x)))
        return self.head(x.mean((2, 3)))


def ours(tensor):
    """Kernels HWIO, matrices [in, out]."""
    return {4: lambda t: t.permute(2, 3, 1, 0), 2: lambda t: t.t()}.get(tensor.dim(), lambda t: t)(tensor)


def trained(net, optimizer):
    with torch.no_grad():
        for seed, (name, p) in enumerate(net.named_parameters()):
            first = wave(ours(p).shape, seed, 0.1)
            p.copy_({4: lambda t: t.permute(3, 2, 0, 1), 2: lambda t: t.t()}.get(p.dim(), lambda t: t)(first))
    layers = [layer for layer in net.children()]
    rates = [0.05 / (1 + level) for level in range(len(layers))]
    made = optimizer([{"params": list(layer.parameters()), "lr": rate} for layer, rate in zip(layers, rates)])
    losses = []
    for step in range(STEPS):
        x, labels = batch(step)
        made.zero_grad()
        loss = nn.functional.cross_entropy(net(x), labels)
        loss.backward()
        made.step()
        losses.append(loss.item())
    return {"losses": losses, "tensors": {name: written(ours(p)) for name, p in net.named_parameters()}}


reference = {
    "torch": torch.__version__,
    "plain": trained(Plain(), lambda groups: torch.optim.SGD(groups, momentum=0.9, weight_decay=1e-3)),
    "residual": trained(Residual(), lambda groups: torch.optim.Adam(groups, betas=(0.9, 0.99), eps=1e-3)),
}
target = pathlib.Path(__file__).parent.parent / "test" / "engine" / "torch-training.json.gz"
text = json.dumps(reference, separators=(",", ":"), allow_nan=False)
# No time stamp and no name inside: the same nets give the same bytes.
target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
print(f"{target.name}: {target.stat().st_size} bytes, PyTorch {torch.__version__}")
