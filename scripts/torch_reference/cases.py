"""How cases are made and written: random inputs that float32 holds exactly, tensors as {shape, data}."""
import math

import torch

torch.use_deterministic_algorithms(True)


def values(shape, seed, low=-1.0, high=1.0):
    """Uniform numbers in double precision, each of them a float32."""
    generator = torch.Generator().manual_seed(seed)
    uniform = torch.rand(shape, generator=generator, dtype=torch.float32)
    return (low + (high - low) * uniform).to(torch.float32).to(torch.float64)


def written(tensor):
    """Seven significant digits: what float32 can tell apart."""
    flat = tensor.detach().contiguous().reshape(-1).tolist()
    return {"shape": list(tensor.shape), "data": [short(number) for number in flat]}


def exactly(tensor):
    """For inputs: as many digits as it takes to read the same float32 back."""
    flat = tensor.detach().contiguous().reshape(-1).tolist()
    return {"shape": list(tensor.shape), "data": [float(f"{number:.9g}") for number in flat]}


def short(number):
    return float(f"{number:.7g}") if math.isfinite(number) else None


def operator_case(operator, args, inputs, tensors, compute, title="", phase="train", statistics=None):
    """One operator on small inputs: outputs, and the gradients of the sum of outputs times a fixed random `upstream`.

    operator, args: as the language calls them, every argument that is not at its default
    inputs, tensors: our layout (samples first, channels last; kernels [height, width, in, out])
    compute(inputs, tensors): gives our layout again, one tensor or a list
    statistics: names of `tensors` that are not trained
    """
    inputs = [tensor.clone().requires_grad_() for tensor in inputs]
    tensors = {name: tensor.clone().requires_grad_() for name, tensor in tensors.items()}
    given = compute(inputs, tensors)
    outputs = list(given) if isinstance(given, (list, tuple)) else [given]
    upstream = [values(output.shape, 900 + i) for i, output in enumerate(outputs)]
    trained = {name: tensor for name, tensor in tensors.items() if name not in (statistics or [])}
    sought = [*inputs, *trained.values()]
    total = sum((output * up).sum() for output, up in zip(outputs, upstream))
    gradients = torch.autograd.grad(total, sought)
    return {
        "title": title,
        "operator": operator,
        "phase": phase,
        "args": args,
        "inputs": [exactly(tensor) for tensor in inputs],
        "tensors": {name: exactly(tensor) for name, tensor in tensors.items()},
        "upstream": [exactly(tensor) for tensor in upstream],
        "outputs": [written(output) for output in outputs],
        "inputGradients": [written(gradient) for gradient in gradients[: len(inputs)]],
        "tensorGradients": {
            name: written(gradient) for name, gradient in zip(trained, gradients[len(inputs) :])
        },
    }


def channels_first(x):
    return x.movedim(-1, 1)


def channels_last(x):
    return x.movedim(1, -1)


def kernel(weight):
    """[height, width, in, out] to PyTorch's [out, in, height, width]."""
    return weight.permute(3, 2, 0, 1)
