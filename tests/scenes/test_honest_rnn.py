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
    ({}, "question", "4개 중 3개만 맞습니다", ("알아도",)),
    ({}, "recap", "망각 게이트가 열려 있어야", ("열어 두지 못합니다",)),
    ({}, "recap", "l 다음은 l, 그리고 o입니다", ()),
    ({}, "long", "평균 0.607배가 됩니다", ()),
    ({}, "long", "게이트 편향을 이렇게 두면 0.983배", ()),
    (SHUT, "long", "게이트 편향을 이렇게 두면 0.612배", ()),
    (SHUT, "recap", "열어 두지 못합니다", ("열려 있어야",)),
    (UNTRAINED, "recap", "지나온 입력의 정보를", ("그리고 o입니다",)),
    (UNTRAINED, "steps", "다 배우지는 못해", ("모두 맞힙니다",)),
    (TOLD, "question", "마지막 글자만 알아도 3개 중 3개", ("많아야",)),
    (GONE, "long", "RNN의 첫 단계에서 기울기는 0입니다", ("배가 됩니다",)),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("rnn", given, beat, said, unsaid)


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
