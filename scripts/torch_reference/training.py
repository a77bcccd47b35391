"""Losses, optimizers and metrics."""
import torch
import torch.nn.functional as F

from .cases import exactly, short, values, written


def sections():
    return {"losses": losses(), "optimizers": optimizers(), "metrics": metrics()}


# ---- losses ----


def loss_case(title, program, outputs, compute, labels=None, targets=None):
    outputs = outputs.clone().requires_grad_()
    loss = compute(outputs)
    (gradient,) = torch.autograd.grad(loss, [outputs])
    return {
        "title": title,
        "program": program,
        "outputs": exactly(outputs),
        "labels": labels.tolist() if labels is not None else [],
        "targets": exactly(targets) if targets is not None else None,
        "loss": written(loss),
        "gradient": written(gradient),
    }


def losses():
    logits = values([6, 4], 80, -4, 4)
    sharp = values([6, 4], 81, -60, 60)
    labels = torch.tensor([0, 3, 2, 3, 1, 0])
    weights = [0.5, 2.0, 1.0, 0.25]
    double_weights = torch.tensor(weights, dtype=torch.double)
    cases = []
    for name, z in (("", logits), (", sharp", sharp)):
        for smoothing, w in ((0, None), (0.125, None), (0, weights), (0.125, weights)):
            cases.append(
                loss_case(
                    f"cross-entropy{name}, smoothing {smoothing}{', weights' if w else ''}",
                    {"kind": "cross_entropy", "smoothing": smoothing, "weights": w},
                    z,
                    lambda o, s=smoothing, c=w: F.cross_entropy(
                        o, labels, weight=double_weights if c else None, label_smoothing=s
                    ),
                    labels,
                )
            )

        def focal(o, gamma, alpha):
            log = F.log_softmax(o, 1).gather(1, labels[:, None])[:, 0]
            rest = (F.softmax(o, 1) * (1 - F.one_hot(labels, 4))).sum(1)
            factor = double_weights[labels] if alpha else 1.0
            return -(factor * rest**gamma * log).mean()

        for gamma, alpha in ((2, None), (0, None), (0.5, weights), (1, weights)):
            # Where p is 1 to the last bit, PyTorch's own gradient of rest**gamma is not finite.
            if z is sharp and gamma < 1:
                continue
            cases.append(
                loss_case(
                    f"focal{name}, gamma {gamma}{', alpha' if alpha else ''}",
                    {"kind": "focal", "gamma": gamma, "alpha": alpha},
                    z,
                    lambda o, g=gamma, a=alpha: focal(o, g, a),
                    labels,
                )
            )
        cases.append(
            loss_case(
                f"bce{name}",
                {"kind": "bce"},
                z,
                lambda o: F.binary_cross_entropy_with_logits(o, F.one_hot(labels, 4).double()),
                labels,
            )
        )
    two = torch.tensor([0, 1, 1, 0])
    cases.append(
        loss_case(
            "bce of one output",
            {"kind": "bce"},
            values([4, 1], 82, -3, 3),
            lambda o: F.binary_cross_entropy_with_logits(o[:, 0], two.double()),
            two,
        )
    )
    numbers, targets = values([5, 2], 83, -3, 3), values([5, 2], 84, -3, 3)
    targets[0] = numbers[0]
    for title, program, compute in (
        ("mse", {"kind": "mse"}, lambda o: F.mse_loss(o, targets)),
        ("mae", {"kind": "mae"}, lambda o: F.l1_loss(o, targets)),
        ("huber", {"kind": "huber", "delta": 1.5}, lambda o: F.huber_loss(o, targets, delta=1.5)),
        ("smooth_l1", {"kind": "smooth_l1", "beta": 0.5}, lambda o: F.smooth_l1_loss(o, targets, beta=0.5)),
    ):
        cases.append(loss_case(title, program, numbers, compute, targets=targets))
    return cases


# ---- optimizers ----


def float32(number):
    return torch.tensor(number, dtype=torch.float32).item()


def optimizer_case(title, program, make):
    """Three tensors, each at a rate of its own that changes from step to step, and given gradients."""
    shapes = [[3, 2], [4], [2, 2]]
    start = [values(shape, 90 + i) for i, shape in enumerate(shapes)]
    rates = [[float32(r) for r in row] for row in ((0.1, 0.01, 0.5), (0.2, 0.02, 0.25), (0.05, 0.3, 0.001))]
    gradients = [[values(shape, 93 + 3 * step + i) for i, shape in enumerate(shapes)] for step in range(3)]
    # A gradient of 0 must not divide by 0.
    gradients[0][1][0] = 0
    weights = [tensor.clone().requires_grad_() for tensor in start]
    rule = make([{"params": [weight], "lr": 1.0} for weight in weights])
    for row, own in zip(rates, gradients):
        for group, weight, rate, gradient in zip(rule.param_groups, weights, row, own):
            group["lr"] = rate
            weight.grad = gradient.clone()
        rule.step()
    return {
        "title": title,
        "program": program,
        "start": [exactly(tensor) for tensor in start],
        "rates": rates,
        "gradients": [[exactly(tensor) for tensor in own] for own in gradients],
        "weights": [written(tensor) for tensor in weights],
    }


def optimizers():
    o = torch.optim
    moments = {"rate": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-6}
    betas = {"betas": (0.8, 0.95), "eps": 1e-6}
    cases = []
    for decay in (0, 0.1):
        sgd = {"kind": "sgd", "rate": 0.1, "momentum": 0.9, "weightDecay": decay}
        for nesterov in (False, True):
            cases.append(
                optimizer_case(
                    f"sgd, decay {decay}{', Nesterov' if nesterov else ''}",
                    {**sgd, "nesterov": nesterov},
                    lambda p, n=nesterov, d=decay: o.SGD(p, momentum=0.9, nesterov=n, weight_decay=d),
                )
            )
        for kind, rule in (("adam", o.Adam), ("adamw", o.AdamW), ("adamax", o.Adamax)):
            cases.append(
                optimizer_case(
                    f"{kind}, decay {decay}",
                    {"kind": kind, **moments, "weightDecay": decay},
                    lambda p, r=rule, d=decay: r(p, weight_decay=d, **betas),
                )
            )
        for momentum, centered in ((0, False), (0.9, False), (0.9, True), (0, True)):
            cases.append(
                optimizer_case(
                    f"rmsprop, decay {decay}, momentum {momentum}{', centred' if centered else ''}",
                    {
                        "kind": "rmsprop",
                        "rate": 0.1,
                        "alpha": 0.9,
                        "eps": 1e-6,
                        "momentum": momentum,
                        "centered": centered,
                        "weightDecay": decay,
                    },
                    lambda p, m=momentum, c=centered, d=decay: o.RMSprop(
                        p, alpha=0.9, eps=1e-6, momentum=m, centered=c, weight_decay=d
                    ),
                )
            )
        for initial in (0, 0.5):
            cases.append(
                optimizer_case(
                    f"adagrad, decay {decay}, from {initial}",
                    {"kind": "adagrad", "rate": 0.1, "eps": 1e-6, "initial": initial, "weightDecay": decay},
                    lambda p, i=initial, d=decay: o.Adagrad(
                        p, eps=1e-6, initial_accumulator_value=i, weight_decay=d
                    ),
                )
            )
        cases.append(
            optimizer_case(
                f"lamb, decay {decay}",
                {"kind": "lamb", **moments, "weightDecay": decay},
                lambda p, d=decay: Lamb(o.Adam(p, **betas), d),
            )
        )
    return cases


class Lamb:
    """LAMB (You et al. 2020, Alg. 2), which PyTorch lacks: the direction is what its Adam would take at rate 1."""

    def __init__(self, adam, decay):
        self.adam, self.decay, self.param_groups = adam, decay, adam.param_groups

    def step(self):
        rates = [group["lr"] for group in self.param_groups]
        before = [group["params"][0].detach().clone() for group in self.param_groups]
        for group in self.param_groups:
            group["lr"] = 1.0
        self.adam.step()
        with torch.no_grad():
            for group, rate, start in zip(self.param_groups, rates, before):
                weight = group["params"][0]
                direction = start - weight + self.decay * start
                ratio = torch.linalg.vector_norm(start) / torch.linalg.vector_norm(direction)
                weight.copy_(start - rate * ratio * direction)


# ---- metrics ----


def metric_case(title, outputs, compute, labels=None, targets=None):
    """Values by metric name; `compute` gives them as tensors."""
    return {
        "title": title,
        "outputs": exactly(outputs),
        "labels": labels.tolist() if labels is not None else [],
        "targets": exactly(targets) if targets is not None else None,
        "values": {name: short(float(value)) for name, value in compute(outputs).items()},
    }


def area(scores, positive):
    """The share of pairs in the right order; ties count half."""
    difference = scores[positive][:, None] - scores[~positive][None, :]
    return ((difference > 0).double() + 0.5 * (difference == 0).double()).mean()


def class_metrics(outputs, labels, classes):
    taken = outputs.argmax(1)
    confusion = torch.bincount(labels * classes + taken, minlength=classes**2).reshape(classes, classes).double()
    hits, own, chosen = confusion.diag(), confusion.sum(1), confusion.sum(0)
    met = own + chosen > 0
    one = torch.ones_like(hits)
    shares = outputs.softmax(1)
    return {
        "accuracy": (taken == labels).double().mean(),
        "top(2)": (outputs.topk(2, 1).indices == labels[:, None]).any(1).double().mean(),
        "top(3)": (outputs.topk(3, 1).indices == labels[:, None]).any(1).double().mean(),
        "precision": (hits / torch.maximum(chosen, one))[met].mean(),
        "recall": (hits / torch.maximum(own, one))[met].mean(),
        "f1": (2 * hits / torch.maximum(own + chosen, one))[met].mean(),
        "auc": torch.stack([area(shares[:, k], labels == k) for k in range(classes) if own[k] > 0]).mean(),
    }


def metrics():
    labels = torch.tensor([0, 3, 2, 3, 1, 0, 2, 2, 0, 1, 3, 3, 0, 4, 4, 1, 2, 0])
    outputs = values([18, 6], 100, -3, 3)
    # Half of the samples are right; class 5 has none, but may be taken.
    outputs[torch.arange(0, 18, 2), labels[0::2]] += 2
    outputs = outputs.float().double()
    two = torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])
    logit = values([8, 1], 101, -2, 2)
    logit[3] = logit[2]
    numbers, targets = values([7, 3], 102, -3, 3), values([7, 3], 103, -3, 3)
    return [
        metric_case("six classes", outputs, lambda o: class_metrics(o, labels, 6), labels),
        metric_case(
            "one output for two classes",
            logit,
            lambda o: {
                "accuracy": ((o[:, 0] > 0) == (two == 1)).double().mean(),
                "auc": area(o[:, 0], two == 1),
            },
            two,
        ),
        metric_case(
            "numbers",
            numbers,
            lambda o: {"mae": F.l1_loss(o, targets), "rmse": F.mse_loss(o, targets).sqrt()},
            targets=targets,
        ),
    ]
