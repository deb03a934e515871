"""What `vanishing` says of runs that go otherwise."""

import math
from typing import Any

import pytest

from scenes.stage.provenance import format_value, read_number
from tests.scenes.honest import Case, says
from tests.scenes.watching import play, recorded

SMOOTH = {"activations": "sigmoid,tanh", "data": "iris", "depth": 3, "width": 5, "steps": 5}
ZEROS = {"initialisation": "zeros", "activations": "relu,tanh", "data": "iris", "steps": 5}
BRIEF = {"activations": "tanh,relu", "data": "iris", "depth": 2, "width": 5, "steps": 2}
UNDERFLOWN = {"depth": 50, "width": 1, "steps": 5}
NORMED = {"batch_norm": True, "data": "iris", "depth": 4, "width": 5, "steps": 20}
DIVERGING = {"initialisation": "normal", "learning_rate": 100, "activations": "relu,elu,gelu"}
CASES: list[Case] = [
    ({}, "flat_loss", "왜 이렇게 갈릴까요", ()),
    ({}, "norms", "앞쪽 층으로 가며 소실됩니다", ()),
    ({}, "slope", "51%의 미분값이 1입니다", ()),
    ({}, "backward", "0.0703에서 6.2×10⁻⁸로 줄어듭니다", ("늘어납니다",)),
    ({}, "cures", "W가 큰 He 초기화를 써도 정확도는 39% 그대로입니다", ()),
    ({}, "cures", "He까지 쓰면 1.022배, 정확도는 94% 그대로입니다", ()),
    ({}, "cures", "σ로 나눠 기울기가 5배쯤 됩니다", ()),
    ({}, "product", "W는 둘 다 거의 그대로 전해", ()),
    (UNDERFLOWN, "product", "처음 W가 같아도", ("그대로 전해",)),
    ({}, "cures", "정규화 없이 ReLU만 쓰면", ()),
    (NORMED, "cures", "활성화만", ("정규화 없이",)),
    ({}, "alike", "시그모이드의 마지막 층은 왜 못 배울까요", ()),
    ({}, "alike", "출력층의 답도 거의 같습니다", ("무엇을 받을까요",)),
    ({}, "alike", "차이가 훨씬 더 남습니다", ()),
    ({}, "flat_loss", "테스트 정확도는 39%와 94%입니다", ()),
    ({}, "flat_loss", "늘 가장 흔한 종류로 답하면 39%를 맞힙니다", ()),
    ({}, "answer", "점선 아래로 못 내려갑니다", ()),
    ({}, "answer", "W의 평균 크기는 0.187, 변화는 6×10⁻⁷입니다", ()),
    ({}, "answer", "1층도 배워 L이 줄어듭니다", ()),
    ({}, "answer", "한 배에 가까울수록 남습니다", ("클수록",)),
    (DIVERGING, "answer", "클수록 더 많이 남습니다", ("한 배에 가까울수록",)),
    (SMOOTH, "slope", "실제로 나온 z입니다", ("%의",)),
    (BRIEF, "alike", "무엇을 받을까요", ("거의 같습니다", "왜 못 배울까요")),
    (BRIEF, "answer", "손실은 거의 줄지 않았습니다", ("점선에 머뭅니다", "점선 아래로")),
    (UNDERFLOWN, "norms", "단정밀도로는 영", ("소실됩니다",)),
    (UNDERFLOWN, "product", "단정밀도에서 시그모이드의 첫 층 기울기는 0입니다", ()),
    (UNDERFLOWN, "answer", "거의 줄지 않았습니다", ("점선에 머뭅니다",)),
    (UNDERFLOWN, "flat_loss", "속에서는 무엇이", ("왜 이렇게", "손실 L은 줄어듭니다")),
    (ZEROS, "two_nets", "영입니다", ("같은 값에서",)),
    (ZEROS, "norms", "가중치가 영이라", ("소실됩니다", "단정밀도")),
    (ZEROS, "product", "첫 층까지 남는 기울기는 0입니다", ("단정밀도",)),
    (ZEROS, "answer", "1층 W가 변하지 않아", ("0만 변해",)),
    (DIVERGING, "flat_loss", "단계에서 발산합니다", ("정확도",)),
    (DIVERGING, "alike", "이만큼 남습니다", ("거의 같습니다", "훨씬 더")),
    (DIVERGING, "backward", "늘어납니다", ()),
    (DIVERGING, "norms", "앞쪽 층으로 갈수록 커집니다", ("소실됩니다",)),
    (NORMED, "backward", "도함수 J도", ("f′을 곱합니다",)),
    (NORMED, "cures", "처음부터 들어", ("층당 평균",)),
    (NORMED, "cures", "표준편차 σ로 나눕니다", ()),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("vanishing", given, beat, said, unsaid)


def test_a_zero_norm_is_marked_as_zero():
    """Below a broken axis, by a number of the trace."""

    def zeros(**given: Any) -> list[Any]:
        rows = play("vanishing", "ko", "light" if given else "dark", **given).rows
        return [row for row in rows if row.beat == "norms" and row.value == 0]

    assert {row.text for row in zeros(depth=50, width=1, steps=5)} == {"0"}
    assert not zeros()


def test_slopes_alone_are_not_drawn_where_batch_norm_is_a_factor_too():
    """Their product says nothing of such a net: 1e-7 where 0.6 is measured."""
    film = play("vanishing", "ko", "light", **NORMED)
    assert "product" not in film.beats
    assert not [row for row in film.rows if "ideal" in row.series]


def test_what_a_caption_says_of_the_gradient_is_what_the_chart_shows():
    """By z, in caption, formula and chart alike; the size by W is nowhere."""
    rows = play("vanishing", "ko", "dark").rows
    first, here, following, last = (0,), (4,), (5,), (10,)  # the ends, and the step into one layer
    shown = {row.index for row in rows if row.beat == "backward" and row.series == "run1/delta_norm"}
    assert shown == {first, here, following, last}
    assert not [row for row in rows if row.series.endswith("gradient_norm")]


def test_factors_multiply_up_to_what_is_shown():
    """In the digits on screen: RMS of f′ × W (× 1/σ, for batch norm alone) ≈ the factor of a layer."""
    rows = [row for row in play("vanishing", "ko", "dark").rows if row.beat in ("product", "cures")]
    for run in range(1, 6):
        both = next(row.text for row in rows if row.series == f"run{run}/factor")
        for beat in ("product", "cures") if run < 3 else ("cures",):
            shown = {row.series: row.text for row in rows if row.beat == beat}
            factors = [
                float(shown[f"run{run}/{key}"]) for key in ("slope_rms", "rest", *["stretch"] * (run == 4))
            ]
            assert f"{math.prod(factors):.3f}" == both
            assert run == 4 or f"run{run}/stretch" not in shown


@pytest.mark.parametrize("given", [{}, {"seed": 3}, {"depth": 4, "steps": 20}])
def test_a_power_is_what_the_shown_factor_makes(given: dict[str, Any]):
    """In as many digits as are shown, or there are two of them."""
    film, trace = play("vanishing", "ko", "dark", **given), recorded("vanishing", **given)
    depth, rows = trace["depth"].item(), [row for row in film.rows if row.beat == "answer"]
    for run in {trace[one].item() for one in ("weakest", "strongest", "cured")}:
        shown = {row.series: row for row in rows}
        power = read_number(shown[f"run{run}/factor"].text) ** depth
        ratio = shown[f"run{run}/ratio"]
        assert ratio.text == format_value(power, ratio.format) or ratio.format == "digits:2"


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
