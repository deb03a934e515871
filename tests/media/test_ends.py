"""A film's first and last picture, as players show them, wherever in the file they stand."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError
from pipeline.media import ends
from pipeline.media.facts import facts
from tests.media import made


def flat(level: int) -> np.ndarray:
    return np.full((48, 64, 3), level, np.uint8)


@pytest.mark.parametrize("last_s", [Fraction(1, 10), Fraction(30)])
@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_the_last_picture_however_long_ago_the_one_before(
    tmp_path: Path, suffix: str, last_s: Fraction
) -> None:
    pictures = [flat(0), flat(120), flat(250)]
    film = made.film(tmp_path / f"a.{suffix}", pictures, times=[Fraction(0), Fraction(1, 20), last_s])
    found = facts(film)
    means = [np.asarray(end(film, found, (64, 48))).mean() for end in (ends.first, ends.last)]
    assert means == [pytest.approx(0, abs=8), pytest.approx(250, abs=8)]


def test_a_last_picture_that_stands_long(tmp_path: Path) -> None:
    """Nothing begins in the film's last seconds: what is shown then began long before."""
    film = made.film(tmp_path / "a.mp4", [flat(0), *[flat(250)] * 3], rate=10, sounds=1)
    found = facts(film)
    claimed = type(found)(**{**vars(found), "seconds": 60.0})
    assert np.asarray(ends.last(film, claimed, (64, 48))).mean() == pytest.approx(250, abs=8)


def test_both_stand_upright_and_in_the_films_size(tmp_path: Path) -> None:
    film = made.turned(tmp_path / "a.mp4")
    ends.save(film, tmp_path / "first.png", tmp_path / "last.png")
    for name in ("first", "last"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.size == (48, 64)
            upper, lower = np.asarray(picture)[:28], np.asarray(picture)[36:]
        assert upper.mean() > 220 > 40 > lower.mean()


def test_what_is_no_film_has_none(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"no film" * 99)
    with pytest.raises(InputError, match="no film of a known kind"):
        ends.save(tmp_path / "x.mp4", tmp_path / "a.png", tmp_path / "b.png")
    assert not (tmp_path / "a.png").exists()
