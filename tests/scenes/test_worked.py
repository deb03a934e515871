"""Formulas with numbers under their terms: if these failed, a number would stand under another term."""

import re

from scenes.parts.room.box import Box
from scenes.parts.text.worked import Worked, letters, with_numbers_under

LINE = ["h_t = tanh(", ("W x_t", "a"), "+", ("U h_(t-rule(1))", "b"), ")", ("", "h")]
BOX = Box(-2.0, 6.0, -1.0, 1.0)


def test_letters_come_without_numbers() -> None:
    assert letters(LINE).split() == ["h_t", "=", "tanh(", "W", "x_t", "+", "U", "h_(t-rule(1))", ")"]


def test_every_field_stands_under_its_term() -> None:
    found = re.findall(r"underbrace\((.*?), \{(\w)\}\)", with_numbers_under(LINE))
    assert found == [("W x_t", "a"), ("U h_(t-rule(1))", "b")]
    assert with_numbers_under(LINE).endswith("= {h}")


def test_lines_fill_their_box_from_the_left(stage) -> None:
    film = stage("rnn")
    fields = {name: film.number("h", 0, unit) for unit, name in enumerate("abh")}
    for lines in ([LINE], [LINE] * 7):
        worked = Worked(film, lines, fields, BOX)
        assert worked.numbers.width <= BOX.width + 1e-6
        assert worked.numbers.height <= BOX.height + 1e-6
        for plain, full in zip(worked.letters, worked.numbers, strict=True):
            assert plain.em_px == full.em_px
            assert abs(plain.strut.get_left()[0] - BOX.left) < 1e-6
        assert len(worked.work_out()) == len(lines)
