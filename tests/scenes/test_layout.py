"""Boxes, rows, columns and tables: if these failed, things would stand on each other or outside their room."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import Rectangle, VGroup

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.layout import apart, column, fit, line_box, row, spread
from scenes.parts.room.slots import Slots
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
NEAR = 1e-6
weights = st.lists(st.floats(0.1, 10), min_size=1, max_size=6)


def inside(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left - NEAR
        and inner.right <= outer.right + NEAR
        and inner.bottom >= outer.bottom - NEAR
        and inner.top <= outer.top + NEAR
    )


@given(weights, st.floats(0, 0.5))
def test_columns_share_a_box_by_their_weights(shares: list[float], gap: float) -> None:
    boxes = ROOM.columns(*shares, gap=gap)
    assert (boxes[0].left, boxes[-1].right) == pytest.approx((ROOM.left, ROOM.right))
    assert all(b.left - a.right == pytest.approx(gap) for a, b in pairwise(boxes))
    assert np.allclose(
        [one.width / share for one, share in zip(boxes, shares, strict=True)], boxes[0].width / shares[0]
    )


@given(weights, st.floats(0, 0.3))
def test_rows_go_down_from_the_top(shares: list[float], gap: float) -> None:
    boxes = ROOM.rows(*shares, gap=gap)
    assert (boxes[0].top, boxes[-1].bottom) == pytest.approx((ROOM.top, ROOM.bottom))
    assert all(a.bottom - b.top == pytest.approx(gap) for a, b in pairwise(boxes))


@given(st.floats(0.1, 6), st.floats(0.1, 4), st.floats(0, 1), st.floats(0, 1))
def test_a_box_in_a_box_has_its_size_and_its_share_of_the_rest(
    width: float, height: float, across: float, up: float
) -> None:
    found = ROOM.inner(width, height, across, up)
    assert (found.width, found.height) == pytest.approx((width, height))
    assert inside(found, ROOM)
    assert ROOM.inner(1, 1).centre == pytest.approx(ROOM.centre)


@given(st.integers(1, 4), st.integers(1, 4))
def test_a_grid_is_inside_its_box_and_row_by_row(rows: int, columns: int) -> None:
    boxes = ROOM.grid(rows, columns)
    assert len(boxes) == rows * columns
    assert all(inside(one, ROOM) for one in boxes)
    assert len({round(one.top, 6) for one in boxes[:columns]}) == 1


@given(st.floats(0.1, 20), st.floats(0.1, 20))
def test_the_middle_of_a_box_is_no_larger_than_wanted(wide: float, high: float) -> None:
    middle = ROOM.middle(wide, high)
    assert inside(middle, ROOM)
    assert np.allclose(middle.centre, ROOM.centre)
    assert (middle.width, middle.height) == pytest.approx((min(wide, ROOM.width), min(high, ROOM.height)))


@given(st.integers(2, 30), st.integers(3, 7))
def test_every_item_that_is_drawn_has_a_place_and_so_has_the_ellipsis(count: int, limit: int) -> None:
    slots = Slots(ROOM, fold(count, limit))
    places = [slots[item] for item in slots.fold.shown]
    assert all(a.right <= b.left + NEAR for a, b in pairwise(places))
    assert (slots.gap is None) == (count <= limit) == (not len(slots.ellipsis(DARK)))
    if slots.gap is not None:
        assert all(abs(one.centre[0] - slots.gap.centre[0]) > one.width / 2 for one in places)


@given(st.floats(0.1, 20), st.floats(0.1, 20), st.sampled_from(["left", "centre", "right"]), st.floats(1, 3))
def test_what_is_fitted_is_inside_and_no_larger_than_allowed(
    wide: float, high: float, across: str, grow: float
) -> None:
    shape = fit(Rectangle(width=wide, height=high, stroke_width=0), ROOM, across, grow=grow)
    own = line_box(shape)
    assert inside(own, ROOM)
    assert own.width <= wide * grow + NEAR
    side = {"left": own.left - ROOM.left, "right": ROOM.right - own.right, "centre": own.centre[0]}[across]
    assert side == pytest.approx(0, abs=NEAR)


@given(st.lists(st.floats(0.1, 2), min_size=2, max_size=5), st.floats(0, 1))
def test_rows_and_columns_keep_their_gaps(sizes: list[float], gap: float) -> None:
    def shapes() -> list[Rectangle]:
        return [Rectangle(width=one, height=one, stroke_width=0) for one in sizes]

    beside = [line_box(one) for one in row(shapes(), gap)]
    below = [line_box(one) for one in column(shapes(), gap)]
    assert all(b.left - a.right == pytest.approx(gap) for a, b in pairwise(beside))
    assert all(a.bottom - b.top == pytest.approx(gap) for a, b in pairwise(below))
    assert len({round(one.left, 6) for one in below}) == 1


def test_texts_in_a_row_stand_by_their_lines() -> None:
    texts = row([words("ay", DARK, 40), words("Ag", DARK, 40)])
    heights = {round(float(one.strut.get_center()[1]), 6) for one in texts}
    assert len(heights) == 1


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=6), st.floats(1, 12), st.floats(0, 2))
def test_spread_is_even_and_bounded(sizes: list[float], room: float, most: float) -> None:
    starts, gap = spread(sizes, room, most)
    assert gap <= most
    ends = [start + size for start, size in zip(starts, sizes, strict=True)]
    assert all(b - a == pytest.approx(gap) for a, b in zip(ends, starts[1:], strict=False))
    if gap < most and len(sizes) > 1:
        assert ends[-1] == pytest.approx(room)


def table(count: int, texts: int, **options: object) -> Table:
    rows = fold(count, 6)
    columns = [
        Column([words("Name" * 2, DARK, 30) for _ in rows.shown], words("head", DARK, 26), "left"),
        *(Column([words("1.25", DARK, 32) for _ in rows.shown], words("z", DARK, 30)) for _ in range(texts)),
        Bars([0.5 for _ in rows.shown]),
    ]
    return Table(DARK, columns, ROOM, rows=rows, **options)  # type: ignore[arg-type]


@given(st.integers(1, 30), st.integers(1, 3), st.sampled_from(["top", "centre", "bottom"]))
def test_a_table_stays_in_its_box_and_nothing_stands_on_anything(count: int, texts: int, up: str) -> None:
    made = table(count, texts, up=up)
    cells = [cell for one in made.cells for cell in one if cell is not None]
    boxes = [line_box(one) for one in [*cells, *made.heads, *made.ellipsis]]
    assert all(inside(one, ROOM) for one in boxes)
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = (
                a.right <= b.left + NEAR
                or b.right <= a.left + NEAR
                or a.top <= b.bottom + NEAR
                or b.top <= a.bottom + NEAR
            )
            assert apart, (a, b)


def test_dots_stand_where_rows_are_missing_and_only_there() -> None:
    assert len(table(4, 1).ellipsis) == 0
    folded = table(20, 1)
    gap = folded.fold.gap
    assert gap is not None
    height = folded.ellipsis[0].strut.get_center()[1]
    assert folded.row_y(gap - 1) > height > folded.row_y(gap)


def test_a_bar_is_as_long_as_its_share_and_ends_in_its_column() -> None:
    shares = [0.0, 0.25, 1.0]
    made = Table(DARK, [Column([words("a", DARK, 30) for _ in shares], align="left"), Bars(shares)], ROOM)
    lengths = [float(bar.width) for bar in made.column(1)]
    assert lengths[2] == pytest.approx(made.widths[1])
    assert lengths[1] == pytest.approx(lengths[2] / 4)
    assert lengths[0] < 0.05
    assert len({round(float(bar.get_left()[0]), 6) for bar in made.column(1)}) == 1


def test_wide_cells_become_smaller_and_rules_stay_inside() -> None:
    cells = [words("1,234,567,890.25", DARK, 34) for _ in range(3)]
    made = Table(DARK, [Column(list(cells)), Column([one.copy() for one in cells])], ROOM, rules=((2, 0, 1),))
    assert all(inside(line_box(one), ROOM) for one in VGroup(*made.rows, made.rules))


def test_a_rule_above_the_first_row_lies_between_it_and_the_heads() -> None:
    cells = [words("eight", DARK, 32) for _ in range(2)]
    head = words("head", DARK, 26)
    found = Table(DARK, [Column(cells, head)], Box(-3.0, 3.0, -2.0, 2.0), rules=[(0, 0, 0)], pitch=1.4)
    rule = float(found.rules[0].get_center()[1])
    assert line_box(cells[0]).top < rule < line_box(head).bottom


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_names_that_would_meet_stand_apart_in_their_order(wanted: list[float]) -> None:
    out = apart(wanted, 0.4, -3.0, 3.0)
    order = np.argsort(wanted, kind="stable")
    assert min(np.diff(np.array(out)[order]), default=0.4) >= 0.4 - 1e-9
    assert -3.0 - 1e-9 <= min(out) <= max(out) <= 3.0 + 1e-9


def test_what_has_room_stays_where_it_was_wanted() -> None:
    assert apart([1.0, -1.0, 0.0], 0.4, -3.0, 3.0) == pytest.approx([1.0, -1.0, 0.0])
    assert apart([0.0, 0.0, 0.0], 4.0, -1.0, 1.0) == pytest.approx([-1.0, 0.0, 1.0])
