"""Cases of the operators on images, and of those that any tensor takes."""
import torch
import torch.nn.functional as F

from .cases import channels_first, channels_last, kernel, operator_case, values

IMAGE = (2, 5, 6, 4)


def sections():
    cases = [
        *convolutions(),
        *transposed(),
        *norms(),
        *activations(),
        *pools(),
        *enlarged(),
        *moved(),
    ]
    return {"vision": cases}


def convolutions():
    options = [
        ("padded", dict(filters=3, size=3)),
        ("unpadded, even", dict(filters=2, size=2, padding=0)),
        ("stride and dilation", dict(filters=2, size=3, stride=2, dilation=2, padding=2)),
        ("groups", dict(filters=6, size=3, groups=2, bias=False)),
        ("a group a channel", dict(filters=8, size=3, groups=4, stride=2)),
    ]
    for seed, (title, args) in enumerate(options):
        yield conv2d_case("conv2d", title, args, args["filters"], args.get("groups", 1), seed)
    yield conv2d_case("grouped_conv", "four groups", dict(filters=4, size=3, groups=4), 4, 4, 10)
    yield conv2d_case("depthwise_conv2d", "two kernels a channel", dict(size=3, multiplier=2), 8, 4, 11)
    yield conv2d_case("depthwise_conv2d", "strided", dict(size=2, stride=2, padding=1), 4, 4, 12)

    def separable(inputs, tensors):
        x = channels_first(inputs[0])
        apart = F.conv2d(x, kernel(tensors["depthwise"]), padding=1, stride=2, groups=4)
        return channels_last(F.conv2d(apart, kernel(tensors["pointwise"]), tensors["bias"]))

    yield operator_case(
        "separable_conv2d",
        dict(filters=3, size=3, stride=2, multiplier=2),
        [values(IMAGE, 60)],
        {
            "depthwise": values((3, 3, 1, 8), 61),
            "pointwise": values((1, 1, 8, 3), 62),
            "bias": values((3,), 63),
        },
        separable,
    )

    def conv1d(inputs, tensors):
        y = F.conv1d(
            channels_first(inputs[0]),
            tensors["weight"].permute(2, 1, 0),
            tensors["bias"],
            stride=2,
            padding=2,
            dilation=2,
            groups=2,
        )
        return channels_last(y)

    yield operator_case(
        "conv1d",
        dict(filters=6, size=3, stride=2, padding=2, dilation=2, groups=2),
        [values((2, 9, 4), 64)],
        {"weight": values((3, 2, 6), 65), "bias": values((6,), 66)},
        conv1d,
    )


def conv2d_case(operator, title, args, filters, groups, seed):
    size = args["size"]

    def compute(inputs, tensors):
        y = F.conv2d(
            channels_first(inputs[0]),
            kernel(tensors["weight"]),
            tensors.get("bias"),
            stride=args.get("stride", 1),
            padding=args.get("padding", (size - 1) // 2),
            dilation=args.get("dilation", 1),
            groups=groups,
        )
        return channels_last(y)

    tensors = {"weight": values((size, size, IMAGE[3] // groups, filters), 100 + seed)}
    if args.get("bias", True):
        tensors["bias"] = values((filters,), 200 + seed)
    return operator_case(operator, args, [values(IMAGE, seed)], tensors, compute, title)


def transposed():
    options = [
        ("keeps the size", dict(filters=3, size=3)),
        ("doubles it", dict(filters=2, size=3, stride=2, output_padding=1)),
        ("gaps", dict(filters=2, size=2, stride=3, padding=0, output_padding=2)),
        ("dilation, more output padding than stride", dict(filters=2, size=2, stride=2, dilation=3, padding=1, output_padding=2)),
        ("groups", dict(filters=6, size=3, stride=2, groups=2, bias=False)),
    ]
    for seed, (title, args) in enumerate(options):
        groups, size, filters = args.get("groups", 1), args["size"], args["filters"]

        def compute(inputs, tensors, args=args, groups=groups, size=size):
            y = F.conv_transpose2d(
                channels_first(inputs[0]),
                # [height, width, filters / groups, channels] to PyTorch's [channels, filters / groups, height, width].
                kernel(tensors["weight"]),
                tensors.get("bias"),
                stride=args.get("stride", 1),
                padding=args.get("padding", (size - 1) // 2),
                output_padding=args.get("output_padding", 0),
                dilation=args.get("dilation", 1),
                groups=groups,
            )
            return channels_last(y)

        tensors = {"weight": values((size, size, filters // groups, 4), 310 + seed)}
        if args.get("bias", True):
            tensors["bias"] = values((filters,), 320 + seed)
        yield operator_case("conv_transpose2d", args, [values((2, 3, 4, 4), 300 + seed)], tensors, compute, title)


def norms():
    def scaling(channels, seed):
        return {"weight": values((channels,), seed), "bias": values((channels,), seed + 1)}

    yield operator_case(
        "batch_norm",
        dict(eps=1e-3),
        [values((3, 4, 3, 2), 400, 2, 5)],
        scaling(2, 401),
        lambda inputs, t: channels_last(
            F.batch_norm(channels_first(inputs[0]), None, None, t["weight"], t["bias"], training=True, eps=1e-3)
        ),
    )
    yield operator_case(
        "layer_norm",
        {},
        [values((2, 3, 4, 5), 410, -2, 4)],
        scaling(5, 411),
        lambda inputs, t: F.layer_norm(inputs[0], (5,), t["weight"], t["bias"], eps=1e-5),
    )
    yield operator_case(
        "group_norm",
        dict(groups=2),
        [values((2, 3, 4, 6), 420, -2, 4)],
        scaling(6, 421),
        lambda inputs, t: channels_last(
            F.group_norm(channels_first(inputs[0]), 2, t["weight"], t["bias"], eps=1e-5)
        ),
    )

    def rms(inputs, tensors):
        x = inputs[0]
        if hasattr(F, "rms_norm"):
            return F.rms_norm(x, (5,), tensors["weight"], eps=1e-6)
        return tensors["weight"] * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)

    yield operator_case("rms_norm", {}, [values((2, 4, 5), 430, -2, 2)], {"weight": values((5,), 431)}, rms)


def activations():
    functions = [
        ("relu", {}, F.relu),
        ("leaky_relu", dict(slope=0.2), lambda x: F.leaky_relu(x, 0.2)),
        ("elu", dict(alpha=1.5), lambda x: F.elu(x, 1.5)),
        ("gelu", {}, F.gelu),
        ("gelu", dict(approximate="tanh"), lambda x: F.gelu(x, approximate="tanh")),
        ("quick_gelu", {}, lambda x: x * torch.sigmoid(1.702 * x)),
        ("silu", {}, F.silu),
        ("hard_swish", {}, F.hardswish),
        ("tanh", {}, torch.tanh),
        ("sigmoid", {}, torch.sigmoid),
        ("softmax", {}, lambda x: torch.softmax(x, -1)),
        ("softmax", dict(axis="length"), lambda x: torch.softmax(x, 1)),
    ]
    for seed, (operator, args, function) in enumerate(functions):
        x = values((2, 6, 5), 500 + seed, -6, 6)
        yield operator_case(operator, args, [x], {}, lambda inputs, _, f=function: f(inputs[0]))
    # Corners: the derivative at 0 itself.
    corner = torch.tensor([[-1.0, 0.0, 2.0]], dtype=torch.float64)
    for operator, args, function in functions[:3]:
        yield operator_case(operator, args, [corner], {}, lambda inputs, _, f=function: f(inputs[0]), "at 0")
    for title, args, slopes in [("a slope a channel", {}, 3), ("one slope", dict(shared=True), 1)]:
        yield operator_case(
            "prelu",
            args,
            [values((2, 3, 2, 3), 530 + slopes)],
            {"weight": values((slopes,), 540 + slopes)},
            lambda inputs, t: channels_last(F.prelu(channels_first(inputs[0]), t["weight"])),
            title,
        )


def pools():
    windows = [
        ("tiles", dict(size=2), dict(kernel_size=2)),
        ("padded, overlapping", dict(size=3, stride=2, padding=1), dict(kernel_size=3, stride=2, padding=1)),
        ("stride beyond the window", dict(size=2, stride=3), dict(kernel_size=2, stride=3)),
    ]
    # Few different numbers: most windows hold their largest more than once.
    ties = torch.round(values(IMAGE, 600) * 2)
    for seed, (title, args, theirs) in enumerate(windows):
        for name, x in [("", values(IMAGE, 601 + seed)), (", ties", ties)]:
            yield operator_case(
                "max_pool",
                args,
                [x],
                {},
                lambda inputs, _, w=theirs: channels_last(F.max_pool2d(channels_first(inputs[0]), **w)),
                title + name,
            )
        yield operator_case(
            "avg_pool",
            args,
            [values(IMAGE, 610 + seed)],
            {},
            lambda inputs, _, w=theirs: channels_last(F.avg_pool2d(channels_first(inputs[0]), **w)),
            title,
        )
    yield operator_case(
        "global_avg_pool", {}, [values(IMAGE, 620)], {}, lambda inputs, _: inputs[0].mean((1, 2))
    )
    for title, x in [("", values(IMAGE, 621)), ("ties", ties)]:
        yield operator_case(
            "global_max_pool",
            {},
            [x],
            {},
            lambda inputs, _: F.adaptive_max_pool2d(channels_first(inputs[0]), 1).flatten(1),
            title,
        )
    for rows, columns in [(2, 3), (3, 4), (7, 1)]:
        yield operator_case(
            "adaptive_avg_pool",
            dict(rows=rows, columns=columns),
            [values(IMAGE, 630 + rows)],
            {},
            lambda inputs, _, size=(rows, columns): channels_last(
                F.adaptive_avg_pool2d(channels_first(inputs[0]), size)
            ),
        )


def enlarged():
    for seed, (factor, mode) in enumerate([(2, "nearest"), (3, "nearest"), (2, "bilinear"), (3, "bilinear")]):
        options = dict(align_corners=False) if mode == "bilinear" else {}
        yield operator_case(
            "upsample",
            dict(factor=factor, mode=mode),
            [values((2, 3, 4, 2), 650 + seed)],
            {},
            lambda inputs, _, f=factor, m=mode, o=options: channels_last(
                F.interpolate(channels_first(inputs[0]), scale_factor=f, mode=m, **o)
            ),
        )


def moved():
    small = (2, 3, 4, 2)
    yield operator_case("flatten", {}, [values(small, 700)], {}, lambda i, _: i[0].flatten(1))
    yield operator_case("reshape", dict(sizes=[6, 4]), [values(small, 701)], {}, lambda i, _: i[0].reshape(2, 6, 4))
    yield operator_case(
        "transpose", dict(order=[2, 0, 1]), [values(small, 702)], {}, lambda i, _: i[0].permute(0, 3, 1, 2)
    )
    yield operator_case(
        "pad",
        dict(before=1, after=2, value=0.5),
        [values(small, 703)],
        {},
        lambda i, _: F.pad(i[0], (0, 0, 1, 2, 1, 2), value=0.5),
    )
    yield operator_case("crop", dict(before=1, after=0), [values(small, 704)], {}, lambda i, _: i[0][:, 1:, 1:])
    yield operator_case(
        "slice", dict(start=1, count=2, axis="width"), [values(small, 705)], {}, lambda i, _: i[0].narrow(2, 1, 2)
    )
    yield operator_case(
        "pick", dict(index=2, axis="height"), [values(small, 706)], {}, lambda i, _: i[0].select(1, 2)
    )
    yield operator_case("mean", dict(axis="width"), [values(small, 707)], {}, lambda i, _: i[0].mean(2))
    yield operator_case(
        "concat",
        dict(axis="height"),
        [values(small, 708), values((2, 1, 4, 2), 709)],
        {},
        lambda i, _: torch.cat(i, 1),
    )
    yield operator_case("add", {}, [values(small, 710), values(small, 711)], {}, lambda i, _: i[0] + i[1])
    yield operator_case(
        "multiply",
        {},
        [values(small, 712), values((2, 2), 713)],
        {},
        lambda i, _: i[0] * i[1][:, None, None, :],
        "a number a channel",
    )
    yield operator_case(
        "split", dict(parts=2, axis="width"), [values(small, 714)], {}, lambda i, _: i[0].chunk(2, 2)
    )

    def detect(inputs, tensors):
        return [x @ tensors[f"{k}.weight"] + tensors[f"{k}.bias"] for k, x in enumerate(inputs)]

    yield operator_case(
        "detect",
        dict(classes=1, anchors=[[1, 2], [3, 4, 5, 6]]),
        [values((2, 2, 3, 3), 715), values((2, 1, 2, 4), 716)],
        {
            "0.weight": values((3, 6), 717),
            "0.bias": values((6,), 718),
            "1.weight": values((4, 12), 719),
            "1.bias": values((12,), 720),
        },
        detect,
    )
    yield operator_case(
        "dense",
        dict(units=3),
        [values((2, 4, 5), 721)],
        {"weight": values((5, 3), 722), "bias": values((3,), 723)},
        lambda i, t: F.linear(i[0], t["weight"].T, t["bias"]),
    )
