"""What `rnn` says of runs that go otherwise."""

from typing import Any

import pytest

from tests.scenes.honest import Case, says
from tests.scenes.watching import play, recorded

SHUT = {"forget_bias": 0, "input_bias": 0}
UNTRAINED = {"steps": 1, "learning_rate": 1e-6}
TOLD = {"sequence": "abab", "steps": 2, "hidden": 2, "long": 10}
GONE = {"hidden": 1, "steps": 1, "long": 400, "seed": 1}
CASES: list[Case] = [
    ({}, "question", "많아야 4개 중 3개를 맞힙니다", ("알아도",)),
    ({}, "recap", "망각 게이트가 열려 있어야", ("전하지 못합니다",)),
    ({}, "recap", "첫 ‘l’ 뒤는 ‘l’, 둘째는 ‘o’입니다", ()),
    ({}, "steps", "4개 중 4개를 맞힙니다", ()),
    ({}, "learning", "학습 전에는 1개만 맞습니다", ()),
    ({}, "learning", "8번 만에 모두 맞습니다", ()),
    ({}, "back_in_time", "0.0611로 줄어듭니다", ()),
    ({}, "lstm", "c의 0.558배에 새 값의 0.522배를 더합니다", ()),
    ({}, "gates", "대가로 새 값은 2%만", ()),
    (SHUT, "gates", "셀 상태에 더해집니다", ("대가로",)),
    ({}, "long", "평균 0.607배가 됩니다", ()),
    ({}, "long", "LSTM은 0.626배이고, c만으로 0.617배입니다", ()),
    ({}, "long", "두 편향을 바꾼 LSTM에서는 0.983배", ()),
    (SHUT, "long", "두 편향을 바꾼 LSTM에서는 0.612배", ()),
    (SHUT, "recap", "멀리까지 전하지 못합니다", ("열려 있어야",)),
    (UNTRAINED, "recap", "지나온 입력의 정보를", ("둘째는",)),
    (UNTRAINED, "steps", "4개 중 1개를 맞힙니다", ()),
    (UNTRAINED, "learning", "1번 갱신하면 1개가 맞고", ("모두 맞습니다",)),
    (TOLD, "question", "마지막 글자만 알아도 3개 중 3개", ("많아야",)),
    (GONE, "long", "RNN의 첫 단계에서 기울기는 0입니다", ("배가 됩니다",)),
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
    assert shown["long2/along_c"] == trace["long2/along_c"].values


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
