"""The palette under simulated colour blindness. Its contrasts are tests/scenes/test_style.py's."""

from itertools import combinations

import colorspacious
import numpy as np
import pytest

from pipeline.inspect.contrast import contrast
from scenes.stage.style import LOOKS, Look

# The roles that mean something by their colour; ink and muted are text and axes, told apart by lightness.
MEANINGS = ("input", "positive", "negative", "activation", "gradient", "loss")
DEFICIENCIES = ("deuteranomaly", "protanomaly", "tritanomaly")
LEAST = {"dark": 14.6, "light": 9.0}  # CAM02-UCS, to a tenth


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def as_seen(colour: str, deficiency: str) -> np.ndarray:
    """A colour in CAM02-UCS as somebody with the full deficiency sees it."""
    space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    seen = np.clip(colorspacious.cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)
    return np.asarray(colorspacious.cspace_convert(seen, "sRGB1", "CAM02-UCS"))


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_any_two_meanings_stay_apart(look: Look, deficiency: str) -> None:
    seen = {role: as_seen(look.colour(role), deficiency) for role in MEANINGS}
    for one, other in combinations(MEANINGS, 2):
        distance = float(np.linalg.norm(seen[one] - seen[other]))
        assert round(distance, 1) >= LEAST[look.name], (one, other)


def test_contrast_agrees_with_the_standard() -> None:
    assert contrast(rgb("#FFFFFF"), rgb("#000000")) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


def test_the_simulation_sees_a_known_confusion() -> None:
    red, green = "#D62728", "#2CA02C"
    near = np.linalg.norm(as_seen(red, "deuteranomaly") - as_seen(green, "deuteranomaly"))
    plain = np.linalg.norm(
        colorspacious.cspace_convert(rgb(red), "sRGB1", "CAM02-UCS")
        - colorspacious.cspace_convert(rgb(green), "sRGB1", "CAM02-UCS")
    )
    assert near < plain / 2
