"""Digits of worked rows: if these failed, a viewer who reckons with what is printed would find something else."""

import math
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest

from scenes.stage.closing import adding, checkable, exponentials, finest
from scenes.stage.explainer import Explainer
from scenes.stage.network_stage import NetworkStage
from scenes.stage.provenance import format_value


def digits(value: float, form: str = ".2f") -> Decimal:
    return Decimal(format_value(float(value), form).replace("−", "-"))


@pytest.mark.parametrize(("layer", "units"), [(1, [2]), (2, [1, 0, 2])])
def test_what_is_printed_multiplies_and_adds_up(
    stage: Callable[..., Explainer], layer: int, units: list[int]
) -> None:
    film = stage()
    assert isinstance(film, NetworkStage)
    unit, form, exact = checkable(film, layer, units)
    assert unit in units
    assert exact
    weight, product, bias, z = (
        film.array(f"layer{layer}/{name}")[unit] for name in ("weight", "product", "bias", "z")
    )
    inputs = film.array(f"layer{layer}/input")
    total = Decimal(0)
    for at in np.flatnonzero(inputs):
        printed = digits(weight[at], form) * digits(inputs[at], form)
        assert round(printed, 2) == digits(product[at])
        total += digits(product[at])
    assert total == digits(film.array(f"layer{layer}/partial")[unit, -2])
    assert total + digits(bias) == digits(z)


def test_the_exponentials_of_printed_scores_are_the_printed_ones(stage: Callable[..., Explainer]) -> None:
    film = stage()
    assert isinstance(film, NetworkStage)
    form = exponentials(film, ".2f")
    scores, exps = film.array("layer2/z"), film.array("softmax/exp")
    for z, exp in zip(scores, exps, strict=True):
        assert format_value(math.exp(digits(z, form)), ".2f") == format_value(float(exp), ".2f")
    p = film.array("layer2/a")
    total = digits(film.item("softmax/exp_sum"))
    assert sum(digits(one) for one in exps) == total
    assert [round(digits(one) / total, 3) for one in exps] == [digits(one, ".3f") for one in p]


def test_where_nothing_comes_out_two_decimals_stay() -> None:
    assert finest(math.exp, np.array([9.87654]), np.array([math.exp(9.87654)]), ".2f") == ".2f"
    assert finest(abs, np.array([0.254]), np.array([0.25]), ".2f") == ".2f"


@pytest.mark.parametrize(("layer", "unit"), [(1, 2), (2, 0), (2, 1), (2, 2)])
def test_the_printed_products_add_up_to_the_printed_sum(
    stage: Callable[..., Explainer], layer: int, unit: int
) -> None:
    film = stage()
    assert isinstance(film, NetworkStage)
    form, adds = adding(film, layer, unit)
    product, partial = (film.array(f"layer{layer}/{name}")[unit] for name in ("product", "partial"))
    last_place = Decimal(1).scaleb(-int(form[1]))
    assert adds
    assert abs(sum(digits(one, form) for one in product) - digits(partial[-2], form)) < last_place / 2
