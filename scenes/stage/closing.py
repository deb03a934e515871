"""Digits with which a viewer's own reckoning comes out: what is printed multiplies and adds up to what is printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from scenes.stage.network_stage import NetworkStage
from scenes.stage.provenance import format_value, read_number

FORMS = ".2f", ".3f"  # of what is multiplied; what comes of it has two decimals
FINER = ".2f", ".3f", ".4f", ".5f"  # of what is added
CHARS = 7  # of a number that is written more finely


def printed(value: float, form: str = ".2f") -> float:
    """The number that stands on the screen."""
    return read_number(format_value(float(value), form))


def same(value: float, shown: float, form: str = ".2f") -> bool:
    """Whether somebody who works with printed numbers finds the printed one."""
    return format_value(value, form) == format_value(shown, form)


def checkable(film: NetworkStage, layer: int, units: Sequence[int]) -> tuple[int, str, bool]:
    """The first of `units` whose weighted sum comes out with the printed digits, the form of its weights and inputs,
    and True; of those with the fewest digits. Where there is none: the first unit, and False."""
    found = ((unit, form, True) for form in FORMS for unit in units if _comes_out(film, layer, unit, form))
    return next(found, (units[0], FORMS[0], False))


def _comes_out(film: NetworkStage, layer: int, unit: int, form: str) -> bool:
    names = "weight", "product", "partial", "bias", "z"
    weight, product, partial, bias, z = (film.array(film.of(layer, name))[unit] for name in names)
    inputs = film.array(film.of(layer, "input"))
    at = np.flatnonzero(inputs)
    products = [printed(product[i]) for i in at]
    each = all(same(printed(weight[i], form) * printed(inputs[i], form), product[i]) for i in at)
    total = printed(partial[-2])
    return each and same(sum(products), total) and same(total + printed(bias), z)


def adding(film: NetworkStage, layer: int, unit: int) -> tuple[str, bool]:
    """How the products of a unit's weighted sum, and this sum, are written: with as few decimals as can be so that the
    printed products add up to the printed sum, and True; where no form does that, with two, and False."""
    product, partial = (film.array(film.of(layer, name))[unit] for name in ("product", "partial"))
    for form in FINER:
        if same(sum(printed(one, form) for one in product), printed(partial[-2], form), form):
            return form, True
    return FINER[0], False


def finest(of: Callable[[float], float], numbers: np.ndarray, results: np.ndarray, form: str) -> str:
    """How `numbers` are written so that `of` them is what is printed in `form`: with as few decimals as can be."""
    for digits in FORMS:
        texts = [format_value(float(one), digits) for one in numbers]
        told = zip(map(read_number, texts), map(float, results), strict=True)
        if max(map(len, texts)) <= CHARS and all(same(of(one), result, form) for one, result in told):
            return digits
    return FORMS[0]


def exponentials(film: NetworkStage, form: str) -> str:
    """How the output's z are written beside their exponentials in `form`."""
    return finest(math.exp, film.array(film.of(film.depth, "z")), film.array("softmax/exp"), form)
