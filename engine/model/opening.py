"""What a model is given and gives back, opened into named tensors: tuples, dicts, dataclasses, packed sequences."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

DEPTH_MAX = 12  # nobody looks for a tensor deeper than that
NAME_MAX = 120


@dataclass(frozen=True)
class Opened:
    """A tensor and where it stood: ``hidden.first``, ``extra[0]``; ``packed`` for the rows of a packed sequence."""

    name: str
    tensor: Tensor
    packed: PackedSequence | None = None


def opened(value: object, name: str = "") -> list[Opened]:
    """Every tensor in ``value``, in order. ``name`` is what ``value`` itself is called.

    Opens tuples, lists, dicts, named tuples, dataclasses, packed sequences and plain objects with attributes; what
    holds no tensor is passed over, and each container is opened once (they may hold each other).
    """
    found: list[Opened] = []
    _open(value, name, DEPTH_MAX, set(), found)
    return found


def tensors(value: object) -> list[Tensor]:
    """The tensors among the arguments of a torch function: those in lists, tuples and dicts, too."""
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, list | tuple):
        return [one for part in value for one in tensors(part)]
    if isinstance(value, dict):
        return [one for part in value.values() for one in tensors(part)]
    return []


def usable(value: Any) -> Any:
    """``value`` with copies of its tensors that were made in inference mode, which autograd refuses."""
    if isinstance(value, Tensor) and value.is_inference():
        with torch.inference_mode(False):
            return value.clone()
    if type(value) in (list, tuple):
        return type(value)(usable(one) for one in value)
    return {key: usable(one) for key, one in value.items()} if type(value) is dict else value


def _open(value: object, name: str, depth: int, seen: set[int], found: list[Opened]) -> None:
    if isinstance(value, Tensor):
        found.append(Opened(name[:NAME_MAX], value))
        return
    if isinstance(value, nn.Module | str | bytes | type) or value is None or depth == 0 or id(value) in seen:
        return
    parts = _parts(value, name)
    if parts is None:
        return
    seen.add(id(value))
    for part_name, part in parts:
        _open(part, part_name, depth - 1, seen, found)
    if isinstance(value, PackedSequence):
        rows = next(place for place, one in enumerate(found) if one.tensor is value.data)
        found[rows] = dataclasses.replace(found[rows], packed=value)


def _parts(value: object, name: str) -> Iterable[tuple[str, object]] | None:
    """The parts of a container with their names; None for what is none."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):  # PackedSequence is one of these
        return [(_dotted(name, field), getattr(value, field)) for field in value._fields]
    if isinstance(value, list | tuple):
        return [(f"{name}[{place}]", part) for place, part in enumerate(value)]
    if isinstance(value, Mapping):
        return [(_keyed(name, key), part) for key, part in value.items()]
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return [(_dotted(name, field.name), getattr(value, field.name, None)) for field in fields]
    attributes: dict[str, Any] | None = getattr(value, "__dict__", None)
    if not attributes or callable(value):
        return None
    return [(_dotted(name, key), part) for key, part in attributes.items() if not key.startswith("_")]


def _dotted(name: str, part: str) -> str:
    return f"{name}.{part}" if name else part


def _keyed(name: str, key: object) -> str:
    if isinstance(key, str) and key.isidentifier():
        return _dotted(name, key)
    return f"{name}[{str(key)[:NAME_MAX]!r}]" if isinstance(key, str) else f"{name}[{str(key)[:NAME_MAX]}]"
