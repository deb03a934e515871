"""Finished films on disk: a damaged one must never be handed out, a full disk never stop the work."""

import os
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RunError
from pipeline import kept
from pipeline.film import FilmResult
from pipeline.studio import store
from pipeline.studio.store import Made
from scenes.stage.captions import BeatSpan, Cue
from scenes.stage.provenance import Row

RESULT = FilmResult(
    2.5,
    75,
    (BeatSpan("graph", "그래프", 0.0, 2.5),),
    (Cue(0.1, 2.4, ("x는 1", "y는 2"), "graph"),),
    (
        Row(0.1, "graph", "0.3", "x", (), 0.1 + 0.2, "auto"),
        Row(0.1, "graph", "iris", "name", (3,), "iris", "name"),
    ),
)
MADE = Made(b"an mp4", RESULT)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "films"


def test_what_is_kept_is_found_exactly() -> None:
    kept = store.keep("k1", MADE)
    found = store.find("k1")
    assert found is not None
    assert (kept.fresh, found.fresh) == (True, False)
    assert (found.path.read_bytes(), found.result) == (MADE.data, RESULT)
    assert store.find("k2") is None


@pytest.mark.parametrize("name", [store.FILM, store.RESULT, kept.ABOUT])
def test_a_damaged_film_is_none(own_folder: Path, name: str) -> None:
    store.keep("k1", MADE)
    (own_folder / "k1" / name).write_bytes(b"damaged")
    assert store.find("k1") is None
    assert store.keep("k1", MADE).path.read_bytes() == MADE.data
    assert store.find("k1") is not None


def test_nothing_is_kept_when_nothing_shall_be(own_folder: Path) -> None:
    film = store.keep("k1", MADE, use_cache=False)
    assert film.path.read_bytes() == MADE.data
    assert not own_folder.exists()


def no_space(*args: Any, **options: Any) -> Any:
    raise OSError(28, "No space left on device")


def test_a_store_that_cannot_be_written_costs_nothing_but_time(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_folder.parent.mkdir()
    own_folder.write_text("a file where the folder should be")
    assert store.keep("k1", MADE).path.read_bytes() == MADE.data
    assert store.find("k1") is None
    monkeypatch.setattr(kept, "put", no_space)
    with pytest.raises(RunError, match=r"There is no space left in .* set TMPDIR"):
        store.keep("k1", MADE)


def test_half_an_entry_is_never_seen(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "rename", no_space)
    with pytest.raises(RunError, match="There is no space left"):
        store.keep("k1", MADE)
    assert list(own_folder.iterdir()) == []


def test_the_films_not_used_for_longest_go_first(own_folder: Path) -> None:
    for age, name in enumerate(("new", "middle", "old", "oldest-in-use")):
        place = store.keep(name, MADE).path.parent
        os.utime(place / kept.ABOUT, (1000 - age, 1000 - age))
    size = sum(path.stat().st_size for path in (own_folder / "old").iterdir())
    store.prune(
        [own_folder / "oldest-in-use" / store.FILM], limit=2 * size + 50
    )  # a longer key takes more bytes
    assert {path.name for path in own_folder.iterdir()} == {"new", "oldest-in-use"}
