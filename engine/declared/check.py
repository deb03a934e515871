"""Whether the series of a trace are those that its recorder declares, before a scene sees them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.declared.rule import DTYPES, WHOLE_MAX, Declaration, Each, Row
from engine.text.echo import echo
from engine.trace import Trace
from engine.trace.series import Series

SIZE = re.compile(r"(\w+)((?:\*\w+)*)([+-]\d+)?")
SHIFTED = re.compile(r"\{(\w+)([+-]\d+)?\}")


class Wrong(ValueError):
    """Why a trace is none of its recorder's: a clause such as "layer1/weight is missing"."""


def check_series(trace: Trace, declaration: Declaration) -> None:
    """Raise Wrong unless ``trace`` holds exactly the declared series, each of its form."""
    sizes = Sizes()
    known: set[str] = set()
    for one in declaration.rows:
        if not one.when(trace):
            continue
        for values in _substitutions(trace, one, sizes):
            for pattern in one.names:
                name = filled(pattern, values)
                known.add(name)
                if name not in trace.series:
                    raise Wrong(f"{name} is missing")
                try:
                    _check_one(trace.series[name], one, values, sizes)
                except Wrong as error:
                    raise Wrong(f"{name} {error}") from error
    for name in trace.series:
        if name not in known:
            raise Wrong(f"it holds {echo(name)}, which {echo(trace.recorder)} does not record")
    for relation in declaration.relations:
        problem = relation(trace)
        if problem is not None:
            raise Wrong(problem)


class Sizes:
    """The values of the letters that sizes are written in."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def value(self, text: str) -> int | None:
        """What ``text`` comes to; None when a letter of it has no value yet."""
        match = SIZE.fullmatch(text)
        assert match is not None, f"{text!r} is no size"
        product = 1
        for letter in [match[1], *filter(None, match[2].split("*"))]:
            one = int(letter) if letter.isdecimal() else self.known.get(letter)
            if one is None:
                return None
            product *= one
        return product + int(match[3] or 0)

    def settle(self, text: str, found: int) -> bool:
        """Whether ``text`` comes to ``found``; a letter without a value gets the one that makes it so."""
        wanted = self.value(text)
        if wanted is not None:
            return wanted == found
        match = SIZE.fullmatch(text)
        assert match is not None
        assert not match[2], f"{text!r} has a letter without a value"
        self.known[match[1]] = found - int(match[3] or 0)
        return True


def filled(pattern: str, values: dict[str, Any]) -> str:
    """``pattern`` with each ``{letter}`` filled in; ``{l-1}`` is one less."""

    def one(match: re.Match[str]) -> str:
        value = values[match[1]]
        return str(value + int(match[2])) if match[2] else str(value)

    return SHIFTED.sub(one, pattern)


def _substitutions(trace: Trace, one: Row, sizes: Sizes) -> Iterator[dict[str, Any]]:
    if one.each is None:
        yield {}
        return
    for value in each_value(trace, one.each, sizes, one.names[0]):
        yield {one.each.letter: value}


def each_value(trace: Trace, each: Each, sizes: Sizes, pattern: str) -> list[Any]:
    """What stands for the letter of ``each`` in this trace."""
    if each.of:
        return [str(one) for one in trace.series[each.of].values]
    last = sizes.value(each.last)
    if last is None:
        last = 0
        while filled(pattern, {each.letter: last + 1}) in trace.series:
            last += 1
        sizes.settle(each.last, last)
    return list(range(1, last + 1))


def _check_one(series: Series, one: Row, values: dict[str, Any], sizes: Sizes) -> None:
    array = series.values
    kind = "U" if array.dtype.kind == "U" else str(array.dtype)
    if kind != DTYPES[one.kind]:
        raise Wrong(f"is not of kind {one.kind}")
    axes = tuple(name for name, _ in one.axes)
    if series.axes != axes:
        raise Wrong(f"has other axes than {', '.join(axes) or 'none'}")
    for (name, size), length in zip(one.axes, array.shape, strict=True):
        if not one.shortest <= length <= one.most:
            raise Wrong(f"has a length of {length} along {name}")
        if not sizes.settle(filled(size, values), length):
            raise Wrong(f"has a length of {length} along {name}, which does not go with the other series")
    _CHECKS[one.kind](array, one, sizes)
    if one.equals:
        _check_counts(array, one, values, sizes)
    if one.rising and not (np.diff(array) > 0).all():
        raise Wrong("does not rise from each value to the next")


def _check_counts(array: NDArray[Any], one: Row, values: dict[str, Any], sizes: Sizes) -> None:
    for place, value in enumerate(array.reshape(-1)):
        if not sizes.settle(filled(one.equals, values | {"i": place}), int(value)):
            raise Wrong(f"is {int(value)}, which does not go with the other series")


def _check_numbers(array: NDArray[Any], one: Row, sizes: Sizes) -> None:
    largest = WHOLE_MAX if one.kind == "int" else np.inf
    low = -largest if one.low is None else one.low
    high = largest if one.high is None else one.high
    if one.below:
        top = sizes.value(one.below)
        assert top is not None, f"{one.below!r} has no value yet"
        high = min(high, top - 1)
    wrong = (array < low) | (array > high)
    if wrong.any():
        raise Wrong(f"has {array[wrong][0]:g}, which is outside {low:g} to {high:g}")


def _check_truths(array: NDArray[Any], one: Row, sizes: Sizes) -> None:
    pass  # every truth value is allowed


def _check_texts(array: NDArray[Any], one: Row, sizes: Sizes) -> None:
    for text in map(str, array.reshape(-1)):
        if len(text) > one.longest:
            raise Wrong(f"has a text of {len(text)} characters, and at most {one.longest} are recorded")
        if one.choices and text not in one.choices:
            raise Wrong(f"has '{echo(text)}', which is none of {', '.join(one.choices)}")
        if one.printable and not text.isprintable():
            raise Wrong(f"has '{echo(text)}', which cannot be shown")


_CHECKS: dict[str, Callable[[NDArray[Any], Row, Sizes], None]] = {
    "float": _check_numbers,
    "float32": _check_numbers,
    "int": _check_numbers,
    "bool": _check_truths,
    "text": _check_texts,
}
