"""The words in which a recorder declares its series: one Row for each kind of series, as in docs/trace.md's tables.

A size is written as a number, a letter (``"class"``), or letters with a factor and a number: ``"w{l-1}+1"``,
``"kh*kw+1"``. The first place where a letter stands gives it its value; everywhere else it must have that value again.
So axes that are the same thing have the same length, and counts are what they count.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from engine.trace import Trace

Kind = Literal["float", "float32", "int", "bool", "text"]
DTYPES = {"float": "float64", "float32": "float32", "int": "int64", "bool": "bool", "text": "U"}
TEXT_MAX = 60
WHOLE_MAX = 10**15
LENGTH_MAX = 2001  # of an axis, unless a row says another: the longest run has 2000 steps
LARGEST = 1e100  # of a float, unless a row says another


def always(trace: Trace) -> bool:
    """The condition of a series that every trace holds."""
    return True


@dataclass(frozen=True)
class Each:
    """What stands for ``{letter}`` in a row's names: 1 … ``last`` (a size), or the texts of the series ``of``.

    A ``last`` whose letter has no value yet gets it here: as many as there are, counted from 1.
    """

    letter: str
    last: str = ""
    of: str = ""


@dataclass(frozen=True)
class Row:
    """Series of one form.

    names: with ``{letter}`` where ``each`` says so.  axes: names of the axes with their sizes.
    low, high: of every value, inclusive (of a float LARGEST, unless a row says another).
    below: a size that every value stays under (indices).  equals: a size that the value is; ``{i}`` in it is the place
    in a series of one axis.  rising: every value is larger than the one before.
    shortest, most: the length that every axis has at least, and at most.
    longest: characters of a text; choices: what it may be; printable: False where any character may stand.
    when: whether a trace holds it at all; it may look at the parameters, the flags and the rows above.
    """

    names: tuple[str, ...]
    kind: Kind
    axes: tuple[tuple[str, str], ...] = ()
    each: Each | None = None
    low: float | None = None
    high: float | None = None
    below: str = ""
    equals: str = ""
    rising: bool = False
    shortest: int = 1
    most: int = LENGTH_MAX
    longest: int = TEXT_MAX
    choices: tuple[str, ...] = ()
    printable: bool = True
    when: Callable[[Trace], bool] = always


@dataclass(frozen=True)
class Declaration:
    """All series of a recorder, its flags with their kinds, and what rows cannot say.

    relations: each gives a clause that says what is wrong, or None.  params: the series that
    holds a parameter, as it was resolved.
    """

    rows: tuple[Row, ...]
    flags: Mapping[str, type] = field(default_factory=dict)
    relations: tuple[Callable[[Trace], str | None], ...] = ()
    flags_each: Each | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    nodes: bool = False


def row(names: str, kind: Kind, axes: str = "", **options: Any) -> Row:
    """``row("layer{l}/weight", "float", "unit=w{l}, input=w{l-1}", each=LAYERS)``; names are separated by spaces.

    An axis without ``=`` is its own size.
    """
    pairs = tuple(_axis(one.strip()) for one in axes.split(",") if one.strip())
    if kind == "int" and options.get("low") is None:
        options["low"] = 0
    if kind in ("float", "float32"):
        options = {"low": -LARGEST, "high": LARGEST} | options
    return Row(tuple(names.split()), kind, pairs, **options)


def _axis(text: str) -> tuple[str, str]:
    name, equals, size = text.partition("=")
    return name, size if equals else name.replace(" ", "_")


def prefixed(key: str, rows: tuple[Row, ...], when: Callable[[Trace], bool] = always) -> tuple[Row, ...]:
    """``rows`` as a joined trace holds them: every name begins with ``key/``."""
    return tuple(_prefixed(key, one, when) for one in rows)


def _prefixed(key: str, one: Row, when: Callable[[Trace], bool]) -> Row:
    each = one.each
    if each is not None and each.of:
        each = replace(each, of=f"{key}/{each.of}")
    inner = one.when
    both = when if inner is always else lambda trace: when(trace) and inner(trace)
    return replace(one, names=tuple(f"{key}/{name}" for name in one.names), each=each, when=both)
