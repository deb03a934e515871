"""What `pooling` says of runs that go otherwise."""

from typing import Any

import pytest

from tests.scenes.honest import Case, says

CALM = {"window": 3, "kernel": "sharpen", "digit": 56}
CUT = {"window": 3, "digit": 1341, "seed": 2}
CASES: list[Case] = [
    ({}, "border", "넘은 값은 옆 창으로 갑니다", ("최댓값이 그대로",)),
    ({}, "shift", "덜 변합니다. 84%, 다음은 65%", ()),
    ({}, "shift", "풀링 전 106%", ("144",)),
    ({}, "gradient", "가장 강한 칸에서만", ("에지가 없는",)),
    ({}, "place", "위치를 버려 50%", ()),
    ({}, "shift", "전역 최대는 0%", ()),
    ({}, "border", "안 들어오면 그대로입니다", ("머문 값은",)),
    ({}, "nets", "신경망은 47%", ()),
    ({}, "nets", "최대 2×2는 61%", ("작은 창",)),
    (CALM, "shift", "최대 3×3는 0% 변하고, 더 큰 창은 0%", ("덜 변합니다", "풀링만")),
    ({}, "nets", "새 위치의 가중치", ()),
    (CALM, "border", "최댓값이 그대로입니다", ("옆 창으로",)),
    (CUT, "border", "잘린 값 빼고", ("등변성",)),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("pooling", given, beat, said, unsaid)
