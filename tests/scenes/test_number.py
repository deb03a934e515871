"""The wall of provenance: if these failed, a film could show a digit that no recorder computed."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from manim import FadeIn, TransformFromCopy

from engine.errors import InputError
from scenes.parts.text.source import num
from scenes.stage.captions import CaptionError
from scenes.stage.explainer import Explainer
from scenes.stage.provenance import Shown

Stage = Callable[..., Explainer]


def test_a_number_that_is_seen_leaves_a_row_with_the_exact_value_and_time(stage: Stage):
    film = stage()
    text = film.number("layer1/weight", 2, 1, form=".2f")
    film.play(FadeIn(film.words(text)))
    (row,) = film.rows
    assert isinstance(text, Shown)
    assert row.value == film.trace["layer1/weight"].values[2, 1]
    assert type(row.value) is float
    assert (row.series, row.index, row.format, row.text) == ("layer1/weight", (2, 1), ".2f", text)
    assert (row.time_s, row.beat) == (15 / 5, "question")


def test_counts_and_names_are_numbers_too(stage: Stage):
    film = stage(language="ko")
    assert film.number("parameters/total", form="d") == "51"
    assert film.name("data/name") == "붓꽃"
    assert not film.rows


def test_what_was_read_and_never_seen_has_no_row(stage: Stage):
    film = stage()
    hidden = film.value("loss/value", form=".3f").set_opacity(0)
    film.value("parameters/total")
    film.add(hidden)
    film.hold(1.0)
    assert not film.rows
    film.play(hidden.animate.set_opacity(1))
    film.hold(1.0)
    assert [row.series for row in film.rows] == ["loss/value"]


def test_a_row_has_the_time_at_which_it_came_into_sight(stage: Stage):
    film = stage()
    loss = film.value("loss/value", form=".3f")
    film.hold(2.0)
    start_s = film.clip_time
    film.play(FadeIn(loss))
    film.play(FadeIn(loss.copy()), TransformFromCopy(loss, loss.copy()))
    assert [(row.series, row.time_s) for row in film.rows] == [("loss/value", start_s)]


def test_equal_digits_are_two_values_with_two_rows(stage: Stage):
    film = stage()
    film.add(film.value("widths", 0), film.math("x_{n}", n=film.position("widths", 4 % 3, first=1)))
    film.hold(0.4)
    assert [(row.series, row.index, row.text) for row in film.rows] == [
        ("widths", (0,), "4"),
        ("widths", (1,), "2"),
    ]


def test_captions_leave_rows_when_they_begin(stage: Stage):
    film = stage()
    film.captions = "none"
    film.say(thing=film.name("data/name"), count=film.number("widths", 0))
    assert [(row.series, row.time_s) for row in film.rows] == [
        (series, film.clip_time) for series in ("data/name", "widths")
    ]


def test_an_unknown_series_is_named(stage: Stage):
    with pytest.raises(InputError, match="parameters/total"):
        stage().number("parameters/totl")


def test_captions_refuse_digits_that_were_not_shown(stage: Stage):
    film = stage()
    with pytest.raises(CaptionError, match="thing"):
        film.say(thing="iris 2", count=film.number("widths", 0))
    film.say(kind=film.name("data/name"))


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


@pytest.mark.parametrize(
    "source",
    [
        "2 x",
        "x + 0.5",
        'num("0.5")',
        "a_1",
        "x_1 + y",
        "W^((2)) x",
        "x^2",
        'num("\U000f0000 0.5")',
        '"95 %"',
        "x = {v}",
    ],
)
def test_formulas_refuse_digits_that_were_not_shown(stage: Stage, source: str):
    with pytest.raises((CaptionError, KeyError, IndexError)):
        stage().math(source)


def test_formulas_refuse_a_field_that_was_not_shown(stage: Stage):
    film = stage()
    with pytest.raises(CaptionError):
        film.math("x = {v}", v="0.25")
    film.math("x = {v}", v=film.number("loss/value", form=".3f"))


@pytest.mark.parametrize("source", ["x_rule(1)", "rule(2) x^rule(2)", "w_(j i)", 'name("x1")_(name("1"))'])
def test_formulas_take_the_digits_of_rules_and_names(stage: Stage, source: str):
    stage().math(source)


def test_formulas_take_shown_numbers_in_indices(stage: Stage):
    film = stage()
    film.add(
        film.math(f"W^(({num(film.position('widths', 1))}))_({{i}})", i=film.number("widths", 0, form="d"))
    )
    film.hold(0.4)
    assert [(row.series, row.text, row.format) for row in film.rows] == [
        ("widths", "1", "place"),
        ("widths", "4", "d"),
    ]


@pytest.mark.parametrize("index", [(3,), (-1,), (0, 0)])
def test_a_position_lies_within_its_series(stage: Stage, index: tuple[int, ...]):
    with pytest.raises(IndexError, match="widths"):
        stage().position("widths", *index)


def test_no_scene_writes_a_value_into_a_rule():
    """rule(..) is for digits that belong to the rule itself; what a run says comes through number()."""
    found = [
        f"{path}:{node.lineno}"
        for path in Path("scenes").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and "rule({" in ast.unparse(node)
    ]
    assert not found
    makers = (
        "scenes/stage/provenance.py",
        "scenes/stage/explainer.py",
        "scenes/stage/captions.py",
        "scenes/stage/captioned.py",
    )
    made = [
        path.as_posix()
        for path in Path("scenes").rglob("*.py")
        if "Shown(" in path.read_text(encoding="utf-8")
    ]
    assert sorted(made) == sorted(makers)
