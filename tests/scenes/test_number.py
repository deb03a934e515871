"""The wall of provenance: if these failed, a film could show a digit that no recorder computed."""

from collections.abc import Callable

import pytest

from engine.errors import InputError
from scenes.stage.captions import CaptionError
from scenes.stage.explainer import Explainer
from scenes.stage.provenance import Shown

Stage = Callable[..., Explainer]


def test_a_number_leaves_a_row_with_the_exact_value_and_time(stage: Stage):
    film = stage()
    text = film.number("layer1/weight", 2, 1, form=".2f")
    (row,) = film.rows
    assert isinstance(text, Shown)
    assert row.value == film.trace["layer1/weight"].values[2, 1]
    assert type(row.value) is float
    assert (row.series, row.index, row.format, row.text) == ("layer1/weight", (2, 1), ".2f", text)
    assert (row.time_s, row.beat) == (15 / 5, "network")


def test_counts_and_names_are_numbers_too(stage: Stage):
    film = stage(language="ko")
    assert film.number("parameters/total", form="d") == "51"
    assert film.name("data/name") == "붓꽃"
    assert [row.value for row in film.rows] == [51, "iris"]


def test_a_value_as_mobject_leaves_a_row(stage: Stage):
    film = stage()
    film.value("loss/value", form=".3f")
    assert [row.series for row in film.rows] == ["loss/value"]


def test_an_unknown_series_is_named(stage: Stage):
    with pytest.raises(InputError, match="parameters/total"):
        stage().number("parameters/totl")


def test_captions_refuse_digits_that_were_not_shown(stage: Stage):
    film = stage()
    with pytest.raises(CaptionError, match="data"):
        film.say(data="iris 2")
    film.say(data=film.name("data/name"))


def test_words_refuse_digits_that_were_not_shown(stage: Stage):
    film = stage()
    with pytest.raises(CaptionError, match="of its own"):
        film.words("about 95 %")
    film.words(film.number("parameters/total", form="d"))
    film.words("no digits")


def test_joins_and_labels_refuse_digits_that_were_not_shown(stage: Stage):
    film = stage()
    count = film.number("parameters/total", form="d")
    assert film.join(count, " units") == "51 units"
    with pytest.raises(CaptionError):
        film.join(count, " of 52")
    with pytest.raises(CaptionError, match="count"):
        film.label("others", count="51")
    assert film.label("others", count=count) == "51 more"


@pytest.mark.parametrize("source", ["2 x", "x + 0.5", 'num("0.5")', "a_1 + 3", '"95 %"', "x = {v}"])
def test_formulas_refuse_digits_that_were_not_shown(stage: Stage, source: str):
    with pytest.raises((CaptionError, KeyError)):
        stage().math(source)


def test_formulas_refuse_a_field_that_was_not_shown(stage: Stage):
    film = stage()
    with pytest.raises(CaptionError):
        film.math("x = {v}", v="0.25")
    film.math("x = {v}", v=film.number("loss/value", form=".3f"))


@pytest.mark.parametrize("source", ["z^((1)) = W^((1)) x", "x_1", "rule(2) x", "w_(j i)"])
def test_formulas_take_indices_and_the_digits_of_rules(stage: Stage, source: str):
    stage().math(source)
