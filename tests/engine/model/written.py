"""Files of users, as tests write them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from torch import Tensor

NET = """
import torch
from torch import nn
from layers import Block


class Net(nn.Module):
    def __init__(self, hidden=8, bias=True):
        super().__init__()
        self.block = Block(4, hidden)
        self.out = nn.Linear(hidden, 3, bias=bias)

    def forward(self, x):
        return self.out(self.block(x))


class Needs(nn.Module):
    def __init__(self, channels, *, classes):
        super().__init__()


def make(widths=(8, 4)):
    return nn.Sequential(*[nn.Linear(a, b) for a, b in zip((4, *widths), (*widths, 2))])


def nothing(x=1):
    return None


def distance(output, target):
    return (output - target).abs().mean()


ready = nn.Linear(4, 2)
settings = {"a": 1}
"""
LAYERS = """
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.fc = nn.Linear(inputs, outputs)

    def forward(self, x):
        return torch.tanh(self.fc(x))
"""


def net(folder: Path) -> Path:
    """my_net.py and the neighbour that it imports."""
    (folder / "layers.py").write_text(LAYERS, "utf-8")
    (folder / "my_net.py").write_text(NET, "utf-8")
    (folder / "row.csv").write_text("a,b,c,d\n5.1,3.5,1.4,0.2\n", "utf-8")
    return folder / "my_net.py"


def safetensors(path: Path, tensors: dict[str, Tensor], names: dict[str, str] | None = None) -> Path:
    """A file as the format says: the length of the head, the head as JSON, the numbers."""
    kinds = {"float32": "F32", "float64": "F64", "int64": "I64", "float16": "F16"}
    head: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, one in tensors.items():
        raw = np.ascontiguousarray(one.numpy()).tobytes()
        kind = kinds[str(one.dtype).removeprefix("torch.")]
        head[name] = {
            "dtype": kind,
            "shape": list(one.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(head | (names or {})).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path
