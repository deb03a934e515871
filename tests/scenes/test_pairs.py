"""Pairs and digits that agree: if these failed, a product would stand at another row or column than its factors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.arrays.pairs import Margin, Pairs
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.agreement import agreeing, side_by_side
from scenes.parts.text.typeset import math, words
from scenes.stage.style import DARK

BOX = Box(-3, 4, -2, 2)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def grid(rows: int, columns: int, most: int = 6) -> Pairs:
    margins = [
        Margin(items, [words(LETTERS[i], DARK, 30) for i in items.shown], math(name, DARK, 30))
        for items, name in ((fold(rows, most), "u"), (fold(columns, most), "v"))
    ]
    return Pairs(DARK, lambda i, j: (words(LETTERS[i] + LETTERS[j], DARK, 30), 0.5), *margins, BOX)


@given(st.integers(1, 20), st.integers(1, 20))
def test_a_pair_stands_in_the_row_and_column_of_its_two(rows: int, columns: int):
    found = grid(rows, columns)
    for (i, j), (tile, text) in found.pairs.items():
        assert tile.get_y() == pytest.approx(found.down[i].strut.get_y(), abs=1e-6)
        assert text.strut.get_x() == pytest.approx(found.across[j].strut.get_x(), abs=1e-6)
    left, right = (found.get_corner(np.array(side))[0] for side in ([-1, 0, 0], [1, 0, 0]))
    assert left > BOX.left - 1e-6
    assert right < BOX.right + 1e-6


def test_dots_stand_where_items_are_left_out():
    assert len(grid(3, 4).dots) == 0
    assert len(grid(9, 4).dots) == 4
    assert len(grid(3, 9).dots) == 3


def test_a_wide_text_fits_its_cell():
    name = math("u", DARK, 30)
    one = Margin(fold(1), [words("a", DARK, 30)], name)
    found = Pairs(DARK, lambda i, j: (words("1234567890" * 3, DARK, 60), 1.0), one, one, BOX)
    assert found.pairs[0, 0][1].width <= found.pitch[0]


@given(st.text(max_size=12), st.text(max_size=12))
def test_texts_agree_up_to_the_first_difference(a: str, b: str):
    count = agreeing(a, b)
    assert a[:count] == b[:count]
    assert count == min(len(a), len(b)) or a[count] != b[count]


def test_what_differs_is_muted():
    (same, part), (_, other) = side_by_side(DARK, ["1.25", "1.25"], ["1.25", "1.31"], 30, "gradient")
    assert same.source == r"#gradient[1\.25]"
    assert part.source == r"#gradient[1\.]#muted[25]"
    assert other.source == r"#gradient[1\.]#muted[31]"
