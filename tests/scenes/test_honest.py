"""What films say of runs that go otherwise: if these failed, a film would say what its run does not show."""

from typing import Any

import pytest

from tests.scenes.watching import play, recorded

FLAT = {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""}
LEAVING = {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.5}
ZEROS = {"initialisation": "zeros", "activations": "relu,tanh", "data": "iris", "steps": 5}
DIVERGING = {"initialisation": "normal", "learning_rate": 100, "activations": "relu,elu,gelu"}
ALL_OFF = {"seed": 4, "widths": (2,), "sample": 60, "epochs": 30}
UNLIKELY = {"learning_rate": 10.0, "epochs": 5, "sample": 60}
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
    ("forward", UNLIKELY, "answer", "틀렸습니다", ("맞았습니다",)),
    ("forward", UNLIKELY, "loss", "p가 6.2×10⁻²²", ("p가 0",)),
    ("forward", {"data": "wine"}, "question", "3가지 가운데", ("평균",)),
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
