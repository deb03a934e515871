"""What came of a run, and rules of optimisers: if these failed, a film would call arrived what never came."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.momentum.declared import FIRST_PARTS
from scenes.parts.charts.outcome import arrived, outcome
from scenes.parts.text.source import with_numbers
from scenes.parts.text.typeset import math
from scenes.parts.text.update_rules import RULES
from scenes.stage.adding import adding_up
from scenes.stage.provenance import format_value, read_number
from scenes.stage.style import DARK


def film(reached: int, updates: int = 9, known: bool = True, diverged: int = -1, moves: bool = True) -> Any:
    """A film of one run `a`; its labels say their key and what fills them."""
    series = {
        "a/reached": np.array(reached),
        "a/updates": np.array(updates),
        "a/diverged_at": np.array(diverged),
        "a/loss": np.linspace(4, 0.5, updates + 1),
        "a/position": moves * np.linspace([0, 0], [1, 1], updates + 1),
    }
    flags = {"a/diverged": diverged >= 0, "a/undefined": diverged == 3, "floor_known": known}
    return SimpleNamespace(
        trace=SimpleNamespace(flags=flags),
        array=series.__getitem__,
        item=lambda name: series[name].item(),
        integer=lambda name: str(series[name]),
        number=lambda name, i, form: format_value(series[name][i], form),
        label=lambda key, **fields: " ".join([key, *fields.values()]),
    )


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (film(5), "short_reached 5"),
        (film(-1), "short_open 0.5"),
        (film(-1, diverged=7), "short_diverged 7"),
        (film(-1, diverged=3), "short_undefined 3"),
        (film(0), "short_there 0"),
        (film(5, known=False), "short_lowest 5"),
        (film(9, known=False), "short_open 0.5"),  # the lowest loss is its last one: it still falls
        (film(0, known=False), "short_open 0.5"),
        (film(0, known=False, moves=False), "short_there 0"),
    ],
)
def test_what_came_of_a_run(run: Any, said: str) -> None:
    assert outcome(run, "a", "short", ["a"]) == said
    assert arrived(run, "a") == (said == "short_reached 5")


@pytest.mark.parametrize("name", RULES)
def test_rules_can_be_set_and_use_their_symbols(name: str) -> None:
    rule = RULES[name]
    for line in rule.lines:
        assert math(with_numbers(line, {}), DARK, 40).width > 0
    assert all(symbol in " ".join(rule.lines) for symbol in rule.settings)


@pytest.mark.parametrize("name", RULES)
def test_first_steps_have_a_name_for_every_part(name: str) -> None:
    assert len(RULES[name].parts) == len(FIRST_PARTS[name])


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ((0.1804, 0.3737), 0.5541, (".2f", True)),
        ((0.333333, 0.333333), 0.7, ("", False)),
        ((3.38694, -2.29324), 1.0937, (".3f", True)),
        ((0.0, 0.0), 0.0, (".2f", True)),
        ((1e-7, 2e-7), 3e-7, ("", False)),
    ],
)
def test_shown_parts_add_up_to_the_shown_sum(
    parts: tuple[float, float], total: float, expected: tuple[str, bool]
) -> None:
    """3.39 − 2.29 is not 1.09: another digit tells it; where it takes too many, the film says nearly equal."""
    form, exact = adding_up(parts, total)
    if expected[1]:
        assert (form, exact) == expected
    shown = [read_number(format_value(one, form)) for one in (*parts, total)]
    if exact:
        assert sum(shown[:-1]) == pytest.approx(shown[-1], abs=1e-12)
