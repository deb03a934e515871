"""What `backward` says of runs that go otherwise."""

import re
from typing import Any

import pytest

from scenes.stage.provenance import read_number
from tests.scenes.honest import Case, says
from tests.scenes.watching import play

UNLIKELY = {"net": True, "data": "digits", "widths": (16,), "learning_rate": 8.0, "epochs": 2, "sample": 70}
SMOOTH = {"net": True, "widths": (5, 5), "activation": "sigmoid"}
CASES: list[Case] = [
    ({}, "update", "손실이 줄었습니다", ("늡니다", "그대로")),
    ({"net": False, "lr": 3.0}, "update", "손실이 늡니다", ("줄었습니다",)),
    (
        {"net": False, "at": {"x": 2, "w": 2.5, "y": 5}},
        "update",
        "그대로",
        ("반대쪽", "줄었습니다"),
    ),
    ({}, "delta_out", "−log부터 거꾸로", ("한 단계씩",)),
    (UNLIKELY, "delta_out", "미분한 값이", ("약분",)),
    (SMOOTH, "delta_hidden", "은닉층의 δ", ("ReLU",)),
    ({}, "delta_hidden", "출력이 0인 유닛 2개", ()),
    ({}, "chain", "기울기가 양수", ("음수", "기울기가 영", "torch")),
    ({"net": False, "at": {"x": 1, "y": 2, "w": 1}}, "chain", "기울기가 음수", ("양수",)),
    (
        {"net": False, "at": {"x": 2, "w": 2.5, "y": 5}},
        "chain",
        "거의 같습니다",
        ("양수", "음수"),
    ),
    ({}, "step", "35개가 바뀝니다", ("모두",)),
    ({}, "step", "16개는 기울기가 0", ()),
    (SMOOTH, "step", "모두", ("기울기가 0",)),
    ({}, "check", "순전파 102번", ()),
    (SMOOTH, "first_layer", "모든 입력", ("0인",)),
    ({}, "first_layer", "행 전체가 0", ()),
    ({}, "first_layer", "기울기 51개", ()),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("backward", given, beat, said, unsaid)


def shown(beat: str, series: str) -> dict[tuple[int, ...], float]:
    """The numbers of a series that stand in a beat of backward, as they are read there, but for those in units."""
    rows = play("backward", "en", "light").rows
    found = [row for row in rows if (row.beat, row.series) == (beat, series) and row.format != ".2f"]
    return {row.index: read_number(row.text) for row in found}


def test_the_factors_that_are_shown_multiply_to_what_is_shown():
    """On the way from the loss through softmax, and over the paths of one hidden unit."""
    (outer,) = shown("delta_out", "net/loss/slope").values()
    inner, delta = shown("delta_out", "net/softmax/slope"), shown("delta_out", "net/layer2/delta")
    assert inner
    assert {c: round(outer * one, 3) for c, one in inner.items()} == delta
    p, y = shown("delta_out", "net/layer2/a"), shown("delta_out", "net/loss/target")
    true = next(c for c, one in y.items() if one)
    assert round(p[true] * (1 - p[true]), 4) == inner[true]
    assert {c: round(p[c] - y[c], 3) for c in p} == delta
    weights, delta = shown("paths", "net/layer2/weight"), shown("paths", "net/layer2/delta")
    (total,) = shown("paths", "net/layer1/upstream").values()
    assert len(weights) == 3
    assert round(sum(w * delta[c,] for (c, _), w in weights.items()), 3) == total


def test_every_row_and_every_cell_can_be_worked_out_by_hand():
    """Wᵀδ, row by row, and the outer products of both layers, from the digits that stand there."""
    weights, delta = shown("delta_hidden", "net/layer2/weight"), shown("delta_hidden", "net/layer2/delta")
    made = shown("delta_hidden", "net/layer1/upstream")
    assert len(made) == 6
    for (unit,), total in made.items():
        assert round(sum(weights[c, unit] * one for (c,), one in delta.items()), 3) == total
    for beat, layer, fed in (("weight_gradient", 2, "layer2"), ("first_layer", 1, "layer1")):
        left, above = (shown(beat, f"net/{one}") for one in (f"layer{layer}/delta", f"{fed}/input"))
        cells, biases = (shown(beat, f"net/layer{layer}/{one}_grad") for one in ("weight", "bias"))
        assert len(cells) == len(left) * len(above)
        for (unit, source), product in cells.items():
            assert round(left[unit,] * above[source,], 3) == product
        assert left == pytest.approx(biases, abs=5.001e-4)


def test_the_difference_that_is_shown_is_the_one_that_ran():
    film = play("backward", "en", "light")
    losses, (epsilon,) = shown("check", "net/check/loss"), shown("check", "net/check/epsilon").values()
    slopes = [one for one in film.rows if one.beat == "check" and one.series == "net/layer2/weight_fd"]
    (found,) = (read_number(one.text) for one in slopes if one.format == ".4f")
    assert (
        shown("check", "net/layer1/weight_fd").keys()
        == shown("check", "net/layer1/weight_grad").keys()
        != set()
    )
    assert round((losses[2,] - losses[0,]) / (2 * epsilon), 4) == found


def test_the_chain_and_the_notes_example_are_written_out():
    """The factors of the default run, and those of the notes, 004 section 5.3."""
    for at, factors, gradient, after in (
        ({"x": 2, "y": 5, "w": 4}, ["6", "1", "2"], "12", "7.6176"),
        ({"x": 1, "y": 2, "w": 1}, ["−2", "1", "1"], "−2", "0.9604"),
    ):
        film = play("backward", "en", "dark", net=False, at=at)
        (formula,) = [one.source for one in film.texts["chain"] if "dot" in one.source]
        numbers = re.findall(r"#num\[([^\]]+)\]", formula)
        assert [one.replace("\\", "") for one in numbers] == [*factors, gradient]
        assert [row.text for row in film.rows if row.series == "graph/loss_after"] == [after]
