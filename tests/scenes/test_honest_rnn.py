"""What `rnn` says of runs that go otherwise."""

from typing import Any

import pytest

from tests.scenes.honest import Case, says
from tests.scenes.watching import play, recorded

SHUT = {"forget_bias": 0, "input_bias": 0}
HALF = {"forget_bias": 2.2, "input_bias": -4}  # the gradient lasts, though the gate is not that near to 1
LET_IN = {"forget_bias": 4, "input_bias": 4}
UNTRAINED = {"steps": 1, "learning_rate": 1e-6}
TOLD = {"sequence": "abab", "steps": 2, "hidden": 2, "long": 10}
GONE = {"hidden": 1, "steps": 1, "long": 400, "seed": 1}
EVEN = {"sequence": "aba", "steps": 1, "long": 10}
CASES: list[Case] = [
    ({}, "question", "4개 중 3개까지입니다", ("알아도",)),
    ({}, "recap", "f가 1에 가까운 LSTM은 기울기를 100단계 보냅니다", ("못 전합니다",)),
    (HALF, "recap", "두 편향을 바꾸면 기울기가 100단계 앞에도 남습니다", ("가까운", "못 전합니다")),
    ({}, "recap", "‘l’ 두 개를 구별합니다", ()),
    ({}, "steps", "4개 중 4개를 맞힙니다", ()),
    ({}, "learning", "학습 전에는 4개 중 1개만 맞습니다", ()),
    ({}, "learning", "8번 갱신하면 모두 맞히고", ()),
    ({}, "back_in_time", "0.0611로 줄어듭니다", ()),
    ({}, "weights", "첫 몫은 0.0591, 마지막은 0.282입니다", ()),
    (EVEN, "weights", "셀마다 더하는 몫의 크기를 쟀습니다", ("마지막은",)),
    ({}, "lstm", "반복한 입력의 100번째, 학습 전의 LSTM입니다", ()),
    ({"long": 10}, "lstm", "반복한 입력의 10번째", ()),
    ({}, "lstm", "망각 게이트가 c의 0.558배를 남깁니다", ()),
    ({}, "lstm", "새 값의 0.522배를 더합니다", ()),
    ({}, "gates", "망각 게이트가 열려", ()),
    ({}, "gates", "망각 편향은 c를 남기려고 직접 정한 4입니다", ()),
    ({}, "gates", "입력 편향은 덜 쓰려고 직접 정한 −4입니다", ()),
    (LET_IN, "gates", "직접 정한 입력 편향은 4입니다", ("덜",)),
    (SHUT, "gates", "직접 정한 망각 편향은 0입니다", ("남기려고",)),
    ({}, "gates", "새 값은 2%만 들어와, c는 작지만 오래 남습니다", ()),
    (HALF, "gates", "입력 게이트는 닫혀 새 값의 2%만 들입니다", ("오래",)),
    (SHUT, "gates", "들입니다", ("열려", "닫혀")),
    (LET_IN, "gates", "열려", ("닫혀",)),
    ({}, "long", "단계당 RNN은 0.607배, LSTM은 0.626배입니다", ()),
    ({}, "long", "RNN의 기울기는 100단계 앞에서 거의 소실됩니다", ("재 봅니다",)),
    ({}, "long", "앞에서 읽은 것은 거의 배우지 못합니다", ()),
    ({"long": 10}, "long", "10단계를 거슬러 가는 기울기를 재 봅니다", ("소실", "못합니다")),
    ({}, "long", "편향이 4, −4인 LSTM은 0.983배", ()),
    (SHUT, "long", "편향이 0, 0인 LSTM은 0.612배", ()),
    (SHUT, "recap", "100단계 뒤까지 못 전합니다", ("바꾸면", "가까운")),
    (UNTRAINED, "recap", "지나온 입력의 정보를", ("구별합니다",)),
    (UNTRAINED, "steps", "4개 중 1개를 맞힙니다", ()),
    (UNTRAINED, "learning", "1번 갱신하면 1개가 맞고", ("모두 맞히고",)),
    (TOLD, "question", "마지막 글자만 알아도 3개 중 3개", ("까지",)),
    (GONE, "long", "RNN은 첫 단계에 0,", ("배가 됩니다",)),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("rnn", given, beat, said, unsaid)


def test_what_is_plotted_over_a_long_sequence_is_what_caption_and_table_say():
    """The factor a step is that between the ends of the line drawn, and the lines are of h and c, untrained."""
    film = play("rnn", "en")
    trace = recorded("rnn")
    shown = {row.series: row.value for row in film.rows if row.beat == "long"}
    for run, state in ((1, "h"), (2, "c"), (3, "c")):
        norms = trace[f"long{run}/gradient_norm"]
        assert shown[f"long{run}/per_step"] ** 99 == pytest.approx(norms.values[0] / norms.values[-1])
        assert norms.source == f"‖∂(last loss)/∂{state}‖, untrained"


def test_the_drawn_cell_says_whose_numbers_it_shows():
    """First the LSTM as torch starts it, then the one with other biases: unit, step and biases stand beside it."""
    film = play("rnn", "en")
    for beat, run in (("lstm", 2), ("gates", 3)):
        rows = [row for row in film.rows if row.beat == beat]
        runs = {row.series.split("/")[0] for row in rows if row.series.startswith("long") and row.index}
        assert runs == {f"long{run}"}
        assert {row.index for row in rows if "/last/" in row.series} == {
            (recorded("rnn")["long/unit"].values.item(),)
        }
        stood = " ".join(text.source for text in film.texts[beat])
        assert "untrained, step 100, unit 4" in stood.replace("\\", "")
        assert "b_f" in stood
