"""What `pooling` says of runs that go otherwise."""

from typing import Any

import pytest

from tests.scenes.honest import Case, says

CALM = {"window": 3, "kernel": "sharpen", "digit": 56}
CUT = {"window": 3, "digit": 1341, "seed": 2}
CASES: list[Case] = [
    ({}, "border", "넘은 값이 창을 바꿉니다", ("그대로입니다. 보폭",)),
    ({}, "shift", "84%입니다", ()),
    ({}, "place", "전역 50%", ()),
    (CALM, "border", "최댓값이 그대로입니다", ("창을 바꿉니다",)),
    (CUT, "border", "잘린 값 빼고", ("결과도 한 칸 옮겨집니다",)),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("pooling", given, beat, said, unsaid)
