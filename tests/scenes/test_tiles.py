"""Tiles and what stands around them: if these failed, a map would show other numbers, or none that can be read."""

from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import FadeOut

from scenes.parts.arrays.shares import DIMMED, Shares
from scenes.parts.arrays.tiles import READABLE, Tiles, tint
from scenes.parts.charts.measure import Measure
from scenes.parts.nets.flow import flow
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.text.typeset import Typeset, words
from scenes.stage.provenance import format_value
from scenes.stage.style import DARK, LIGHT, ROLES, Look
from tests.scenes.test_style import contrast

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
VALUES = np.array([[0.0, 1.0, 0.0, 4.0], [2.0, 0.0, 0.0, 3.0]])


class Film:
    """What a part asks of a film."""

    look = DARK
    series: ClassVar = {"map": VALUES, "given": np.eye(2, 4), "share": np.array([0.5, 1.06])}

    def array(self, name: str) -> np.ndarray:
        return self.series[name]

    def value(self, name: str, *at: int, form: str, px: float, colour: str = "ink") -> Typeset:
        return words(format_value(self.series[name][at], form), DARK, px, colour)

    def values(self, name: str, places: range, form: str, px: float) -> list[Typeset]:
        return [self.value(name, at, form=form, px=px) for at in places]


def tiles(**options: Any) -> Tiles:
    return Tiles(Film(), "map", ROOM, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("role", ["activation", "gradient", "input", "ink"])
@given(share=st.floats(0, 1))
def test_a_number_on_a_tile_can_be_read_whatever_its_tint(look: Look, role: str, share: float) -> None:
    assert role in ROLES
    fill, ink = tint(look, role, share)
    assert contrast(fill, ink) >= READABLE - 0.2
    assert ink in (look.ink, look.background)


def test_numbers_are_those_of_the_cells_and_zeros_only_where_they_are_asked_for() -> None:
    made = tiles(form=".2f")
    assert {at: text.source for at, text in made.numbers.items()} == {
        (0, 1): "1\\.00",
        (0, 3): "4\\.00",
        (1, 0): "2\\.00",
        (1, 3): "3\\.00",
    }
    assert len(made.lit) == 4
    assert tiles(form=".2f", zeros=True).numbers[0, 0].source == "0"
    assert set(tiles(form="d", shown="given").numbers) == {(0, 0), (1, 1)}
    part = tiles(form=".2f", rows=(1, 2), columns=(2, 4))
    assert {at: text.source for at, text in part.numbers.items()} == {(0, 1): "3\\.00"}


def test_what_slides_moves_by_cells_and_what_would_leave_goes_out() -> None:
    made = tiles()
    places = [cell.get_center() for cell in made.lit]
    moving = [one for one in made.slide(1) if not isinstance(one, FadeOut)]
    assert len(moving) == 2  # of 1 and 2; 4 and 3 stand in the last column
    for one, place in zip(moving, (places[0], places[2]), strict=True):
        assert one.mobject.target.get_center() - place == pytest.approx(made.step(0, 1))


def test_windows_and_frames_stand_around_their_cells() -> None:
    made = tiles()
    windows = made.windows(2)
    assert len(windows) == 2
    assert windows[1].get_center() == pytest.approx(made.place(0.5, 2.5))
    (frame,) = made.frames(VALUES == 4)
    assert frame.get_center() == pytest.approx(made.place(0, 3))
    assert len(made.frames(VALUES > 9)) == 0


def test_words_stand_above_below_and_beside_the_grid() -> None:
    head, foot, side = (words("map", DARK, 26) for _ in range(3))
    made = tiles(head=head, side=side, wide=True)
    made.footed(foot)
    assert made.box.width == pytest.approx(ROOM.width)
    assert line_box(head).bottom > made.box.top
    assert line_box(foot).top < made.box.bottom
    assert line_box(side).right < made.box.left


@pytest.mark.parametrize("away", [(0, -1, 0), (-1, 0, 0)])
def test_a_dimension_line_is_as_long_as_what_it_measures_and_its_name_is_beyond(away: Any) -> None:
    way, name = np.array(away, dtype=float), words("k", DARK, 30)
    start, end = np.zeros(3), 2 * np.array([abs(way[1]), abs(way[0]), 0.0])
    made = Measure(DARK, start, end, way, name)
    line = made[0][0]
    assert line.get_length() == pytest.approx(2)
    assert float((name.get_center() - line.get_center()) @ way) > 0


def test_plates_stand_in_order_with_an_arrow_between_two() -> None:
    texts = [words(text, DARK, 30) for text in ("digit", "ReLU", "pooling")]
    line = flow(DARK, texts, ROOM, marked=2)
    plates, arrows = line[:3], line[3:]
    assert [plate[1] for plate in plates] == texts
    assert len(arrows) == 2
    assert all(a.get_right()[0] < b.get_left()[0] for a, b in pairwise(plates))
    assert line_box(line).width <= ROOM.width


def test_shares_have_bars_on_one_scale() -> None:
    names = [words(text, DARK, 30) for text in ("one", "other")]
    made = Shares(Film(), names, {"share": words("right", DARK, 26)}, ROOM)  # type: ignore[arg-type]
    half, more = made.column(2)
    assert half.width / more.width == pytest.approx(0.5 / 1.06)
    assert [text.source for text in made.column(1)] == ["50%", "106%"]
    assert [*made.measured[0][2]] == [half, more]
    dimmed = [one.mobject.target for one in (each.build() for each in made.light(1))]  # type: ignore[attr-defined]
    assert [one.get_fill_opacity() for one in (dimmed[2], dimmed[5])] == [DIMMED, 1.0]
