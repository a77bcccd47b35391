"""Sequence operators."""
import math

import torch
import torch.nn.functional as F

from .cases import exactly, operator_case, values


def sections():
    return {
        "sequenceOperators": [*embeddings(), *recurrences(), *attentions(), *positions()],
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


def waves(positions, width, base):
    """Vaswani et al. 2017, section 3.5, as the tutorials of PyTorch build it: sines and cosines side by side."""
    position = torch.arange(positions, dtype=torch.double)[:, None]
    rate = torch.exp(torch.arange(0, width, 2, dtype=torch.double) * (-math.log(base) / width))
    table = torch.zeros(positions, width, dtype=torch.double)
    table[:, 0::2] = torch.sin(position * rate)
    table[:, 1::2] = torch.cos(position * rate)[:, : width // 2]
    return table


def positions():
    yield operator_case(
        "learned_positions",
        {},
        [values([2, 4, 3], 75)],
        {"weight": values([4, 3], 76)},
        lambda i, t: i[0] + t["weight"],
        "as many rows as places",
    )
    yield operator_case(
        "learned_positions",
        {"count": 7},
        [values([2, 4, 3], 75)],
        {"weight": values([7, 3], 76)},
        lambda i, t: i[0] + F.embedding(torch.arange(4), t["weight"]),
        "more rows",
    )
    yield operator_case(
        "learned_positions",
        {"axis": "bands"},
        [values([2, 3, 4, 2], 75)],
        {"weight": values([3, 2], 76)},
        lambda i, t: i[0] + t["weight"][:, None, :],
        "along bands",
    )
    for width, base in ((6, 10_000), (5, 100)):
        args = {} if base == 10_000 else {"base": base}
        yield operator_case(
            "sinusoidal_positions",
            args,
            [values([2, 7, width], 77)],
            {},
            lambda i, _, w=width, b=base: i[0] + waves(7, w, b),
            f"{width} channels",
        )
    yield operator_case(
        "parameter",
        {"sizes": [2, 3]},
        [],
        {"weight": values([2, 3], 78)},
        lambda _, t: t["weight"].expand(3, 2, 3),
        "for three samples",
    )
    yield operator_case(
        "prepend",
        {},
        [values([3, 4, 2], 79), values([3, 2], 80)],
        {},
        lambda i, _: torch.cat([i[1][:, None, :], i[0]], 1),
        "a class token",
    )
    yield operator_case(
        "prepend",
        {"axis": "bands"},
        [values([2, 3, 4, 2], 79), values([2, 4, 2], 80)],
        {},
        lambda i, _: torch.cat([i[1][:, None], i[0]], 1),
        "a band of tokens",
    )
    yield operator_case(
        "tokens", {}, [values([2, 3, 2, 4], 81)], {}, lambda i, _: i[0].flatten(1, 2), "places of an image"
    )
