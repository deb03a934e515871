"""Recorder parameters as click types: what is typed on the command line becomes what a recorder takes."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import click

from engine.data.numbers.numerals import CELL_MAX, plain
from engine.errors import InputError
from engine.files.given import File, is_file
from engine.files.named import Named, is_named
from engine.formula.notation import normal_name
from engine.text import settings
from engine.text.composed import composed, half_width
from engine.text.echo import echo

if TYPE_CHECKING:
    from engine.trace.signature import Parameter

PATH_BYTES_MAX = 4095  # of a whole path, and of one name in it: what Linux takes, and no system takes more
NAME_BYTES_MAX = 255
SHOWN_MAX = 400
COUNT_DIGITS_MAX = 40


class FilePath(click.Path):
    """A path that a system could have, whether or not anything lies there: whoever opens it says what is wrong."""

    def __init__(self, path_type: type[Any] | None = None) -> None:
        super().__init__(readable=False, path_type=path_type)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """No sign in it that names cannot have, and not too long."""
        wrong = impossible(value)
        if wrong:
            self.fail(f"{echo(value)} {wrong}.", param, ctx)
        return super().convert(value, param, ctx)


def path_of(text: str) -> Path:
    """A path that stands where other words may stand too. InputError when no file can have it."""
    wrong = impossible(text)
    if wrong:
        raise InputError(f"{echo(text)} {wrong}.")
    return Path(text)


def impossible(path: str | os.PathLike[str]) -> str:
    """Why no file can have this path, as the end of a sentence; "" when one can."""
    try:
        raw = os.fsencode(path)
    except UnicodeEncodeError:
        raw = b"\0"
    if b"\0" in raw:
        return "has a sign that no path can have: check the path"
    if len(raw) > PATH_BYTES_MAX or any(
        len(name) > NAME_BYTES_MAX for name in raw.split(os.fsencode(os.sep))
    ):
        return "is too long for a path: give a shorter one"
    return ""


class Numbers(click.ParamType[dict[str, float]]):
    """``x=2,w=-1`` as a dict of floats."""

    name = "x=1,y=2"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, float]:
        """Every name once, every value a number."""
        if isinstance(value, dict):
            return value
        numbers: dict[str, float] = {}
        seen: set[str] = set()
        for item in filter(None, (piece.strip() for piece in half_width(value).replace(";", ",").split(","))):
            name, equals, number = (part.strip() for part in composed(item).partition("="))
            if not equals and numbers and plain(item) is not None:
                self.fail(f"'{echo(item)}' has no name; if 2,5 is one number, write 2.5.", param, ctx)
            if not equals or not name:
                self.fail(f"'{echo(item)}' is not name=number; give for example x=2,w=-1.", param, ctx)
            if normal_name(name) in seen:
                self.fail(f"{echo(name)} is given twice.", param, ctx)
            seen.add(normal_name(name))
            numbers[name] = self.number(name, number, param, ctx)
        return numbers

    def number(self, name: str, text: str, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number that ``text`` is, which ``name`` gets."""
        if len(text) > CELL_MAX:
            said = f"'{echo(text)}', given for {echo(name)}, is too long for a number: {CELL_MAX} digits at most."
            self.fail(said, param, ctx)
        number = plain(text)
        if number is None:
            self.fail(f"'{echo(text)}', given for {echo(name)}, is not a number.", param, ctx)
        if math.isinf(number):
            self.fail(
                f"{echo(text)}, given for {echo(name)}, is too large: give a smaller number.", param, ctx
            )
        return number


class Count(click.IntRange):
    """A whole number in a range; click's own says "valid integer range" and repeats all of what was typed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A whole number, of few enough digits to be read at all."""
        if isinstance(value, str):
            if len(value) > COUNT_DIGITS_MAX:
                self.fail(f"'{echo(value)}' is too long for a whole number: give a smaller one.", param, ctx)
            try:
                int(value)
            except ValueError:
                self.fail(f"'{echo(value)}' is not a whole number.", param, ctx)
        return super().convert(value, param, ctx)


class Whole(click.ParamType[tuple[int, ...]]):
    """``16,8`` as a tuple of ints."""

    name = "16,8"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Whole numbers between commas; at least one."""
        if isinstance(value, tuple):
            return value
        try:
            return tuple(int(piece) for piece in half_width(value).split(","))
        except ValueError:
            self.fail(
                f"'{echo(value)}' is not whole numbers between commas; give for example 16,8.", param, ctx
            )


class Pairs(click.ParamType[settings.Settings]):
    """``hidden=32,bias=false`` as a dict; given several times, the option gives all of them."""

    name = "a=1,b=true"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> settings.Settings:
        """Every name once; what a value is, its own form says."""
        if isinstance(value, dict):
            return value
        try:
            return settings.settings(value)
        except settings.Wrong as error:
            self.fail(f"{error}.", param, ctx)


def base_type(annotation: Any) -> Any:
    """The annotation without ``| None``."""
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    return kinds[0] if type(None) in get_args(annotation) and len(kinds) == 1 else annotation


def click_type(parameter: Parameter) -> click.ParamType[Any]:
    """The click type of a parameter, its range included."""
    kind = base_type(parameter.annotation)
    if dict[str, tuple[float, ...]] in get_args(kind):  # a file, or what a file held when it was read
        return FilePath()
    if Named in get_args(kind):
        return click.STRING
    if get_origin(kind) is Literal:
        return click.Choice(parameter.choices)
    plain: dict[Any, Callable[[], click.ParamType[Any]]] = {
        str: lambda: click.STRING,
        bool: lambda: click.BOOL,
        int: lambda: _range(Count, click.INT, parameter),
        float: lambda: _range(click.FloatRange, click.FLOAT, parameter),
        dict[str, float]: Numbers,
        tuple[int, ...]: Whole,
        settings.Settings: Pairs,
        # It only offers file names to the shell: the engine says in its own words what is wrong with a file.
        File: FilePath,
    }
    if kind not in plain:
        raise TypeError(f"Parameter {parameter.name} has type {kind}, which no option can be made from.")
    return plain[kind]()


def _range(ranged: Any, free: click.ParamType[Any], parameter: Parameter) -> click.ParamType[Any]:
    low = parameter.ge if parameter.ge is not None else parameter.gt
    high = parameter.le if parameter.le is not None else parameter.lt
    if low is None and high is None:
        return free
    made: click.ParamType[Any] = ranged(
        min=low, max=high, min_open=parameter.gt is not None, max_open=parameter.lt is not None
    )
    return made


def shown(value: Any) -> str:
    """A parameter's value as it would be typed, on one line."""
    return echo(_typed(value), SHOWN_MAX)


def _typed(value: Any) -> str:
    if is_file(value):
        return str(value["path"])
    if is_named(value):
        return str(value["text"])
    if isinstance(value, dict):
        return ",".join(f"{name}={_number_or_count(number)}" for name, number in value.items())
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number_or_count(value: Any) -> str:
    if isinstance(value, list | tuple) and len(value) > 2 and all(type(one) is float for one in value):
        return f"{len(value)} numbers"  # what a file held
    return f"{value:g}" if type(value) in (int, float) else settings.typed(value)
