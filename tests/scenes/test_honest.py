"""What films say of runs that go otherwise: if these failed, a film would say what its run does not show."""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scenes.stage.provenance import read_number
from tests.scenes.watching import play, recorded

FLAT = {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""}
LEAVING = {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.5}
SADDLE, FAST = {"surface": "saddle"}, {"lr": 1.2, "momentum": 0.97}
OTHER_RATE = {"rates": {"momentum": 0.5}, "momentum": 0.3}
ZEROS = {"initialisation": "zeros", "activations": "relu,tanh", "data": "iris", "steps": 5}
BRIEF = {"activations": "tanh,relu", "data": "iris", "depth": 2, "width": 5, "steps": 2}
UNDERFLOWN = {"depth": 50, "width": 1, "steps": 5}
NORMED = {"batch_norm": True, "data": "iris", "depth": 4, "width": 5, "steps": 20}
DIVERGING = {"initialisation": "normal", "learning_rate": 100, "activations": "relu,elu,gelu"}
LEARNED = {"kernel": "learned", "stride": 3, "padding": 2}
SPREAD = {"kernel": "1,2,0,-3;0.5,1,1,1;-2,0,4,1;7,0,0,1", "dilation": 2, "padding": 3, "bias": 2.5}
SHUT = {"forget_bias": 0, "input_bias": 0}
UNTRAINED = {"steps": 1, "learning_rate": 1e-6}
TOLD = {"sequence": "abab", "steps": 2, "hidden": 2, "long": 10}
GONE = {"hidden": 1, "steps": 1, "long": 400, "seed": 1}
UNLIKELY = {"net": True, "data": "digits", "widths": (16,), "learning_rate": 8.0, "epochs": 2, "sample": 70}
SMOOTH = {"net": True, "widths": (5, 5), "activation": "sigmoid"}
ALL_OFF = {"seed": 4, "widths": (2,), "sample": 60, "epochs": 30}
WRONG = {"learning_rate": 10.0, "epochs": 5, "sample": 60}
CALM = {"window": 3, "kernel": "sharpen", "digit": 56}
CUT = {"window": 3, "digit": 1341, "seed": 2}
CASES: list[tuple[str, dict[str, Any], str, str, tuple[str, ...]]] = [
    # scene, parameters, beat, what is said, and what must not be
    ("forward", {}, "network", "처음 봅니다", ("이미 보았습니다",)),
    ("forward", {"sample": 60}, "network", "이미 보았습니다", ("처음 봅니다",)),
    ("forward", {}, "activation", "2개는 z가 양수가 아니라", ("모두",)),
    ("forward", {"activation": "tanh"}, "activation", "같은 곡선", ("양수", "꺼")),
    ("forward", ALL_OFF, "activation", "모두 꺼집니다", ("양수라",)),
    ("forward", {"seed": 4, "widths": (2,)}, "activation", "모두 양수라", ("꺼",)),
    ("forward", {"seed": 4, "widths": (2,)}, "layer", "모든 유닛이 값을", ("꺼진",)),
    ("forward", {"widths": (1,), "sample": 0}, "activation", "출력 a는", ("양수라", "꺼")),
    ("forward", {"widths": (1,), "sample": 0}, "matrix", "z도 하나", ("한 번에",)),
    ("forward", {}, "answer", "맞았습니다. 시험용 30개", ("틀렸습니다",)),
    ("forward", WRONG, "answer", "틀렸습니다", ("맞았습니다",)),
    ("forward", WRONG, "loss", "p가 6.2×10⁻²²", ("p가 0",)),
    ("forward", {"data": "wine"}, "question", "3가지 가운데", ("평균",)),
    ("momentum", {}, "ravine", "몇 걸음이면 될까요", ()),
    ("momentum", {}, "sgd", "부호가 20번 바뀝니다", ()),
    ("momentum", {}, "smaller_rate", "지그재그는 사라집니다", ()),
    ("momentum", {}, "smaller_rate", "빨라야 88걸음", ()),
    ("momentum", {}, "momentum", "같은 학습률", ()),
    ("momentum", {}, "momentum", "상쇄되고", ()),
    ("momentum", {}, "family", "순위표는 아닙니다", ("최저점까지",)),
    ("momentum", {}, "recap", "24걸음이면 됩니다", ()),
    ("momentum", OTHER_RATE, "momentum", "학습률은 0.5인", ("같은 학습률",)),
    ("momentum", OTHER_RATE, "shallow_minimum", "모자라 함께 멈춥니다", ("넘습니다",)),
    ("momentum", SADDLE, "ravine", "어디까지 내려갈", ("×까지",)),
    ("momentum", SADDLE, "sgd", "부호는 바뀌지 않습니다", ("번 바뀝니다", "최저점까지")),
    ("momentum", SADDLE, "smaller_rate", "모두 도착하지 못합니다", ("사라집니다", "빨라야")),
    ("momentum", SADDLE, "race", "도착점이 없습니다", ("로그", "도착으로")),
    ("momentum", SADDLE, "recap", "하나도 도착하지 못합니다", ("빨라야", "걸음이면 됩니다")),
    ("momentum", {"surface": "himmelblau"}, "recap", "기억해도 32걸음", ("걸음이면 됩니다",)),
    ("momentum", FAST, "sgd", "발산합니다", ("최저점까지",)),
    ("momentum", FAST, "smaller_rate", "최저점까지 142걸음", ("그 대신",)),
    ("momentum", FAST, "race", "25걸음에 발산", ()),
    ("momentum", FLAT, "ravine", "등고선이 없습니다", ("줄여", "×")),
    ("momentum", FLAT, "smaller_rate", "다른 학습률도 마찬가지", ("빨라야",)),
    ("momentum", FLAT, "velocity", "제자리", ("실제 걸음",)),
    ("momentum", FLAT, "momentum", "쌓일 속도가 없습니다", ("상쇄",)),
    ("momentum", FLAT, "family", "아무도 움직이지 않습니다", ("저마다",)),
    ("momentum", FLAT, "recap", "누구도 움직이지 않습니다", ("빨라야",)),
    ("momentum", LEAVING, "sgd", "유한한 값이 없습니다", ("발산", "최저점까지")),
    ("vanishing", {}, "flat_loss", "왜 이렇게 갈릴까요", ()),
    ("vanishing", {}, "norms", "빠르게 작아집니다", ()),
    ("vanishing", {}, "answer", "그래서 손실이 줄지 않았습니다", ()),
    ("vanishing", BRIEF, "answer", "손실은 줄지 않았습니다", ("그래서",)),
    ("vanishing", UNDERFLOWN, "norms", "단정밀도로는 영", ("빠르게",)),
    ("vanishing", UNDERFLOWN, "product", "첫 층에 남지 않습니다", ("배입니다. ",)),
    ("vanishing", UNDERFLOWN, "flat_loss", "속에서는 무엇이", ("왜 이렇게", "손실 L은 줄어듭니다")),
    ("vanishing", ZEROS, "two_nets", "영입니다", ("같은 값에서",)),
    ("vanishing", ZEROS, "norms", "가중치가 영이라", ("작아집니다", "단정밀도")),
    ("convolution", {}, "stride", "그어진 15칸", ("없습니다",)),
    ("convolution", {}, "puzzle", "좌우로 바뀌는 곳입니다", ("없습니다",)),
    ("convolution", LEARNED, "stride", "칸은 없습니다", ("그어진",)),
    ("convolution", SPREAD, "stride", "그어진 48칸", ()),
    ("pooling", {}, "border", "넘은 값이 창을 바꿉니다", ("그대로입니다. 보폭",)),
    ("pooling", {}, "shift", "84%입니다", ()),
    ("pooling", {}, "place", "전역 50%", ()),
    ("pooling", CALM, "border", "최댓값이 그대로입니다", ("창을 바꿉니다",)),
    ("pooling", CUT, "border", "잘린 값 빼고", ("결과도 한 칸 옮겨집니다",)),
    ("rnn", {}, "question", "4개 중 3개만 맞습니다", ("알아도",)),
    ("rnn", {}, "recap", "망각 게이트가 열려 있어야", ("열어 두지 못합니다",)),
    ("rnn", {}, "recap", "l 다음은 l, 그리고 o입니다", ()),
    ("rnn", {}, "long", "평균 0.607배가 됩니다", ()),
    ("rnn", {}, "long", "게이트 편향을 이렇게 두면 0.983배", ()),
    ("rnn", SHUT, "long", "게이트 편향을 이렇게 두면 0.612배", ()),
    ("rnn", SHUT, "recap", "열어 두지 못합니다", ("열려 있어야",)),
    ("rnn", UNTRAINED, "recap", "지나온 입력의 정보를", ("그리고 o입니다",)),
    ("rnn", UNTRAINED, "steps", "다 배우지는 못해", ("모두 맞힙니다",)),
    ("rnn", TOLD, "question", "마지막 글자만 알아도 3개 중 3개", ("많아야",)),
    ("rnn", GONE, "long", "RNN의 첫 단계에서 기울기는 0입니다", ("배가 됩니다",)),
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
    ("vanishing", ZEROS, "product", "남는 것이 없습니다", ("실제는",)),
    ("vanishing", ZEROS, "answer", ": 첫 층은 움직이지 않았습니다", ("0 움직였습니다",)),
    ("vanishing", DIVERGING, "flat_loss", "단계에서 발산합니다", ("정확도",)),
    ("vanishing", DIVERGING, "norms", "앞쪽 층으로 갈수록 커집니다", ("작아집니다",)),
    ("vanishing", NORMED, "backward", "도함수 J도", ("f′을 곱합니다",)),
    ("vanishing", NORMED, "cures", "처음부터 들어", ("넣으면",)),
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


def test_the_answer_tells_how_many_it_got_right_and_of_how_many():
    """97 % would be 35 of 36: the film says both numbers, and the picture's are the caption's."""
    played = play("forward", "ko", "dark")
    trace = recorded("perceptron")
    said = next(one.text for one in played.spoken if one.beat == "answer" and "시험용" in one.text)
    assert f"{trace['data/test_count'].item()}개" in said
    assert f"{trace['training/test_correct'].item()}개" in said


def test_a_unit_never_shows_its_output_and_then_its_sum_again():
    """Once a unit has shown a, its z does not come back."""
    rows = [row for row in play("forward", "ko", "dark").rows if row.series in ("layer1/z", "layer1/a")]
    beats = {"neuron": "layer1/z", "matrix": "layer1/z", "layer": "layer1/a"}
    assert all(row.series == beats[row.beat] for row in rows if row.beat in beats)


def test_no_steps_are_counted_where_rates_differ():
    """Momentum's family runs at several rates: that is no ranking, and the frame has none."""
    rows = play("momentum", "ko", "dark").rows
    assert not [row for row in rows if row.beat == "family" and "reached" in row.series]
    rates = {row.series for row in rows if row.beat == "family" and row.series.endswith("/lr")}
    assert rates == {f"{name}/lr" for name in ("sgd", "momentum", "adagrad", "rmsprop", "adam")}


def test_a_picture_that_is_flat_has_no_edges(tmp_path: Path):
    """The puzzle and the filters say so instead of pointing at what is not there."""
    path = tmp_path / "flat.png"
    Image.new("L", (70, 66), 90).save(path)
    film = play("convolution", "ko", "light", image=str(path))
    said = {beat: [one.text for one in film.spoken if one.beat == beat] for beat in ("puzzle", "edges")}
    assert "없습니다" in said["puzzle"][0]
    assert "바뀌는 곳이 없어" in said["edges"][1]
    assert not [one for one in said["edges"] if "윤곽입니다" in one]


@pytest.mark.parametrize("given", [{}, SPREAD], ids=["plain", "spread"])
def test_the_letters_of_the_size_are_those_of_the_formula(given: dict[str, Any]):
    """What the table names is what the formula is filled with: f is the kernel's side, also where it is spread."""
    film = play("convolution", "ko", "light" if given else "dark", **given)
    rows = {
        row.series: row.text for row in film.rows if row.beat == "stride" and row.series.startswith("size/")
    }
    wanted = {"size/input", "size/kernel", "size/padding"} | ({"size/dilation"} if given else set())
    assert wanted <= set(rows)
    assert rows["size/kernel"] == ("4" if given else "3")


def test_what_training_is_worth_is_what_was_measured():
    film = play("convolution", "ko", "dark")
    said = " ".join(one.text for one in film.spoken if one.beat == "learned")
    shown = {row.series: row for row in film.rows if row.beat == "learned"}
    acc, frozen = (shown[f"learned/{one}_accuracy"] for one in ("test", "frozen"))
    assert acc.text in said
    assert f"{frozen.text}뿐" in said
    assert frozen.value < acc.value


def test_what_is_plotted_over_a_long_sequence_is_what_caption_and_table_say():
    """The factor a step is that between the ends of the line drawn; the gate beside it is its run's own."""
    film = play("rnn", "en")
    norms = {
        row.index: row.value
        for row in film.rows
        if row.beat == "long" and row.series == "long3/gradient_norm"
    }
    factor = next(row.value for row in film.rows if row.beat == "long" and row.series == "long3/per_step")
    trace = recorded("rnn")
    assert norms[0,] == trace["long3/gradient_norm"].values[0]
    assert factor**99 == pytest.approx(norms[0,] / trace["long3/gradient_norm"].values[-1])
    assert trace["long3/gradient_norm"].source == "‖∂(last loss)/∂c‖, untrained"


def test_slopes_alone_are_not_drawn_where_batch_norm_is_a_factor_too():
    """Their product says nothing of such a net: 1e-7 where 0.6 is measured."""
    film = play("vanishing", "ko", "light", **NORMED)
    assert "product" not in film.beats
    assert not [row for row in film.rows if "ideal" in row.series]


def test_what_a_caption_says_of_the_gradient_is_what_the_chart_shows():
    """By z, in caption, formula and chart alike; the size by W is nowhere."""
    rows = play("vanishing", "ko", "dark").rows
    assert {row.index for row in rows if row.beat == "backward" and row.series == "run1/delta_norm"} == {
        (0,),
        (10,),
    }
    assert not [row for row in rows if row.series.endswith("gradient_norm")]


@pytest.mark.parametrize("given", [{}, UNDERFLOWN, NORMED])
def test_a_loss_is_called_flat_where_it_is(given: dict[str, Any]):
    film, trace = (
        play("vanishing", "ko", "light" if given else "dark", **given),
        recorded("vanishing", **given),
    )
    cues = [one.text for one in film.spoken if one.beat == "flat_loss"][1:3]
    for cue, which in zip(cues, ("weakest", "strongest"), strict=True):
        losses = trace[f"run{trace[which].item()}/loss"].values
        assert ("거의 줄지 않습니다" in cue) == bool(losses[-1] > 0.9 * losses[0])
