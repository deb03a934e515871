"""A limit holds: if these failed, a clip would not get through the mail, or be small without need or without a word."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.errors import InputError
from pipeline.clips import fit
from pipeline.clips.fit import megabytes, write_within
from pipeline.clips.footage import Footage
from pipeline.clips.formats import Format, named
from pipeline.clips.master import Master
from tests.clips.filmed import SMALL, footage

Pair = tuple[Master, Master]


def sizes(monkeypatch: pytest.MonkeyPatch, bytes_per_pixel_second: float) -> list[tuple[Fraction, int]]:
    """Pretend that a file is as large as its pixels a second; returns what is tried."""
    tried: list[tuple[Fraction, int]] = []

    def write(one: Format, shape: Footage, path: Path) -> int:
        tried.append((shape.fps, shape.width))
        return int(shape.width * shape.height * shape.fps * bytes_per_pixel_second)

    monkeypatch.setattr(fit, "write", write)
    return tried


def shape(width: int = 1920, fps: int = 30) -> Footage:
    master = Master(Path("none.mov"), width, width * 9 // 16, fps, 300, False)
    return footage(master)


def test_first_the_rate_then_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = sizes(monkeypatch, 1)
    quality = fit.Quality("1080p30", 1920, 1080, 30)
    outcome = write_within(shape(), named("mp4"), quality, 8_000_000, Path("x"), "x.mp4")
    assert tried[:4] == [(30, 1920), (15, 1920), (10, 1920), (Fraction(15, 2), 1920)]
    assert all(rate == Fraction(15, 2) and width < 1920 for rate, width in tried[4:])
    assert outcome.bytes <= 8_000_000
    assert outcome.shape.width % 2 == outcome.shape.height % 2 == 0
    assert outcome.shape.width > 1100  # not smaller than it must be
    assert "lowered from 1920x1080 at 30" in outcome.words


def test_what_fits_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = sizes(monkeypatch, 0.001)
    quality = fit.Quality("1080p30", 1920, 1080, 30)
    outcome = write_within(shape(), named("gif"), quality, 8_000_000, Path("x"), "x.gif")
    assert tried == [(30, 1920)]
    assert outcome.words == "1920x1080 at 30  63 kB"


def test_a_still_has_no_rate_to_lower(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = sizes(monkeypatch, 1)
    quality = fit.Quality("1080p30", 1920, 1080, 30)
    outcome = write_within(shape(), named("png"), quality, 8_000_000, Path("x"), "x.png")
    assert {rate for rate, _ in tried} == {30}
    assert " at 30" not in outcome.words


def test_what_cannot_be_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes(monkeypatch, 1)
    quality = fit.Quality("1080p30", 1920, 1080, 30)
    with pytest.raises(InputError, match=r"x\.gif cannot be kept to 10 kB.*Allow more with --max-mb"):
        write_within(shape(), named("gif"), quality, 10_000, Path("x"), "x.gif")


def test_a_real_gif_keeps_its_limit(pair: Pair, tmp_path: Path) -> None:
    path = tmp_path / "clip.gif"
    whole = write_within(footage(pair[1]), named("gif"), SMALL, None, path, "clip.gif").bytes
    outcome = write_within(footage(pair[1]), named("gif"), SMALL, whole * 3 // 4, path, "clip.gif")
    assert path.stat().st_size == outcome.bytes <= whole * 3 // 4
    assert outcome.shape.fps < 15


def test_sizes_are_never_understated() -> None:
    assert [megabytes(size) for size in (1, 999_001, 1_000_000, 1_230_001)] == [
        "1 kB",
        "1000 kB",
        "1.00 MB",
        "1.24 MB",
    ]
