"""What `momentum` says of runs that go otherwise."""

from typing import Any

import pytest

from scenes.momentum import CARD, METHODS
from tests.scenes.honest import Case, says
from tests.scenes.watching import play

FLAT = {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""}
LEAVING = {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.5}
SADDLE, FAST = {"surface": "saddle"}, {"lr": 1.2, "momentum": 0.97}
OTHER_RATE = {"rates": {"momentum": 0.5}, "momentum": 0.3}
UNEVEN = {"others": "adagrad", "formula": "x**2 + 0*y", "start": {"x": 1, "y": 1}}
CASES: list[Case] = [
    ({}, "ravine", "몇 걸음이면 될까요", ()),
    ({}, "ravine", "0.001 아래에 머무르면 도착", ("최저점과의",)),
    ({}, "sgd", "y쪽 기울기의 부호가 걸음마다 바뀝니다", ("20번", "20걸음")),
    ({}, "smaller_rate", "지그재그는 사라집니다", ()),
    ({}, "smaller_rate", "η 중 0.96에서 88걸음으로 가장 빠릅니다", ()),
    ({}, "smaller_rate", "곡률이 큰 y쪽 걸음은 η ≥ 1이면 줄지 않습니다", ()),
    ({}, "smaller_rate", "x쪽은 50배 덜 휘어", ()),
    ({"surface": "himmelblau"}, "smaller_rate", "에서", ("휘어", "곡률")),
    (SADDLE, "smaller_rate", "줄여 봅니다", ("휘어",)),
    ({}, "momentum", "같은 학습률", ()),
    ({}, "velocity", "x쪽에서는 서로 더해지고 y쪽에서는 일부 상쇄됩니다", ()),
    ({}, "momentum", "6번째 걸음 x축: 두 몫을 합치면 0.55입니다", ()),
    ({}, "momentum", "6번째 걸음 y축: 두 몫이 반대라 일부 상쇄됩니다", ()),
    ({}, "momentum", "일부 상쇄됩니다", ()),
    ({}, "beta", "그 2.86배까지", ()),
    ({}, "beta", "시험한 β 중 0.65, 0.7에서 24걸음뿐", ()),
    ({}, "beta", "흔한 β = 0.9, 여기서는 ×를 지나쳐 83걸음", ()),
    ({}, "shallow_minimum", "0.6이면 못 넘습니다", ()),
    ({}, "adagrad", "η = 1입니다", ("최저점까지",)),
    ({}, "rmsprop", "y축 배율이 0.310까지 커집니다", ("작아질 수", "작아집니다")),
    ({"others": "rmsprop"}, "rmsprop", "작아집니다", ("작아질 수", "배율", "Adagrad와")),
    ({}, "rmsprop", "점선 Adagrad와 여기서는 거의 같은 길", ()),
    ({"surface": "rosenbrock"}, "rmsprop", "부호가 한 번 바뀝니다", ("Adagrad와", "느려질")),
    ({"alpha": 0.0}, "rmsprop", "102번 바뀝니다", ("Adagrad와",)),
    (SADDLE, "rmsprop", "작아질 수 있습니다", ("배율",)),
    ({}, "adam", "키웁니다", ()),
    ({}, "adam", "y축 첫 보폭은 η = 0.5입니다", ("축마다",)),
    (UNEVEN | {"others": "adam"}, "adam", "x축 첫 보폭은 η = 0.1입니다", ("축마다",)),
    ({}, "adam", "×를 지나쳤다가 돌아옵니다", ()),
    ({"surface": "rosenbrock"}, "adam", "번 바뀝니다", ("지나쳤다가", "지그재그")),
    ({"formula": "1e-9*(x**2 + y**2)", "start": {"x": 1, "y": 1}}, "adam", "이 둘로", ("첫 보폭은",)),
    ({}, "adagrad", "축별 조절이 잘 맞습니다", ()),
    ({"lr": 0.3}, "adagrad", "y쪽 기울기의 부호가 그대로라", ("나란해", "사라집니다")),
    ({"surface": "rosenbrock"}, "adagrad", "13번 바뀝니다", ("지그재그",)),
    ({"start": {"x": -7, "y": 0}}, "smaller_rate", "줄여 봅니다", ("곡률",)),
    ({}, "recap", "잘 골라도 88걸음", ()),
    ({}, "recap", "24걸음이면 됩니다", ()),
    ({}, "recap", "순위는 매기지 않습니다", ()),
    ({"others": "nesterov"}, "recap", "24걸음이면 됩니다", ("축마다",)),
    ({}, "velocity", "직전 걸음의 0.65배를 더하면", ()),
    (OTHER_RATE, "momentum", "학습률은 0.5인", ("같은 학습률",)),
    (OTHER_RATE, "shallow_minimum", "모자라 함께 멈춥니다", ("넘습니다",)),
    (SADDLE, "ravine", "어디까지 내려갈", ("×까지",)),
    (SADDLE, "ravine", "도착점이 없습니다", ("도착으로",)),
    (SADDLE, "sgd", "부호는 바뀌지 않습니다", ("번 바뀝니다", "최저점까지")),
    (SADDLE, "smaller_rate", "모두 도착하지 못합니다", ("사라집니다", "빨라도")),
    (SADDLE, "beta", "모두 도착하지 못합니다", ("지나쳐", "빨라도")),
    (SADDLE, "recap", "모두 도착하지 못합니다", ("빨라야", "걸음이면 됩니다")),
    ({"surface": "himmelblau"}, "recap", "이어받아도 32걸음", ("걸음이면 됩니다",)),
    ({"momentum": 0.92, "others": ""}, "beta", "여기서 β = 0.95면", ("흔한",)),
    (FAST, "sgd", "발산합니다", ("최저점에",)),
    (FAST, "smaller_rate", "도착하기까지 142걸음", ("그 대신",)),
    (FAST, "recap", "모멘텀의 결과는", ("이어받",)),
    (FLAT, "ravine", "등고선이 없습니다", ("줄여", "×")),
    (FLAT, "smaller_rate", "다른 학습률도 마찬가지", ("빨라도",)),
    (FLAT, "velocity", "제자리", ("실제 걸음",)),
    (FLAT, "momentum", "쌓일 속도가 없습니다", ("상쇄",)),
    (FLAT, "beta", "어떤 β로도 움직이지 않습니다", ("빨라도", "지나쳐")),
    (FLAT, "recap", "누구도 움직이지 않습니다", ("빨라야",)),
    (UNEVEN, "adagrad", "축마다 보폭이 다릅니다", ("첫 보폭은",)),
    (LEAVING, "sgd", "유한한 값이 없습니다", ("발산", "최저점에")),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("momentum", given, beat, said, unsaid)


def test_no_steps_are_counted_where_rates_differ():
    """The methods after momentum run at rates of their own: that is no ranking, and their frames have none."""
    rows = play("momentum", "ko", "dark").rows
    assert not [row for row in rows if row.beat in METHODS and "reached" in row.series]
    rates = {row.series for row in rows if row.beat in METHODS and row.series.endswith("/lr")}
    assert rates == {f"{name}/lr" for name in ("adagrad", "rmsprop", "adam")}


def test_a_method_has_a_beat_where_it_runs():
    """Also where its name is written with blanks and capitals."""
    params = {"others": " Adam,nesterov "}
    assert [beat for beat in CARD.active_beats(params) if beat in METHODS] == ["nesterov", "adam"]
    assert not set(METHODS) & set(CARD.active_beats({"others": ""}))
