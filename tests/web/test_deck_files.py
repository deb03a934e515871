"""What the HTML deck leaves on the disk: whole or not at all, alone or beside its films, never over another's files."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputError, RunError
from pipeline.deck.html import convert, media, write_html
from tests.web.browser import Watch, near, pixels
from tests.web.films import BLUE, GREEN, sample_deck
from tests.web.test_deck import reach


def test_one_file_needs_nothing_beside_it(watch: Watch, deck: Any, tmp_path: Path) -> None:
    made = write_html(deck, tmp_path / "made" / "deck.html", one_file=True)
    assert [path.name for path in made.parent.iterdir()] == ["deck.html"]
    alone = shutil.move(made, tmp_path / "강의 #1 %20.html")
    tab = watch.open(Path(alone))
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    tab.keyboard.press("ArrowRight")
    reach(tab, 3, "done")
    shot = pixels(tab, "#stage")
    assert near(shot[100, 100], BLUE)
    watch.check(tmp_path)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_deck_that_begins_with_a_film_waits_under_its_title(
    watch: Watch, deck: Any, tmp_path: Path, motion: str
) -> None:
    """Nobody is in the room yet when the deck is opened; and the first key must not skip the first beat."""
    page = write_html(replace(deck, slides=deck.slides[1:3]), tmp_path / "deck", one_file=False)
    tab = watch.open(page, reduced_motion=motion)
    assert tab.is_visible("#cover")
    tab.wait_for_timeout(300)
    assert tab.evaluate("document.querySelector('video.front').played.length") == 0
    tab.keyboard.press("PageDown")
    assert not tab.is_visible("#cover")
    reach(tab, 1, "done")
    assert near(pixels(tab, "#stage")[100, 100], GREEN)
    watch.check(page.parent)


def test_a_film_that_cannot_be_played_shows_its_last_picture(watch: Watch, deck: Any, tmp_path: Path) -> None:
    page = write_html(deck, tmp_path / "deck", one_file=False)
    (page.parent / "clips" / "02-one.mp4").write_bytes(b"not a film")
    (page.parent / "clips" / "03-two.mp4").unlink()
    tab = watch.open(page)
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    assert near(pixels(tab, "#stage")[100, 100], GREEN)
    assert tab.inner_text("#toast") != ""
    tab.keyboard.press("ArrowRight")
    reach(tab, 3, "done")
    tab.keyboard.press("ArrowRight")
    reach(tab, 4, "playing")


def test_writing_again_replaces_the_deck_and_nothing_else(deck: Any, tmp_path: Path) -> None:
    target = tmp_path / "deck"
    write_html(deck, target, one_file=False)
    (target / "clips" / "old.mp4").write_bytes(b"")
    write_html(deck, target, one_file=False)
    assert not (target / "clips" / "old.mp4").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["deck"]


def test_another_folder_is_left_alone(deck: Any, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    (tmp_path / "index.html").write_text("<h1>my homepage</h1>")
    with pytest.raises(InputError, match="holds other files"):
        write_html(deck, tmp_path, one_file=False)
    assert (tmp_path / "thesis.docx").exists()


def test_a_file_in_the_way_and_a_folder_in_the_way(deck: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file"):
        write_html(deck, tmp_path / "file", one_file=False)
    with pytest.raises(InputError, match="is a file"):
        write_html(deck, tmp_path / "file" / "deck.html", one_file=True)
    with pytest.raises(InputError, match="is a folder"):
        write_html(deck, tmp_path, one_file=True)


@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("one_file", [False, True])
def test_a_full_disk_and_ctrl_c_leave_what_was_there(
    deck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException, one_file: bool
) -> None:
    target = tmp_path / ("deck.html" if one_file else "deck")
    page = write_html(deck, target, one_file)
    before = page.read_bytes()

    def fail(*args: Any) -> None:
        raise stop

    monkeypatch.setattr(media.Beside, "copy_to", fail)
    monkeypatch.setattr(media.Inside, "write_to", fail)
    with pytest.raises((RunError, KeyboardInterrupt), match=r"no space left|^$"):
        write_html(replace(deck, title="another"), target, one_file)
    assert page.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_too_much_for_one_file_says_what_to_do(
    deck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "ONE_FILE_MAX_BYTES", 1000)
    with pytest.raises(InputError, match="leave out --one-file"):
        write_html(deck, tmp_path / "deck.html", one_file=True)
    assert list(tmp_path.iterdir()) == []


def test_the_same_film_twice_is_stored_once(tmp_path: Path) -> None:
    """A recap that shows a clip again must not double a file that is to be mailed."""
    deck = sample_deck(tmp_path)
    twice = replace(deck, slides=(deck.slides[1], deck.slides[1]))
    write_html(twice, tmp_path / "out", one_file=False)
    assert len(list((tmp_path / "out" / "clips").glob("*.mp4"))) == 1


def test_a_page_may_do_nothing_that_its_policy_does_not_allow(watch: Watch, page: Path) -> None:
    """Even if markup slipped through: no program but the page's own, no connection."""
    tab = watch.open(page)
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"window.hacked=1\">')")
    refused = tab.evaluate("fetch('https://example.org').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.hacked") is None
