"""What `forward` says of runs that go otherwise."""

from typing import Any

import pytest

from tests.scenes.honest import Case, says
from tests.scenes.watching import play, recorded

ALL_OFF = {"seed": 4, "widths": (2,), "sample": 60, "epochs": 30}
WRONG = {"learning_rate": 10.0, "epochs": 5, "sample": 60}
CASES: list[Case] = [
    ({}, "network", "처음 봅니다", ("이미 보았습니다",)),
    ({"sample": 60}, "network", "이미 보았습니다", ("처음 봅니다",)),
    ({}, "activation", "2개는 z가 음수라 a가 0이 됩니다", ("모두",)),
    ({"activation": "tanh"}, "activation", "같은 곡선", ("양수", "0이 됩")),
    (ALL_OFF, "activation", "모두 0이 됩니다", ("양수라",)),
    ({"seed": 4, "widths": (2,)}, "activation", "모두 양수라", ("0이 됩",)),
    ({"seed": 4, "widths": (2,)}, "layer", "모든 유닛이 값을", ("기여하지",)),
    ({}, "layer", "버시컬러의 행을", ("모든 유닛이", "세토사의")),
    ({"widths": (1,), "sample": 0}, "activation", "출력 a는", ("양수라", "꺼")),
    ({"widths": (1,), "sample": 0}, "matrix", "z도 하나", ("식 Wx",)),
    ({}, "answer", "맞았습니다. 정답 y도", ("틀렸습니다",)),
    ({}, "recap", "테스트 표본 30개 중 29개", ("손실",)),
    (WRONG, "answer", "틀렸습니다", ("맞았습니다",)),
    ({}, "training", "이 평균을 0.112까지 줄인", ("줄어야",)),
    (WRONG, "training", "줄어야 할 평균이 여기서는 학습 후에 2.153", ("줄인",)),
    ({"epochs": 1, "learning_rate": 1e-300}, "training", "줄어야 할 평균이", ("줄인",)),
    (WRONG, "loss", "p가 6.2×10⁻²²", ("p가 0이", "p가 0.0")),
    (WRONG, "loss", "만약 p가 0.9라면 L은 0.105", ("0.25",)),
    ({}, "loss", "그때 p는 0.250, L은 1.386", ("만약",)),
    ({}, "loss", "버지니카 쪽이 정답이었다면", ("만약",)),
    ({"data": "wine"}, "loss", "만약 p가 0.25라면 L은 1.386", ("쪽이", "0.9라면")),
    ({"data": "wine"}, "question", "3가지 가운데", ("평균",)),
    ({"data": "digits", "sample": 0, "epochs": 30}, "question", "같은 축척", ("가지 가운데",)),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("forward", given, beat, said, unsaid)


def test_the_answer_tells_how_many_it_got_right_and_of_how_many():
    """97 % would be 35 of 36: the film says both numbers, and the picture's are the caption's."""
    played = play("forward", "ko", "dark")
    trace = recorded("perceptron")
    said = next(one.text for one in played.spoken if one.beat == "recap" and "테스트" in one.text)
    assert f"{trace['data/test_count'].item()}개" in said
    assert f"{trace['training/test_correct'].item()}개" in said


def test_a_unit_never_shows_its_output_and_then_its_sum_again():
    """Once a unit has shown a, its z does not come back."""
    rows = [row for row in play("forward", "ko", "dark").rows if row.series in ("layer1/z", "layer1/a")]
    beats = {"neuron": "layer1/z", "matrix": "layer1/z", "layer": "layer1/a"}
    assert all(row.series == beats[row.beat] for row in rows if row.beat in beats)
