"""What the films say: if these failed, a film would stop in one of its languages or say something only in the other."""

import re

import pytest

from scenes import SCENES
from scenes.stage.card import Card
from scenes.stage.style import LANGUAGES
from scenes.stage.text import BeatText, scene_text, terms

FIELD = re.compile(r"\{(\w*)\}")
BEATS = [(card, beat) for card in SCENES for beat in card.beats]


def fields(text: str) -> set[str]:
    return set(FIELD.findall(text))


def captions(beat: BeatText) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    return [("caption", dict(beat.caption)), *((name, dict(one)) for name, one in beat.variants.items())]


@pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)
def test_every_beat_has_a_text_and_every_text_a_beat(card: Card):
    assert list(scene_text(card.slug).beats) == list(card.beats)


@pytest.mark.parametrize(("card", "beat"), BEATS, ids=lambda one: getattr(one, "slug", one))
def test_a_beat_says_the_same_in_both_languages(card: Card, beat: str):
    text = scene_text(card.slug).beats[beat]
    assert set(text.title) == set(LANGUAGES)
    assert all(text.title.values())
    for name, cues in captions(text):
        assert set(cues) == set(LANGUAGES), name
        assert len(cues["ko"]) == len(cues["en"]) > 0, name
        for ko, en in zip(cues["ko"], cues["en"], strict=True):
            assert ko.strip(), name
            assert en.strip(), name
            assert fields(ko) == fields(en), (name, ko, en)


@pytest.mark.parametrize(("card", "beat"), BEATS, ids=lambda one: getattr(one, "slug", one))
def test_variants_have_no_more_cues_than_the_caption(card: Card, beat: str):
    """A variant of a run that shows less may have fewer; that each is said is noticed wherever a test plays it."""
    text = scene_text(card.slug).beats[beat]
    assert max(len(cues["ko"]) for _, cues in captions(text)) == len(text.caption["ko"])


@pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)
def test_labels_are_in_both_languages(card: Card):
    text = scene_text(card.slug)
    for key, label in {**text.labels, "title": text.title}.items():
        assert set(label) == set(LANGUAGES), key
        assert fields(label["ko"]) == fields(label["en"]), key


def test_names_from_the_data_are_in_both_languages():
    assert all(set(term) == set(LANGUAGES) for term in terms().values())


@pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)
def test_no_text_has_a_digit_of_its_own(card: Card):
    """It would be a number that no recorder computed."""
    text = scene_text(card.slug)
    said = [
        cue
        for beat in text.beats.values()
        for _, cues in captions(beat)
        for one in cues.values()
        for cue in one
    ]
    titles = [title for beat in text.beats.values() for title in beat.title.values()]
    labels = [label for one in text.labels.values() for label in one.values()]
    assert not [line for line in (*said, *titles, *labels) if re.search(r"\d", line)]
