"""Where the allowed operations have no real value, in words. Standard library only."""

import math
from collections.abc import Sequence

LOGARITHMS = ("log", "ln", "log10", "log2")
TOO_LARGE = "the result is larger than a float64 holds"


def fault(operation: str, texts: Sequence[str], values: Sequence[float], result: float) -> str | None:
    """Say why ``result`` of ``operation`` on ``values`` is not a number to go on with, or return None.

    texts: the inputs as they stand in the formula, for the sentence.
    """
    shown = _shown(texts[0], values[0])
    if operation == "div" and values[1] == 0:
        return f"Division by zero: {_shown(texts[1], values[1])}"
    if operation in LOGARITHMS and values[0] <= 0:
        return f"{operation}({texts[0]}) is not defined at {shown}: {operation} takes numbers above 0"
    if operation == "sqrt" and values[0] < 0:
        return f"sqrt({texts[0]}) is not defined at {shown}: sqrt takes numbers from 0 up"
    if operation == "pow":
        return _power_fault(texts, values, result)
    if not math.isfinite(result):
        at = " and ".join(_shown(text, value) for text, value in zip(texts, values, strict=True))
        return f"{operation} overflows at {at}: {TOO_LARGE}"
    return None


def _power_fault(texts: Sequence[str], values: Sequence[float], result: float) -> str | None:
    base, exponent = values
    if base == 0 and exponent < 0:
        return f"Division by zero: {_shown(texts[0], base)} to the negative power {exponent:g}"
    if base < 0 and not exponent.is_integer():
        return f"{_shown(texts[0], base)} to the power {exponent:g} is not a real number"
    if not math.isfinite(result):
        return f"{base:g} to the power {exponent:g} overflows: {TOO_LARGE}"
    return None


def slope_fault(
    operation: str, texts: Sequence[str], values: Sequence[float], slot: int, slope: float
) -> str:
    """Say why no gradient can go back through input ``slot``; ``slope`` is the derivative there."""
    if math.isfinite(slope):
        return "The gradient overflows on its way back here"
    at = _shown(texts[slot], values[slot])
    if operation == "pow" and slot == 1:
        return f"A power of the negative base {values[0]:g} has no derivative by its exponent {at}"
    return f"The derivative of {operation} is infinite at {at}"


def _shown(text: str, value: float) -> str:
    """``x - y = -1`` for a part of the formula; a number as typed stands alone."""
    return f"{value:g}" if text.strip("()- ").replace(".", "", 1).isdigit() else f"{text} = {value:g}"
