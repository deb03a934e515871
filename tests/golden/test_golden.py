"""Each beat's last frame looks as it did when somebody last looked at it."""

from pathlib import Path

import pytest

from scenes import SCENES
from scenes.stage.card import Card
from tests.golden import carried, stills
from tests.golden.compare import likeness, write_beside
from tests.shared import recorded

FAILED = Path(__file__).resolve().parents[2] / "build" / "golden"


@pytest.mark.parametrize(("language", "theme"), stills.COMBINATIONS)
@pytest.mark.parametrize("slug", [card.slug for card in SCENES])
def test_beats_look_as_they_did(slug: str, language: str, theme: str) -> None:
    if not stills.references_of(slug):
        pytest.fail(f"{slug} has no references yet: python -m tests.golden.renew {slug}")
    drawn = stills.stills(slug, language, theme)
    wrong = []
    for beat, frame in drawn.items():
        path = stills.reference(slug, beat, language, theme)
        if not path.exists():
            wrong.append(f"{beat}: no reference")
            continue
        known = stills.load(path)
        alike = likeness(known, frame)
        if not alike.good:
            beside = FAILED / f"{path.stem}.png"
            write_beside(known, frame, beside)
            wrong.append(
                f"{beat}: {alike.mean:.3f} over the frame, {alike.worst:.2f} at its worst: see {beside}"
            )
    assert not wrong, f"Look at them; when they are right: python -m tests.golden.renew {slug}\n" + "\n".join(
        wrong
    )


@pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)
def test_the_carried_trace_is_what_its_recorder_gives_today(card: Card) -> None:
    changed = carried.unlike(carried.trace_of(card.recorder), recorded(card.recorder))
    assert not changed, f"Its recorder changed: python -m tests.golden.renew {card.slug}"


def test_every_reference_belongs_to_a_beat_and_all_are_small() -> None:
    expected = {
        stills.reference(card.slug, beat, language, theme)
        for card in SCENES
        for beat in card.beats
        for language, theme in stills.COMBINATIONS
    }
    stored = set(stills.FOLDER.glob("*"))
    assert stored <= expected
    traces = set(carried.FOLDER.glob("*"))
    assert traces == {carried.place(card.recorder) for card in SCENES}
    sizes = {
        card.slug: sum(
            path.stat().st_size for path in (*stills.references_of(card.slug), carried.place(card.recorder))
        )
        for card in SCENES
    }
    assert sum(sizes.values()) < stills.BEAT_BYTES * sum(len(card.beats) for card in SCENES), sizes
