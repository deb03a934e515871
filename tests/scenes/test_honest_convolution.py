"""What `convolution` says of runs that go otherwise."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.scenes.honest import Case, says
from tests.scenes.watching import play

LEARNED = {"kernel": "learned", "stride": 3, "padding": 2}
SPREAD = {"kernel": "1,2,0,-3;0.5,1,1,1;-2,0,4,1;7,0,0,1", "dilation": 2, "padding": 3, "bias": 2.5}
CASES: list[Case] = [
    ({}, "stride", "그어진 15칸", ("없습니다",)),
    ({}, "puzzle", "좌우로 바뀌는 곳입니다", ("없습니다",)),
    (LEARNED, "stride", "칸은 없습니다", ("그어진",)),
    (SPREAD, "stride", "그어진 48칸", ()),
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
    assert "바뀌는 곳이 없어" in said["edges"][1]
    assert not [one for one in said["edges"] if "윤곽입니다" in one]


@pytest.mark.parametrize("given", [{}, SPREAD], ids=["plain", "spread"])
def test_the_letters_of_the_size_are_those_of_the_formula(given: dict[str, Any]):
    """What the table names is what the formula is filled with: f is the kernel's side, also where it is spread."""
    film = play("convolution", "ko", "light" if given else "dark", **given)
    rows = {
        row.series: row.text for row in film.rows if row.beat == "stride" and row.series.startswith("size/")
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
    assert f"{frozen.text}뿐" in said
    assert frozen.value < acc.value
