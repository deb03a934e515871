"""From a user's file to the nn.Module, or the loss, that it defines."""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from torch import nn

from engine.errors import InputError, nearest
from engine.files import named
from engine.model.importing import Sources, what
from engine.model.leaving import random_from
from engine.text.echo import echo, typed


def model(given: Any, arguments: Mapping[str, Any], sources: Sources, seed: int) -> nn.Module:
    """The module of a resolved ``FILE.py:NAME``, made with ``arguments``; its random weights begin with ``seed``.

    InputError says what is wrong, and where.
    """
    part, module = _opened(given, sources)
    file = echo(Path(part.path).name)
    name = part.inside or _only(module, file)
    thing = _found(module, name, file)
    called = f"{file}:{name}"
    if isinstance(thing, nn.Module):
        if arguments:
            raise InputError(f"{called} is a model already, so model_arg has nothing to set: leave it out.")
        return thing
    if not callable(thing) or (isinstance(thing, type) and not issubclass(thing, nn.Module)):
        kind = "a class" if isinstance(thing, type) else f"a {type(thing).__name__}"
        raise InputError(
            f"{called} is {kind} and no nn.Module: give a class of models, or a function that returns one."
            f"{_models(module, file)}"
        )
    _check_arguments(thing, arguments, called)
    try:
        with random_from(seed):  # whatever the file drew while it was imported
            made = thing(**arguments)
    except (Exception, SystemExit) as error:
        raise InputError(f"{called} cannot be made: {what(error, Path(part.path))}.") from error
    if not isinstance(made, nn.Module):
        raise InputError(f"{called} gave back {_a(made)}: let it return an nn.Module.{_models(module, file)}")
    return made


def loss(given: Any, sources: Sources) -> Callable[..., Any]:
    """The loss of a resolved ``FILE.py:NAME``: a function, or a module such as nn.CrossEntropyLoss()."""
    part, module = _opened(given, sources)
    file = echo(Path(part.path).name)
    if not part.inside:
        raise InputError(f"loss is {echo(part.word)}: say which function, such as {file}:loss.")
    found = _found(module, part.inside, file)
    if not callable(found) or isinstance(found, type):
        raise InputError(f"{file}:{part.inside} is {_a(found)}: give a function of output and target.")
    return found  # type: ignore[no-any-return]


def _opened(given: Any, sources: Sources) -> tuple[named.Part, ModuleType]:
    (part,) = named.parts(given["text"])
    return part, sources.module(named.file(given, part.path))


def _a(thing: object) -> str:
    kind = thing.__name__ if isinstance(thing, type) else type(thing).__name__
    return "nothing" if thing is None else f"the class {kind}" if isinstance(thing, type) else f"a {kind}"


def _found(module: ModuleType, name: str, file: str) -> Any:
    if not hasattr(module, name):
        own = [*_own_models(module), *(one for one in _own(module) if one not in _own_models(module))]
        raise InputError(f"{file} defines no {echo(name)}. {nearest(name, own)}")
    return getattr(module, name)


def _own(module: ModuleType) -> list[str]:
    """What the file itself defines: classes, functions, models."""
    return [
        name
        for name, one in vars(module).items()
        if isinstance(one, nn.Module)
        or ((isinstance(one, type) or inspect.isfunction(one)) and one.__module__ == module.__name__)
    ]


def _own_models(module: ModuleType) -> list[str]:
    things = {name: getattr(module, name) for name in _own(module)}
    return [
        name
        for name, one in things.items()
        if isinstance(one, nn.Module) or (isinstance(one, type) and issubclass(one, nn.Module))
    ]


def _models(module: ModuleType, file: str) -> str:
    known = _own_models(module)
    return f" {file} defines {', '.join(map(echo, known))}." if known else ""


def _only(module: ModuleType, file: str) -> str:
    known = _own_models(module)
    if len(known) == 1:
        return known[0]
    if not known:
        raise InputError(
            f"{file} defines no model: give FILE.py:NAME with a function that returns an nn.Module."
        )
    raise InputError(f"{file} defines {', '.join(map(echo, known))}: say which, such as {file}:{known[-1]}.")


def _check_arguments(thing: Callable[..., Any], arguments: Mapping[str, Any], called: str) -> None:
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):  # none can be told: the call itself will say what is wrong
        return
    places = signature.parameters.values()
    known = [
        one.name
        for one in places
        if one.kind in (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    ]
    anything = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in places)
    for name in arguments:
        if name not in known and not anything:
            raise InputError(f"{called} takes no {echo(name)}, which model_arg gives. {nearest(name, known)}")
    missing = [
        name
        for name in known
        if signature.parameters[name].default is inspect.Parameter.empty and name not in arguments
    ]
    if missing:
        example = ",".join(f"{name}=…" for name in missing)
        given = f" and model_arg gives {', '.join(map(typed, arguments))}" if arguments else ""
        raise InputError(f"{called} wants {' and '.join(missing)}{given}: give --model-arg {example}, too.")
