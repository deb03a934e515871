"""The modules of a model as a tree of names, and which of them are alike, so that a map can fold them."""

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parameter import UninitializedBuffer, UninitializedParameter
from torch.nn.utils.parametrize import type_before_parametrizations

UNDERNEATH = "_orig_mod"  # where torch.compile keeps the model that it compiled
CLASS_MAX = 100


@dataclass
class Place:
    """A module in the tree. ``parent`` is the index of the module that holds it, −1 for the model itself."""

    module: nn.Module
    name: str
    parent: int


@dataclass(frozen=True)
class Alike:
    """Of each module: an id that modules of one structure share, how many share it, and its run of siblings.

    A run is neighbours in one parent with the same structure: class, settings, parameter shapes, the same inside.
    """

    structure: list[int]
    count: list[int]
    first: list[int]
    length: list[int]


class Tree:
    """Every module once, parents before children; a module in two places has its first name."""

    def __init__(self, model: nn.Module) -> None:
        self.places: list[Place] = []
        self._index: dict[int, int] = {}
        self.add(model, "", -1)

    def add(self, module: nn.Module, name: str, parent: int) -> int:
        """Put ``module`` and all that it holds into the tree; its index. No recursion: models are deep."""
        waiting = [(module, name, parent)]
        while waiting:
            one, called, above = waiting.pop()
            if id(one) in self._index:
                continue
            index = self._index[id(one)] = len(self.places)
            self.places.append(Place(one, called, above))
            inside = [(part, key) for key, part in one._modules.items() if part is not None]
            for part, key in reversed(inside):
                waiting.append((uncompiled(part), f"{called}.{key}" if called else key, index))
        return self._index[id(module)]

    def index(self, module: nn.Module, parent: int, name: str = "") -> int:
        """Where ``module`` stands. One that no module holds is put under ``parent``, whose forward called it."""
        known = self._index.get(id(module))
        if known is not None:
            return known
        above = self.places[parent].name if parent >= 0 else ""
        called = name or f"{above}.({class_name(module)})".lstrip(".")
        return self.add(module, called, parent)

    def alike(self) -> Alike:
        """Which modules have the same structure. To be asked after the run: lazy ones are settled by then."""
        inside: list[list[int]] = [[] for _ in self.places]
        for index, place in enumerate(self.places):
            if place.parent >= 0:
                inside[place.parent].append(index)
        known: dict[Any, int] = {}
        structure = [0] * len(self.places)
        for index in range(len(self.places) - 1, -1, -1):  # children stand behind their parents
            module = self.places[index].module
            shapes = tuple((key, _shape(one)) for key, one in module._parameters.items() if one is not None)
            settings = module.extra_repr() if is_torchs(module) else ""
            sign = (class_name(module), settings, shapes, tuple(structure[one] for one in inside[index]))
            structure[index] = known.setdefault(sign, len(known))
        first, length = list(range(len(self.places))), [1] * len(self.places)
        for siblings in inside:
            for before, after in itertools.pairwise(siblings):
                if structure[before] == structure[after]:
                    first[after] = first[before]
        sizes = Counter(first)
        length = [sizes[one] for one in first]
        shared = Counter(structure)
        return Alike(structure, [shared[one] for one in structure], first, length)


def modules(model: nn.Module) -> list[nn.Module]:
    """Every module in ``model`` once. Torch's own walk calls itself for each level, and models are deep."""
    found = {id(model): model}
    waiting = [model]
    while waiting:
        for part in waiting.pop()._modules.values():
            if part is not None and id(part) not in found:
                found[id(part)] = part
                waiting.append(part)
    return list(found.values())


def held(model: nn.Module) -> list[Tensor]:
    """Its parameters and buffers, each once."""
    found: dict[int, Tensor] = {}
    for one in modules(model):
        if isinstance(one, torch.jit.ScriptModule):
            found |= {
                id(each): each for each in (*one.parameters(recurse=False), *one.buffers(recurse=False))
            }
            continue
        found |= {id(each): each for each in one._parameters.values() if each is not None}
        found |= {id(each): each for each in one._buffers.values() if each is not None}
    return list(found.values())


def _shape(parameter: nn.Parameter) -> tuple[int, ...]:
    return () if unsettled(parameter) else tuple(parameter.shape)


def unsettled(parameter: Tensor) -> bool:
    """Whether a lazy module has not given it a shape yet."""
    return isinstance(parameter, UninitializedParameter | UninitializedBuffer)


def uncompiled(module: nn.Module) -> nn.Module:
    """The module under torch.compile's wrappers."""
    while UNDERNEATH in module._modules:
        module = module._modules[UNDERNEATH]  # type: ignore[assignment]
    return module


def class_name(module: nn.Module) -> str:
    """``Linear``, also of one with parametrized weights, and of a scripted one the class it was made of."""
    if isinstance(module, torch.jit.ScriptModule):
        return str(getattr(module, "original_name", "ScriptModule"))[:CLASS_MAX]
    return type_before_parametrizations(module).__name__[:CLASS_MAX]


def is_torchs(module: nn.Module) -> bool:
    """Whether its class comes with torch."""
    return type_before_parametrizations(module).__module__.startswith(("torch.nn.", "torch.ao."))


def is_leaf(module: nn.Module) -> bool:
    """Whether a call of it is one node, and not a path with nodes in it."""
    if isinstance(module, torch.jit.ScriptModule | nn.MultiheadAttention):
        return True
    inside = (key for key, part in module._modules.items() if part is not None and key != "parametrizations")
    return is_torchs(module) and not any(inside)
