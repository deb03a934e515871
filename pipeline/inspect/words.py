"""Texts that one language has and the other lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.inspect.problems import Ledger
from scenes.stage.captions import FIELD
from scenes.stage.card import Card
from scenes.stage.provenance import Row
from scenes.stage.style import LANGUAGES
from scenes.stage.text import SceneText, has_term, scene_text

NONE = "it has no {}"
DATA_LANGUAGE = "en"  # scikit-learn's names


def check_texts(card: Card, language: str, ledger: Ledger) -> bool:
    """Note every gap in a scene's texts; True when `language` lacks something, so that the film cannot be played."""
    unplayable = False
    for beat, where, fault in gaps(scene_text(card.slug), card.beats):
        place = f"scenes/{card.slug}/text.toml"
        ledger.note("missing-translation", beat, where, f"In the texts {fault}.", place)
        unplayable |= fault == NONE.format(language)
    return unplayable


def check_terms(rows: Iterable[Row], language: str, ledger: Ledger) -> None:
    """Note the data's names that were shown and have no word in the film's language."""
    for row in {row.text: row for row in reversed(list(untranslated(rows, language)))}.values():
        said = f"{row.series} is shown as the data set writes it."
        ledger.note("missing-translation", row.beat, f"“{row.text}”", said, "scenes/stage/text/terms.toml")


def gaps(text: SceneText, beats: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(beat or "", where, what is wrong) for each text that a language lacks, or in which other fields are filled."""
    yield from (("", "title", fault) for fault in _faults(text.title))
    for key, label in text.labels.items():
        yield from (("", f"labels.{key}", fault) for fault in _faults(label))
    for name in beats:
        if name not in text.beats:
            yield name, f"beats.{name}", "it has no text at all"
            continue
        beat = text.beats[name]
        yield from ((name, f"beats.{name}.title", fault) for fault in _faults(beat.title))
        tables = {"caption": beat.caption} | {f"variants.{key}": cues for key, cues in beat.variants.items()}
        for key, cues in tables.items():
            yield from ((name, f"beats.{name}.{key}", fault) for fault in _faults(cues))


def untranslated(rows: Iterable[Row], language: str) -> Iterator[Row]:
    """Rows that show a name of the data for which `language` has no word; units and one letter need none."""
    if language == DATA_LANGUAGE:
        return
    for row in rows:
        name = str(row.value)
        if (
            row.format == f"term:{language}"
            and len(name) > 2
            and name.isalpha()
            and not has_term(name, language)
        ):
            yield row


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    for language in LANGUAGES:
        if not table.get(language):
            yield NONE.format(language)
    present = [table[language] for language in LANGUAGES if table.get(language)]
    if len(present) < len(LANGUAGES):
        return
    if isinstance(present[0], tuple) and len({len(cues) for cues in present}) > 1:
        yield "the languages have different numbers of cues"
    fields = [sorted(set(FIELD.findall(" ".join(t) if isinstance(t, tuple) else t))) for t in present]
    if any(one != fields[0] for one in fields):
        yield "the languages show different values"
