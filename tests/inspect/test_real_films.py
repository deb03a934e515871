"""The films that gradreel ships come out clean. Language decides where things stand, theme what contrasts they have:
the two pairs have every language and every theme."""

import pytest

from pipeline.film import FilmJob, Quality
from pipeline.inspect.report import lines
from scenes import SCENES
from scenes.stage.card import Card
from tests.scenes.watching import inspect

SIZE = Quality.parse("480p60")
PAIRS = [("ko", "dark"), ("en", "light")]


def problems(card: Card, language: str, theme: str, **given: object) -> str:
    """The report's lines when there is a problem."""
    job = FilmJob(card.slug, language, theme, SIZE)
    inspection = inspect(job, **given)
    return "\n".join(lines(job, inspection, "")) if inspection.problems else ""


@pytest.mark.parametrize(("language", "theme"), PAIRS)
@pytest.mark.parametrize("card", SCENES, ids=[card.slug for card in SCENES])
def test_a_film_with_its_defaults_is_clean(card: Card, language: str, theme: str) -> None:
    assert problems(card, language, theme) == ""


@pytest.mark.parametrize(
    "expression",
    [
        {"expression": "sigmoid(w*x + b)", "at": {"x": 2.0, "w": -1.0, "b": 0.5}, "wrt": "w"},
        {"expression": "x*w + w", "at": {"x": 3.0, "w": 2.0}, "wrt": "w"},
    ],
    ids=["a sigmoid", "two paths"],
)
def test_a_users_expression_is_clean(expression: dict[str, object]) -> None:
    backward = next(card for card in SCENES if card.slug == "backward")
    assert problems(backward, "en", "dark", **expression) == ""
