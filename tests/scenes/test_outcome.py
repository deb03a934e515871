"""What came of a run, and rules of optimisers: if these failed, a film would call arrived what never came."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scenes.parts.charts.outcome import arrived, outcome
from scenes.parts.text.source import with_numbers
from scenes.parts.text.typeset import math
from scenes.parts.text.update_rules import RULES
from scenes.stage.provenance import format_value
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
    assert math(with_numbers(rule.source, {}), DARK, 40).width > 0
    assert all(symbol in rule.source for symbol in rule.symbols)
