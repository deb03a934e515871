"""What goes into a model, from what the user gave: files and random numbers, by position or by name."""

import inspect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import torch
from torch import Tensor, nn

from engine.errors import InputError, nearest
from engine.files import named
from engine.files.named import Part
from engine.model import reading
from engine.model.reading import Picture
from engine.model.tree import held, modules
from engine.text.echo import echo

ELEMENTS_MAX = 2**28
KINDS = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@dataclass(frozen=True)
class Inputs:
    """What the model is called with. pictures: those that went in as they were, by the input's name."""

    positional: tuple[Tensor, ...] = ()
    by_name: Mapping[str, Tensor] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def inputs(given: Any, model: nn.Module, called: str, seed: int) -> Inputs:
    """The tensors of parameter ``input``, resolved. InputError when they are not what the model's forward takes."""
    names = _forward_names(model)
    pieces = named.parts(named.text_of(given)) if given is not None else []
    read = [
        pair
        for place, part in enumerate(pieces)
        for pair in _read(part, given, model, names, seed + place).items()
    ]
    positional: list[Tensor] = []
    by_name: dict[str, Tensor] = {}
    pictures: dict[str, Picture] = {}
    for key, one in read:
        if key in by_name:
            raise InputError(f"input gives {echo(key)} twice: keep one of them.")
        if isinstance(one, Picture):
            pictures[key or (names[len(positional)] if len(positional) < len(names) else "")] = one
            one = one.tensor
        tensor = _fitting(one, model, len(read) > 1)
        if key:
            by_name[key] = tensor
        else:
            positional.append(tensor)
    _check_fit(model, called, names, positional, by_name)
    return Inputs(tuple(positional), by_name, pictures)


def target(given: Any, names: Sequence[str], model: nn.Module) -> tuple[Tensor | None, int]:
    """The tensor of parameter ``target``, and the class that it is (−1: none, or several)."""
    if given is None:
        return None, -1
    if isinstance(given, dict):
        found = reading.read(named.file(given, given["text"]), _channels(model))
        if isinstance(found, Picture):
            return found.tensor.to(_real(model)), -1
        if len(found) != 1:
            raise InputError(f"target is {echo(given['text'])}: give one array of numbers.")
        tensor = next(iter(found.values()))
        if tensor.shape[-1:] == (1,) and torch.equal(tensor, tensor.round()):
            tensor = tensor.long()  # a column of classes: CSV files do not say that their numbers are whole
        return (tensor if not tensor.is_floating_point() else tensor.to(_real(model))), _class(tensor)
    if isinstance(given, str) and given.strip() in names:
        place = list(names).index(given.strip())
        return torch.tensor([place]), place
    cells = [one.strip() for one in given.split(",")] if isinstance(given, str) else [given]
    numbers = [_number(one) for one in cells]
    if None in numbers:
        known = (
            f" {nearest(str(given), names)}"
            if names
            else " Give class_names, too, to choose one by its name."
        )
        raise InputError(f"target is {echo(given)}: give the number of a class from 0, or numbers.{known}")
    whole = all(isinstance(one, int) for one in numbers)
    tensor = torch.tensor(numbers, dtype=torch.int64 if whole else _real(model))
    return tensor, _class(tensor)


def _class(tensor: Tensor) -> int:
    return int(tensor) if tensor.numel() == 1 and not tensor.is_floating_point() else -1


def _number(cell: Any) -> int | float | None:
    from engine.data.numbers.numerals import plain

    if not isinstance(cell, str):
        return cell  # type: ignore[no-any-return]
    number = plain(cell)
    if number is None or not math.isfinite(number):
        return None
    return int(number) if number == int(number) and cell.lstrip("+-").isdigit() else number


def _read(
    part: Part, given: Any, model: nn.Module, names: Sequence[str], seed: int
) -> dict[str, Tensor | Picture]:
    """The tensors of one piece, by the names of the forward's arguments; "" for one by its position."""
    if not part.path:
        return {part.name: _random(part, model, seed)}
    found = reading.read(named.file(given, part.path), channels=_channels(model))
    if isinstance(found, Picture):
        return {part.name: found}
    if len(found) == 1:
        return {part.name: next(iter(found.values()))}
    file = echo(PurePath(part.path).name)
    if part.name:
        raise InputError(f"{file} holds {len(found)} arrays, and {echo(part.name)} is one: save it alone.")
    if all(key.startswith("arr_") for key in found):
        raise InputError(
            f"{file} holds arrays without names: save them by name, "
            f"numpy.savez({', '.join(f'{one}=…' for one in names)})."
        )
    return dict(found)


def _random(part: Part, model: nn.Module, seed: int) -> Tensor:
    """``random:1,3,8,8`` or ``random:1,12:1000``."""
    sizes, colon, below = part.word.removeprefix(named.RANDOM).partition(":")
    cells = [one.strip() for one in sizes.split(",")]
    whole = all(one.isascii() and one.isdigit() and len(one) < 10 for one in [*cells, below or "1"])
    if not whole or (colon and not 0 < int(below or 0) < 2**31):
        raise InputError(
            f"input is {echo(part.word)}: give sizes, such as random:1,3,32,32, and for whole numbers below 1000 "
            f"random:1,12:1000."
        )
    shape = tuple(map(int, cells))
    if math.prod(shape) > ELEMENTS_MAX:
        raise InputError(f"input is {echo(part.word)}, which is too large: give a smaller shape.")
    generator = torch.Generator().manual_seed(seed)
    if colon:
        return torch.randint(int(below), shape, generator=generator)
    return torch.randn(shape, generator=generator, dtype=torch.float64).to(_real(model))


def _fitting(tensor: Tensor, model: nn.Module, several: bool) -> Tensor:
    """Real numbers of the model's own type. Whole ones stay whole where a model looks something up by them."""
    whole = not tensor.is_floating_point() and tensor.dtype != torch.bool
    looks_up = several or any(isinstance(one, nn.Embedding | nn.EmbeddingBag) for one in modules(model))
    if tensor.dtype == torch.bool or (whole and looks_up and tensor.dtype != torch.uint8):
        return tensor if tensor.dtype == torch.bool else tensor.long()
    return tensor.to(_real(model))


def _real(model: nn.Module) -> torch.dtype:
    real = (one.dtype for one in held(model) if one.is_floating_point())
    return next(real, torch.float32)


def _channels(model: nn.Module) -> int:
    """What the first convolution takes: 1 means grey pictures, 3 colours; 0 where there is none to ask."""
    convolutions = (one.in_channels for one in modules_in_order(model) if isinstance(one, nn.Conv2d))
    return next(convolutions, 0)


def modules_in_order(model: nn.Module) -> list[nn.Module]:
    """Every module in the order in which they were put in."""
    from engine.model.tree import Tree

    return [one.module for one in Tree(model).places]


def _forward_names(model: nn.Module) -> list[str]:
    """The names of the forward's arguments; none where they cannot be told."""
    try:
        return [one.name for one in inspect.signature(model.forward).parameters.values() if one.kind in KINDS]
    except (TypeError, ValueError):
        return []


def _check_fit(
    model: nn.Module,
    called: str,
    names: Sequence[str],
    positional: Sequence[Tensor],
    by_name: Mapping[str, Tensor],
) -> None:
    """InputError when forward cannot be called with these."""
    try:
        signature = inspect.signature(model.forward)
    except (TypeError, ValueError):
        return
    places = signature.parameters.values()
    anything = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in places)
    known = [one.name for one in places]
    unknown = [one for one in by_name if one not in known]
    if unknown and not anything:
        raise InputError(
            f"The forward of {called} takes no {echo(unknown[0])}, which input gives. {nearest(unknown[0], known)}"
        )
    wanted = [
        one.name
        for one in places
        if one.default is inspect.Parameter.empty
        and one.kind in (*KINDS, inspect.Parameter.KEYWORD_ONLY)
        and one.name not in by_name
        and one.name != "target"
    ]
    if not positional and not by_name and wanted:
        raise InputError(
            f"The forward of {called} takes {' and '.join(wanted)}, and nothing goes in: give --input FILE, or random "
            f"numbers, such as --input '{_example(model, wanted)}'."
        )
    missing = wanted[len(positional) :]
    if missing:
        raise InputError(
            f"The forward of {called} takes {' and '.join(missing)}, too: name every input, such as --input "
            f"'{_example(model, [*by_name, *wanted])}'."
        )
    many = any(one.kind is inspect.Parameter.VAR_POSITIONAL for one in places)
    if len(positional) > len(names) and not many:
        raise InputError(
            f"The forward of {called} takes {' and '.join(names) or 'nothing'}, and input gives {len(positional)}: "
            f"leave some out."
        )


def _example(model: nn.Module, names: Sequence[str]) -> str:
    shape = next(filter(None, map(_shape, modules_in_order(model))), "1,3,32,32")
    if len(names) == 1:
        return f"{named.RANDOM}{shape}"
    return ";".join(f"{name}={named.RANDOM}{shape}" for name in names)


def _shape(module: nn.Module) -> str:
    if isinstance(module, nn.Linear):
        return f"1,{module.in_features}"
    if isinstance(module, nn.Conv2d):
        return f"1,{module.in_channels},32,32"
    if isinstance(module, nn.Embedding):
        return f"1,12:{module.num_embeddings}"
    return f"1,12,{module.input_size}" if isinstance(module, nn.RNNBase) else ""
