"""Sequence operators, losses and optimizers."""
import torch
import torch.nn.functional as F

from .cases import exactly, operator_case, values, written


def sections():
    return {
        "sequenceOperators": [*embeddings(), *recurrences(), *attentions()],
        "losses": losses(),
        "optimizers": optimizers(),
    }


# ---- operators ----


def embeddings():
    words = torch.tensor([[0, 3, 3, 6], [5, 3, 0, 1]])
    table = values([7, 5], 1)
    case = operator_case(
        "embedding",
        {"vocabulary": 7, "width": 5},
        [],
        {"weight": table},
        lambda _, t: F.embedding(words, t["weight"]),
        "a row met several times",
    )
    case["inputs"] = [exactly(words.double())]
    yield case


def gates_last(weight):
    """PyTorch's [gates * H, in] from ours."""
    return weight.t()


def flat_weights(tensors, prefix, gates, units):
    recurrent_bias = tensors.get(f"{prefix}recurrent_bias", torch.zeros(gates * units, dtype=torch.double))
    return [
        gates_last(tensors[f"{prefix}input"]),
        gates_last(tensors[f"{prefix}recurrent"]),
        tensors[f"{prefix}bias"],
        recurrent_bias,
    ]


def recurrence(kind, title, features, units, lengths, layers=1, both=False, sequence=False, extra=False):
    gates = {"lstm": 4, "gru": 3}[kind]
    places, samples = 5, len(lengths)
    directions = 2 if both else 1
    prefixes = []
    for layer in range(layers):
        own = "" if layers == 1 else f"{layer}."
        prefixes += [f"{own}forward.", f"{own}backward."] if both else [own]
    tensors = {}
    for i, prefix in enumerate(prefixes):
        entering = features if i < directions else directions * units
        tensors[f"{prefix}input"] = values([entering, gates * units], 10 + i)
        tensors[f"{prefix}recurrent"] = values([units, gates * units], 20 + i)
        tensors[f"{prefix}bias"] = values([gates * units], 30 + i)
        if extra:
            tensors[f"{prefix}recurrent_bias"] = values([gates * units], 40 + i)

    def compute(inputs, t):
        weights = [w for prefix in prefixes for w in flat_weights(t, prefix, gates, units)]
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            inputs[0], lengths, batch_first=True, enforce_sorted=False
        )
        start = torch.zeros(layers * directions, samples, units, dtype=torch.double)
        run = {"lstm": torch._VF.lstm, "gru": torch._VF.gru}[kind]
        state = (start, start) if kind == "lstm" else start
        result = run(packed.data, packed.batch_sizes, state, weights, True, layers, 0.0, True, both)
        states = torch.nn.utils.rnn.PackedSequence(
            result[0], packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices
        )
        if sequence:
            return torch.nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=places)[0]
        last = result[1].index_select(1, packed.unsorted_indices)[-directions:]
        return torch.cat(list(last), dim=-1)

    args = {"units": units, "layers": layers, "bidirectional": both, "sequence": sequence}
    args["recurrent_bias"] = extra
    case = operator_case(kind, args, [values([samples, places, features], 50)], tensors, compute, title)
    case["lengths"] = lengths
    return case


def recurrences():
    for kind in ("lstm", "gru"):
        full = [5, 5]
        yield recurrence(kind, "final state", 3, 4, full)
        yield recurrence(kind, "every state, two biases", 3, 4, full, sequence=True, extra=True)
        yield recurrence(kind, "lengths", 2, 3, [5, 1, 3], extra=True)
        yield recurrence(kind, "both directions, lengths", 2, 3, [4, 2, 5], both=True, extra=True)
        yield recurrence(
            kind, "two layers both ways, every state", 2, 3, [3, 5], layers=2, both=True, sequence=True
        )


def attention(title, shapes, heads, args=None, head_width=None, axis=0, lengths=None, causal=False, bias=True):
    args = dict(args or {})
    query_shape = shapes[0]
    widths = [shape[-1] for shape in (shapes * 3 if len(shapes) == 1 else [*shapes, shapes[-1]])][:3]
    inner = heads * (head_width or widths[0] // heads)
    qkv_bias = args.get("qkv_bias", True)
    tensors = {}
    for i, (name, width) in enumerate(zip(("query", "key", "value"), widths)):
        tensors[f"{name}.weight"] = values([width, inner], 60 + i)
        if qkv_bias:
            tensors[f"{name}.bias"] = values([inner], 63 + i)
    tensors["out.weight"] = values([inner, widths[0]], 66)
    if bias:
        tensors["out.bias"] = values([widths[0]], 67)

    def compute(inputs, t):
        sources = inputs * 3 if len(inputs) == 1 else [*inputs, inputs[-1]][:3]

        def project(source, name):
            y = F.linear(source, t[f"{name}.weight"].t(), t.get(f"{name}.bias"))
            # Places last but one, then heads before places.
            y = y.movedim(1 + axis, -2)
            return y.unflatten(-1, (heads, inner // heads)).transpose(-3, -2)

        q, k, v = (project(s, n) for s, n in zip(sources, ("query", "key", "value")))
        mask = None
        if lengths is not None:
            keys = k.shape[-2]
            filled = torch.arange(keys)[None, :] < torch.tensor(lengths)[:, None]
            mask = filled[:, None, None, :]
        mixed = F.scaled_dot_product_attention(q, k, v, mask, is_causal=causal, scale=args.get("scale"))
        mixed = mixed.transpose(-3, -2).flatten(-2).movedim(-2, 1 + axis)
        return F.linear(mixed, t["out.weight"].t(), t.get("out.bias"))

    args["heads"] = heads
    if head_width is not None:
        args["head_width"] = head_width
    inputs = [values(shape, 70 + i) for i, shape in enumerate(shapes)]
    case = operator_case("attention", args, inputs, tensors, compute, title)
    if lengths is not None:
        case["lengths"] = lengths
    assert query_shape[-1] == widths[0]
    return case


def attentions():
    yield attention("two heads", [[2, 5, 6]], 2)
    yield attention("one head, wide, no bias", [[2, 3, 4]], 1, {"qkv_bias": False}, head_width=5)
    yield attention("lengths", [[3, 5, 4]], 2, lengths=[5, 1, 3])
    yield attention("causal", [[2, 5, 4]], 2, {"mask": "causal"}, causal=True)
    yield attention("cross, other sizes", [[2, 3, 4], [2, 5, 6]], 2)
    yield attention("three sources, scale", [[2, 5, 4], [2, 3, 4], [2, 3, 4]], 2, {"scale": 0.3})
    yield attention("along bands", [[2, 3, 4, 6]], 3, {"axis": "bands"}, axis=0)
    yield attention("along frames", [[2, 3, 4, 6]], 3, {"axis": "frames"}, head_width=2, axis=1)


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
    return cases
