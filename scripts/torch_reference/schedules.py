"""Schedules: the rate of every step as PyTorch's own schedulers give it. 300 steps, 10 an epoch, from 0.1."""
import torch
from torch.optim import lr_scheduler as s

from .cases import values

STEPS, EPOCH, RATE = 300, 10, 0.1


def sections():
    return {"schedules": schedules(), "plateaus": plateaus()}


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)


def digits(number):
    return float(f"{number:.12g}")


def rates(make):
    rule = optimizer()
    scheduler = make(rule)
    found = []
    for _ in range(STEPS):
        found.append(digits(rule.param_groups[0]["lr"]))
        rule.step()
        scheduler.step()
    return found


def schedules():
    """`schedule` as a program stores it; what it leaves out is at its default."""

    def epochs(value):
        return {"unit": "epochs", "value": value}

    def warmed(rule, after):
        rising = s.LinearLR(rule, start_factor=1e-3, total_iters=30)
        return s.SequentialLR(rule, [rising, after(rule)], milestones=[30])

    table = [
        ({"kind": "constant"}, lambda o: s.ConstantLR(o, factor=1)),
        (
            {"kind": "multistep", "at": [epochs(9), epochs(20)], "factor": 0.2},
            lambda o: s.MultiStepLR(o, [90, 200], gamma=0.2),
        ),
        ({"kind": "cosine", "floor": 0.01}, lambda o: s.CosineAnnealingLR(o, STEPS, eta_min=0.01)),
        (
            {"kind": "cosine", "floor": 0.002, "restarts": 2},
            lambda o: s.CosineAnnealingWarmRestarts(o, T_0=100, eta_min=0.002),
        ),
        (
            {"kind": "linear", "floor": 0.02},
            lambda o: s.LinearLR(o, start_factor=1, end_factor=0.2, total_iters=STEPS),
        ),
        ({"kind": "polynomial", "power": 2.5}, lambda o: s.PolynomialLR(o, STEPS, power=2.5)),
        ({"kind": "exponential", "factor": 0.9}, lambda o: s.ExponentialLR(o, 0.9 ** (1 / EPOCH))),
        (
            # PyTorch's last step is at the end, so it counts one more; its rise ends one step before its share.
            {"kind": "one_cycle", "rise": 0.3, "start": 0.04, "end": 4e-6},
            lambda o: s.OneCycleLR(o, RATE, STEPS + 1, pct_start=91 / (STEPS + 1), cycle_momentum=False),
        ),
        (
            {"kind": "linear", "warmup": epochs(3)},
            lambda o: warmed(o, lambda r: s.LinearLR(r, start_factor=1, end_factor=0, total_iters=270)),
        ),
        (
            {"kind": "cosine", "warmup": epochs(3)},
            lambda o: warmed(o, lambda r: s.CosineAnnealingLR(r, 270)),
        ),
    ]
    return [{"schedule": schedule, "rates": rates(make)} for schedule, make in table]


def plateaus():
    """The rate after each epoch's value. PyTorch waits for one value more than its patience."""
    falling = torch.linspace(1, 0.6, 40, dtype=torch.double)
    losses = [digits(value) for value in falling.clamp(min=0.75) + 0.05 * values([40], 110, 0, 1)]
    cases = []
    for metric, mode, series in (
        ("loss", "min", losses),
        ("accuracy", "max", [digits(1 - value) for value in losses]),
    ):
        for patience, threshold in ((3, 0.0), (5, 0.01)):
            rule = optimizer()
            scheduler = s.ReduceLROnPlateau(
                rule, mode=mode, factor=0.5, patience=patience - 1, threshold=threshold, min_lr=1e-3
            )
            found = []
            for value in series:
                scheduler.step(value)
                found.append(digits(rule.param_groups[0]["lr"]))
            cases.append(
                {
                    "metric": metric,
                    "patience": patience,
                    "threshold": threshold,
                    "factor": 0.5,
                    "floor": 1e-3,
                    "values": series,
                    "rates": found,
                }
            )
    return cases
