"""Reads a recorder's parameters from its signature and checks given values against them with pydantic."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from engine.errors import InputError, nearest
from engine.files import given as files
from engine.files.named import Named, is_named
from engine.text import signs
from engine.text.composed import composed_value
from engine.text.echo import echo, typed
from engine.text.settings import ALLOWED, Settings

Settle = Callable[[dict[str, Any]], dict[str, Any]]


def as_it_is(resolved: dict[str, Any]) -> dict[str, Any]:
    """Nothing to settle: no default of the recorder depends on another parameter."""
    return resolved


@dataclass(frozen=True)
class Parameter:
    """One parameter of a recorder, ready to become an option: bounds are None where there are none."""

    name: str
    annotation: Any
    default: Any
    description: str
    ge: float | None = None
    le: float | None = None
    gt: float | None = None
    lt: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        bounds = {"at least": self.ge, "above": self.gt, "at most": self.le, "below": self.lt}
        ranges = [f"{word} {bound:.15g}" for word, bound in bounds.items() if bound is not None]
        return " ".join([_kind(self.annotation), " and ".join(ranges)]).strip()


def parameters_of(record: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters of ``record`` in the order of its signature."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        _parameter(name, hints[name], one.default)
        for name, one in inspect.signature(record).parameters.items()
    )


def resolve(
    owner: str, parameters: tuple[Parameter, ...], given: Mapping[str, Any], settle: Settle = as_it_is
) -> dict[str, Any]:
    """Every parameter with its checked value, given or default.

    Raises InputError for a name that ``owner`` does not have, and for a value of the wrong type or range.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            raise InputError(f"{owner} has no parameter {echo(name)}. {nearest(str(name), known)}")
    resolved = settle({name: _checked(one, given.get(name, one.default)) for name, one in known.items()})
    for parameter in parameters:
        if not {files.File, Named} & {parameter.annotation, *get_args(parameter.annotation)}:
            signs.check(parameter.name, resolved[parameter.name])
    return resolved


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    annotation, *extras = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    info = next((extra for extra in extras if isinstance(extra, FieldInfo)), None)
    if info is None or not info.description or default is inspect.Parameter.empty:
        raise TypeError(f"Parameter {name} needs Annotated[type, Field(description=...)] and a default.")
    bounds = {
        key: getattr(limit, key)
        for limit in info.metadata
        for key in ("ge", "le", "gt", "lt")
        if hasattr(limit, key)
    }
    choices = get_args(annotation) if get_origin(annotation) is Literal else ()
    return Parameter(name, annotation, default, info.description, choices=choices, **bounds)


def _checked(parameter: Parameter, value: Any) -> Any:
    if files.File in (parameter.annotation, *get_args(parameter.annotation)):
        return None if value is None else files.checked(parameter.name, value)
    if Named in get_args(parameter.annotation) and is_named(value):
        return value  # of an earlier run: settling it looks whether its files are still the same
    adapter = _adapter(parameter.annotation, parameter.ge, parameter.le, parameter.gt, parameter.lt)
    try:
        checked = adapter.validate_python(_plain(value), strict=True)
    except (ValidationError, OverflowError, RecursionError) as error:
        raise InputError(f"{parameter.name} is {typed(value, 60)}: give {parameter.allowed}.") from error
    if isinstance(checked, str) and dict[str, tuple[float, ...]] in get_args(parameter.annotation):
        return checked  # a path, which stays as it was given
    return composed_value(checked)


def _plain(value: Any) -> Any:
    """``value`` for a check that converts nothing (true is no 1, "5" no 5): JSON and TOML have lists for tuples."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return tuple(_plain(one) for one in value) if isinstance(value, list | tuple) else value


@cache
def _adapter(
    annotation: Any, ge: float | None, le: float | None, gt: float | None, lt: float | None
) -> TypeAdapter[Any]:
    """What checks values of this type and range; making one takes longer than a thousand checks."""
    if Named in get_args(annotation):
        annotation = Union[tuple(one for one in get_args(annotation) if one is not Named)]  # noqa: UP007
    hint: Any = Annotated[annotation, Field(ge=ge, le=le, gt=gt, lt=lt)]
    return TypeAdapter(hint, config=ConfigDict(allow_inf_nan=False))


def _kind(annotation: Any) -> str:
    if dict[str, tuple[float, ...]] in get_args(annotation):
        return "the path of a CSV file"
    if Named in get_args(annotation):
        return "text, as its help says"
    if get_origin(annotation) in (Union, UnionType):
        return " or ".join(_kind(one) for one in get_args(annotation) if one is not type(None))
    words = {
        int: "a whole number",
        float: "a number",
        str: "text",
        bool: "true or false",
    }
    words |= {
        dict[str, float]: "names with numbers such as x=1,y=2",
        tuple[int, ...]: "whole numbers such as 16,8",
        files.File: "the path of a file",
        Settings: ALLOWED,
    }
    return words.get(annotation, str(annotation))
