"""What `momentum` says of runs that go otherwise."""

from typing import Any

import pytest

from tests.scenes.honest import Case, says
from tests.scenes.watching import play

FLAT = {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""}
LEAVING = {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.5}
SADDLE, FAST = {"surface": "saddle"}, {"lr": 1.2, "momentum": 0.97}
OTHER_RATE = {"rates": {"momentum": 0.5}, "momentum": 0.3}
CASES: list[Case] = [
    ({}, "ravine", "몇 걸음이면 될까요", ()),
    ({}, "sgd", "부호가 20번 바뀝니다", ()),
    ({}, "smaller_rate", "지그재그는 사라집니다", ()),
    ({}, "smaller_rate", "빨라야 88걸음", ()),
    ({}, "momentum", "같은 학습률", ()),
    ({}, "momentum", "상쇄되고", ()),
    ({}, "family", "순위표는 아닙니다", ("최저점까지",)),
    ({}, "recap", "24걸음이면 됩니다", ()),
    (OTHER_RATE, "momentum", "학습률은 0.5인", ("같은 학습률",)),
    (OTHER_RATE, "shallow_minimum", "모자라 함께 멈춥니다", ("넘습니다",)),
    (SADDLE, "ravine", "어디까지 내려갈", ("×까지",)),
    (SADDLE, "sgd", "부호는 바뀌지 않습니다", ("번 바뀝니다", "최저점까지")),
    (SADDLE, "smaller_rate", "모두 도착하지 못합니다", ("사라집니다", "빨라야")),
    (SADDLE, "race", "도착점이 없습니다", ("로그", "도착으로")),
    (SADDLE, "recap", "하나도 도착하지 못합니다", ("빨라야", "걸음이면 됩니다")),
    ({"surface": "himmelblau"}, "recap", "기억해도 32걸음", ("걸음이면 됩니다",)),
    (FAST, "sgd", "발산합니다", ("최저점까지",)),
    (FAST, "smaller_rate", "최저점까지 142걸음", ("그 대신",)),
    (FAST, "race", "25걸음에 발산", ()),
    (FLAT, "ravine", "등고선이 없습니다", ("줄여", "×")),
    (FLAT, "smaller_rate", "다른 학습률도 마찬가지", ("빨라야",)),
    (FLAT, "velocity", "제자리", ("실제 걸음",)),
    (FLAT, "momentum", "쌓일 속도가 없습니다", ("상쇄",)),
    (FLAT, "family", "아무도 움직이지 않습니다", ("저마다",)),
    (FLAT, "recap", "누구도 움직이지 않습니다", ("빨라야",)),
    (LEAVING, "sgd", "유한한 값이 없습니다", ("발산", "최저점까지")),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("momentum", given, beat, said, unsaid)


def test_no_steps_are_counted_where_rates_differ():
    """Momentum's family runs at several rates: that is no ranking, and the frame has none."""
    rows = play("momentum", "ko", "dark").rows
    assert not [row for row in rows if row.beat == "family" and "reached" in row.series]
    rates = {row.series for row in rows if row.beat == "family" and row.series.endswith("/lr")}
    assert rates == {f"{name}/lr" for name in ("sgd", "momentum", "adagrad", "rmsprop", "adam")}
