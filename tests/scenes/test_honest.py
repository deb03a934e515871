"""What films say of runs that go otherwise: if these failed, a film would say what its run does not show."""

import re
from typing import Any

import pytest

from scenes.stage.provenance import read_number
from tests.scenes.watching import play

FLAT = {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""}
LEAVING = {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.5}
ZEROS = {"initialisation": "zeros", "activations": "relu,tanh", "data": "iris", "steps": 5}
DIVERGING = {"initialisation": "normal", "learning_rate": 100, "activations": "relu,elu,gelu"}
UNLIKELY = {"net": True, "data": "digits", "widths": (16,), "learning_rate": 8.0, "epochs": 2, "sample": 70}
SMOOTH = {"net": True, "widths": (5, 5), "activation": "sigmoid"}
CASES: list[tuple[str, dict[str, Any], str, str, tuple[str, ...]]] = [
    # scene, parameters, beat, what is said, and what must not be
    ("momentum", {}, "sgd", "20번 뒤집힙니다", ()),
    ("momentum", {}, "momentum", "지워지고", ()),
    ("momentum", {"surface": "saddle"}, "sgd", "뒤집히지 않습니다", ("번 뒤집힙니다", "최저점까지")),
    ("momentum", {"surface": "saddle"}, "race", "도착점이 없습니다", ("로그", "도착으로")),
    ("momentum", {"lr": 1.2, "momentum": 0.97}, "sgd", "발산합니다", ("최저점까지",)),
    ("momentum", {"lr": 1.2, "momentum": 0.97}, "race", "25걸음에 발산", ()),
    ("momentum", FLAT, "ravine", "등고선이 없습니다", ("줄여",)),
    ("momentum", FLAT, "velocity", "제자리", ("실제 걸음",)),
    ("momentum", FLAT, "momentum", "쌓일 속도가 없습니다", ("지워지고",)),
    ("momentum", FLAT, "family", "아무도 움직이지 않습니다", ("저마다",)),
    ("momentum", LEAVING, "sgd", "유한한 값이 없습니다", ("발산", "최저점까지")),
    ("vanishing", {}, "norms", "빠르게 작아집니다", ()),
    ("vanishing", {"depth": 50, "width": 1, "steps": 5}, "norms", "단정밀도로는 영", ("빠르게",)),
    ("vanishing", {"depth": 50, "width": 1, "steps": 5}, "backward", "첫 층 기울기는", ("만 닿습니다",)),
    ("vanishing", ZEROS, "two_nets", "영입니다", ("같은 값에서",)),
    ("vanishing", ZEROS, "norms", "가중치가 영이라", ("작아집니다", "단정밀도")),
    ("vanishing", ZEROS, "product", "비율을 잴 수 없습니다", ("실제는",)),
    ("vanishing", DIVERGING, "training", "단계에서 발산합니다", ("정확도",)),
    ("vanishing", DIVERGING, "norms", "크게 줄지 않습니다", ("빠르게",)),
    ("backward", {}, "update", "손실이 줄었습니다", ("늡니다", "그대로")),
    ("backward", {"net": False, "lr": 3.0}, "update", "손실이 늡니다", ("줄었습니다",)),
    (
        "backward",
        {"net": False, "at": {"x": 2, "w": 2.5, "y": 5}},
        "update",
        "그대로",
        ("반대쪽", "줄었습니다"),
    ),
    ("backward", {}, "delta_out", "같은 규칙으로", ()),
    ("backward", UNLIKELY, "delta_out", "미분한 값이 δ", ("같은 규칙으로",)),
    ("backward", SMOOTH, "delta_hidden", "은닉층의 δ", ("꺼진",)),
    ("backward", {}, "delta_hidden", "꺼진 유닛 2개", ()),
]


@pytest.mark.parametrize(
    ("slug", "given", "beat", "said", "unsaid"), CASES, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_film_says_what_its_run_shows(
    slug: str, given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]
):
    theme = "light" if given else "dark"  # as other tests play them
    cues = [" ".join(one.text.split()) for one in play(slug, "ko", theme, **given).spoken if one.beat == beat]
    assert any(said in cue for cue in cues), cues
    assert not [cue for cue in cues for words in unsaid if words in cue]


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
    assert {c: outer * one for c, one in inner.items()} == pytest.approx(delta, abs=2e-3)
    weights, delta = shown("paths", "net/layer2/weight"), shown("paths", "net/layer2/delta")
    (total,) = shown("paths", "net/layer1/upstream").values()
    assert len(weights) == 3
    assert sum(w * delta[c,] for (c, _), w in weights.items()) == pytest.approx(total, abs=2e-3)


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


def test_a_zero_norm_is_marked_as_zero():
    """Below a broken axis, by a number of the trace."""

    def zeros(**given: Any) -> list[Any]:
        rows = play("vanishing", "ko", "light" if given else "dark", **given).rows
        return [row for row in rows if row.beat == "norms" and row.value == 0]

    assert {row.text for row in zeros(depth=50, width=1, steps=5)} == {"0"}
    assert not zeros()
