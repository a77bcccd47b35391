#!/usr/bin/env python3
"""Writes test/engine/torch-reference.json.gz: what PyTorch says about our operators, losses, metrics,
optimizers and schedules.

Needs PyTorch, which nothing else of the project does; hence the file is committed and this script is run only when
cases change:  python3 scripts/make-torch-reference.py

Each family of cases is a module of scripts/torch_reference with a function `sections()`, which gives lists of plain
records by name. All numbers are computed in double precision from inputs that float32 holds exactly.
"""
import gzip
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import torch  # noqa: E402

from torch_reference import schedules, sequence, training, vision  # noqa: E402

reference = {"torch": torch.__version__}
for family in (vision, sequence, training, schedules):
    for name, cases in family.sections().items():
        reference[name] = cases

target = pathlib.Path(__file__).parent.parent / "test" / "engine" / "torch-reference.json.gz"
text = json.dumps(reference, separators=(",", ":"), allow_nan=False)
# No time stamp and no name inside: the same cases give the same bytes.
target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
print(f"{target.name}: {target.stat().st_size} bytes, PyTorch {torch.__version__}")
