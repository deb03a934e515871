"""A recorded graph of operations as mathematics: names, formulas and the symbols its nodes carry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenes.parts.text.source import num, quote

GREEK = {
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eta",
    "theta",
    "lambda",
    "mu",
    "sigma",
    "tau",
    "phi",
    "omega",
}
CONSTANTS = ("e", "π")  # numbers that a formula calls by name
HAT = "\u0302"
LOOSE, PRODUCT, FRACTION, SIGN, POWER, TIGHT = range(6)  # how strongly an operation binds, as in Python


def variable(name: str) -> str:
    """A variable's name in Typst math: one letter in italics, digits or what follows _ as an index, else upright.

    A name comes from a file, so whatever is not a letter, a number or one of our Greek names is a string.
    """
    plain = unicodedata.normalize("NFD", name)
    if plain[1:] == HAT and plain[0].isalpha():
        return f"hat({plain[0]})"
    letter, _, low = name.partition("_")
    if low.isalpha() and (letter in GREEK or (len(letter) == 1 and letter.isalpha())):
        return f"{_base(letter)}_({_base(low)})"
    head = name.rstrip("0123456789_")
    index = name[len(head) :].strip("_")
    if not head or name.endswith("_") or "__" in name[len(head) :]:
        return _base(name)
    return f"{_base(head)}_(name({quote(index.replace('_', ', '))}))" if index else _base(name)


def _base(name: str) -> str:
    return name if name in GREEK or (len(name) == 1 and name.isalpha()) else f"name({quote(name)})"


@dataclass(frozen=True)
class Operation:
    """How one node reads: its operation and ordered inputs (node indices)."""

    name: str
    operation: str
    inputs: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """Typst math and how strongly it binds; what binds more loosely than its place needs gets parentheses."""

    source: str
    binding: int = TIGHT

    def within(self, place: int) -> str:
        """The source, in parentheses when `place` binds more strongly."""
        return f"({self.source})" if self.binding < place else self.source


FUNCTIONS = {
    "exp": "exp",
    "log": "log",
    "ln": "ln",
    "log10": "log_(rule(10))",
    "log2": "log_(rule(2))",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "tanh": "tanh",
    "sigmoid": "sigma",
    "relu": 'op("ReLU")',
    "softplus": 'op("softplus")',
    "max": "max",
    "min": "min",
}


def number_part(text: str) -> Part:
    """A shown number as a part; a negative one binds like a sign."""
    return Part(num(text), SIGN if text.startswith("\u2212") else TIGHT)


def factor(text: str) -> str:
    """A shown number as a factor: a negative one in parentheses."""
    return number_part(text).within(POWER)


def added(terms: Sequence[str], gap: int | None = None) -> str:
    """A sum; dots stand before the term `gap`, where some are left out."""
    parts = list(terms) if gap is None else [*terms[:gap], "dots.c", *terms[gap:]]
    return " + ".join(parts)


def compose(operation: str, parts: list[Part], times: str = "dot") -> Part:
    """One operation on its parts."""
    a, b = parts[0], parts[-1]
    if operation == "add":
        return Part(f"{a.within(LOOSE)} + {b.within(PRODUCT)}", LOOSE)
    if operation == "sub":
        return Part(f"{a.within(LOOSE)} - {b.within(SIGN + 1 if b.binding == SIGN else PRODUCT)}", LOOSE)
    if operation == "mul":
        return Part(f"{a.within(PRODUCT)} {times} {b.within(POWER)}", PRODUCT)
    if operation == "div":
        return Part(f"({a.source}) / ({b.source})", FRACTION)  # Typst would take a power into the denominator
    if operation == "pow":
        return Part(f"{a.within(TIGHT)}^({b.source})", POWER)
    if operation == "neg":
        return Part(f"-{a.within(POWER)}", SIGN)
    if operation == "abs":
        return Part(f"abs({a.source})")
    if operation == "sqrt":
        return Part(f"sqrt({a.source})")
    return Part(f"{FUNCTIONS[operation]}({', '.join(part.source for part in parts)})")


class Expression:
    """The nodes of a graph in topological order; `constant(i)` gives the shown text of a constant node."""

    def __init__(self, nodes: list[Operation], constant: Callable[[int], str]) -> None:
        self.nodes, self.constant = nodes, constant

    def formula(self, lit: str = "") -> str:
        """The whole expression as Typst math; `lit`: the terms of its sum without this variable are muted."""
        return self._lit(len(self.nodes) - 1, lit).source if lit else self._part(len(self.nodes) - 1).source

    def _lit(self, index: int, lit: str) -> Part:
        node = self.nodes[index]
        if node.operation in ("add", "sub"):
            return compose(node.operation, [self._lit(i, lit) for i in node.inputs])
        part = self._part(index)
        return part if self._has(index, lit) else Part(f"muted({part.source})", part.binding)

    def _has(self, index: int, name: str) -> bool:
        node = self.nodes[index]
        return (node.operation == "input" and node.name == name) or any(
            self._has(i, name) for i in node.inputs
        )

    def _part(self, index: int) -> Part:
        node = self.nodes[index]
        if node.operation == "input":
            return Part(variable(node.name))
        if node.operation == "constant":
            return Part(variable(node.name)) if node.name in CONSTANTS else number_part(self.constant(index))
        return compose(node.operation, [self._part(i) for i in node.inputs])

    def one(self, index: int, part: Callable[[int], Part], times: str = "dot") -> str:
        """One operation on what `part` gives for its inputs, as Typst math."""
        node = self.nodes[index]
        return compose(node.operation, [part(i) for i in node.inputs], times).source


def symbol(operation: str, constant: str = "", constant_first: bool = False) -> str:
    """What stands in an operation's node, as Typst math; a constant operand is part of it, as in "x^2" or "+ 1"."""
    c = num(constant) if constant else ""
    plain = {"add": "+", "sub": "-", "mul": "times", "div": "div", "neg": "-"}
    if operation == "pow":
        base, exponent = (c, "square") if constant_first else ("square", c or "square")
        return f"{base}^{exponent}"
    if operation in plain:
        return f"{c} {plain[operation]}" if constant_first else f"{plain[operation]} {c}"
    if operation in ("sqrt", "abs"):
        return f"{operation}(square)"
    return (
        'op("soft")^+' if operation == "softplus" else FUNCTIONS[operation]
    )  # a node has room for four letters
