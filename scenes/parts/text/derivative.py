"""Rules of differentiation, as they are written: what the derivative of an operation by one of its inputs is."""

from __future__ import annotations

from collections.abc import Sequence

# For inputs a (and b), one rule an input; rule(..) marks digits that belong to the rule itself.
RULES = {
    "mul": ("{b}", "{a}"),
    "div": ("rule(1) / {b}", "-{a} / {b}^rule(2)"),
    "exp": ("e^{a}",),
    "log": ("rule(1) / {a}",),
    "ln": ("rule(1) / {a}",),
    "log10": ("rule(1) / ({a} ln rule(10))",),
    "log2": ("rule(1) / ({a} ln rule(2))",),
    "sin": ("cos {a}",),
    "cos": ("-sin {a}",),
    "tan": ("rule(1) + tan^rule(2) {a}",),
    "tanh": ("rule(1) - tanh^rule(2) {a}",),
    "sigmoid": ("sigma({a}) (rule(1) - sigma({a}))",),
    "softplus": ("sigma({a})",),
    "sqrt": ("rule(1) / (rule(2) sqrt({a}))",),
    "pow": ("{b} {a}^({b} - rule(1))", "{a}^{b} ln {a}"),
}
SQUARE = "{b} {a}"  # of a power whose exponent is 2, by its base


def derivative(operation: str, slot: int, inputs: Sequence[str], square: bool = False) -> str:
    """The rule for the input `slot`, in Typst math, with the inputs' names; "" where it is a plain number (+ and −)."""
    rules = RULES.get(operation)
    if rules is None:
        return ""
    rule = SQUARE if square and slot == 0 else rules[slot]
    return rule.format(a=inputs[0], b=inputs[-1])
