"""A film is complete: whoever adds one adds a line to FILMS, and this says what is still missing."""

import re

import pytest

from engine import declared
from scenes import FILMS, SCENES
from scenes.stage.card import Card, found_in
from scenes.stage.style import LANGUAGES
from tests.conftest import ROOT
from tests.golden import carried, stills

EACH = pytest.mark.parametrize("card", SCENES, ids=[card.slug for card in SCENES])


def test_a_film_is_registered_once() -> None:
    assert [card.slug for card in SCENES] == list(FILMS)
    assert len(set(FILMS)) == len(FILMS)


@EACH
def test_its_recorder_is_checked_against_something_independent(card: Card) -> None:
    path = ROOT / "tests" / "engine" / f"test_{card.recorder}.py"
    assert path.is_file(), (
        f"{path.name} is missing: compare the recorder with NumPy, differences or known figures"
    )
    assert declared.declaration(card.recorder) is not None


@EACH
def test_it_has_references_of_every_beat(card: Card) -> None:
    there = {path.name for path in stills.references_of(card.slug)}
    for language, theme in stills.COMBINATIONS:
        for beat in card.active_beats(found_in(carried.trace_of(card.recorder))):
            name = stills.reference(card.slug, beat, language, theme).name
            assert name in there, f"python -m tests.golden.renew {card.slug}"


@EACH
def test_its_length_is_measured(card: Card) -> None:
    assert all(card.seconds(language) for language in LANGUAGES), f"python tools/lengths.py {card.slug}"


@EACH
def test_pages_tell_of_it(card: Card) -> None:
    row = re.search(rf"^\| `{card.slug}` \|.*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert row, f"README.md has no row for {card.slug} in its table of scenes"
    assert str(len(card.active_beats(found_in(carried.trace_of(card.recorder))))) in row[0]
    assert re.search(rf"^## .*\b{card.recorder}\b", (ROOT / "docs/trace.md").read_text("utf-8"), re.MULTILINE)
