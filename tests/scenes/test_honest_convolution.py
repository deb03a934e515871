"""What `convolution` says of runs that go otherwise."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.scenes.honest import Case, says
from tests.scenes.watching import play

LEARNED = {"kernel": "learned", "stride": 3, "padding": 2}
SPREAD = {"kernel": "1,2,0,-3;0.5,1,1,1;-2,0,4,1;7,0,0,1", "dilation": 2, "padding": 3, "bias": 2.5}
ODD = {"transposed": True, "dilation": 2, "kernel": "1,0;2,-1;0.5,3", "bias": -0.5}
CASES: list[Case] = [
    ({}, "stride", "빗금 친 15칸", ("없습니다",)),
    ({}, "puzzle", "달라지는 곳을 찾았습니다", ("없습니다",)),
    (LEARNED, "stride", "칸은 없습니다", ("빗금",)),
    (SPREAD, "stride", "빗금 친 48칸", ()),
    ({}, "padding", "둘레를 0으로 채우면 출력도 8×8로 유지", ()),
    (ODD, "padding", "둘레에 2칸씩 채우면", ("유지",)),
    ({}, "sharing", "행마다 같은 값 9개가", ("이으면",)),
    ({"padding": 1}, "sharing", "행마다 같은 값이", ("값 9개가 자리만",)),
    (SPREAD, "sharing", "완전연결로 이으면", ("행마다",)),
    ({}, "slide", "양수(파랑), 64", ("값이 가장",)),
    (SPREAD, "slide", "값이 가장 작은 칸은", ("밝으면",)),
    ({"bias": 2.0}, "slide", "값이 가장 큰 칸은", ("밝으면",)),
    ({}, "slide", "여기는 i=3, j=2이고", ()),
    ({}, "edges", "지금까지 쓴 값 9개", ()),
    ({"kernel": "sobel-y"}, "edges", "처음의 값 9개", ("지금까지",)),
    ({}, "readout", "모두 음수인 2번은 빕니다", ("남깁니다.", "작은")),
    ({"seed": 1}, "readout", "양수만 남깁니다", ("모두 음수",)),
    ({}, "readout", "1번 커널은 이 창에서 가장 크게 반응합니다", ("둘레가",)),
]


@pytest.mark.parametrize(("given", "beat", "said", "unsaid"), CASES)
def test_it_says_what_its_run_shows(given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]):
    says("convolution", given, beat, said, unsaid)


def test_a_picture_that_is_flat_has_no_edges(tmp_path: Path):
    """The puzzle and the filters say so instead of pointing at what is not there."""
    path = tmp_path / "flat.png"
    Image.new("L", (70, 66), 90).save(path)
    film = play("convolution", "ko", "light", image=str(path))
    said = {beat: [one.text for one in film.spoken if one.beat == beat] for beat in ("puzzle", "edges")}
    assert "없습니다" in said["puzzle"][0]
    assert "달라지는 곳이 없어" in said["edges"][1]
    assert not [one for one in said["edges"] if "윤곽" in one]


@pytest.mark.parametrize("given", [{}, SPREAD], ids=["plain", "spread"])
def test_the_letters_of_the_size_are_those_of_the_formula(given: dict[str, Any]):
    """What the table names is what the formula is filled with: f is the kernel's side, also where it is spread."""
    film = play("convolution", "ko", "light" if given else "dark", **given)
    rows = {
        row.series: row.text for row in film.rows if row.beat == "size" and row.series.startswith("size/")
    }
    wanted = {"size/input", "size/kernel", "size/padding"} | ({"size/dilation"} if given else set())
    assert wanted <= set(rows)
    assert rows["size/kernel"] == ("4" if given else "3")


def test_what_training_is_worth_is_what_was_measured():
    film = play("convolution", "ko", "dark")
    said = " ".join(one.text for one in film.spoken if one.beat == "learned")
    shown = {row.series: row for row in film.rows if row.beat == "learned"}
    acc, frozen = (shown[f"learned/{one}_accuracy"] for one in ("test", "frozen"))
    assert acc.text in said
    assert f"나머지만 학습하면 어떨까요? 그러면 {frozen.text}" in " ".join(said.split())
    assert frozen.value < acc.value


@pytest.mark.parametrize(
    "given", [{}, {"padding": 1, "kernel": "1,2,1;0,1,0;2,0,1"}], ids=["plain", "padded"]
)
def test_a_border_lets_more_windows_cover_the_corner(given: dict[str, Any]):
    """Corner and middle without a border, then the corner with it."""
    film = play("convolution", "ko", "light" if given else "dark", **given)
    rows = [row for row in film.rows if row.beat == "padding" and row.series.endswith("/visits")]
    corner, middle, after = (row.value for row in rows)
    assert corner < after < middle


def test_the_prediction_is_the_digit_with_the_highest_score():
    film = play("convolution", "ko", "dark")
    shown = [row for row in film.rows if row.beat == "readout"]
    scores = {
        row.index[0]: row.value for row in shown if row.series == "learned/score" and row.format == ".1f"
    }
    (told,) = {row.value for row in shown if row.series == "learned/prediction"}
    assert len(scores) == 10
    assert max(scores, key=scores.__getitem__) == told


def test_a_count_of_parameters_is_the_sum_that_stands_there():
    film = play("convolution", "ko", "dark")
    told = {row.series.removeprefix("sharing/run/"): row.value for row in film.rows if row.beat == "sharing"}
    assert told["outputs"] * told["inputs"] + told["outputs"] == told["dense_parameters"]
    assert told["outputs"] * told["weights"] + told["outputs"] == told["local_parameters"]
    assert told["weights"] + 1 == told["conv_parameters"]
