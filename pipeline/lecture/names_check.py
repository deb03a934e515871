"""Checks that no two things of a lecture have one name: recordings, traces and reports are found by it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.lecture import model
from pipeline.lecture.mistakes import Mistakes
from pipeline.lecture.places import Path
from scenes import SCENES


def check_names(lecture: model.Lecture, mistakes: Mistakes) -> None:
    """The names of parts, and of all that can be spoken: a scene's beats, and every other part."""
    named: dict[str, Path] = {}
    spoken: dict[str, tuple[str, Path]] = {}
    for number, part in enumerate(lecture.part):
        place: Path = ("part", number, "name") if part.name else ("part", number)
        if part.key in named:
            where = mistakes.line(named[part.key])
            mistakes.add(
                place,
                f'name is "{part.key}", as in line {where}: give every part a name of its own, as recordings '
                f"are found by it.",
            )
            continue
        named[part.key] = place
        for key, what in _spoken(part):
            if key in spoken:
                other, there = spoken[key]
                mistakes.add(
                    place,
                    f"Recordings of {what} would be called {key}, as those of {other} in line "
                    f"{mistakes.line(there)}: give one of the two parts another name.",
                )
                break
            spoken[key] = what, place


def _spoken(part: model.AnyPart) -> Iterator[tuple[str, str]]:
    """What a voice can be heard over, by the name that its recording has, and in words."""
    if not isinstance(part, model.ScenePart):
        yield part.key, f"{model.kind_of(part)} {part.key}"
        return
    known = next((card.beats for card in SCENES if card.slug == part.scene), ())
    for beat in dict.fromkeys(part.beats or known):
        yield model.beat_key(part.key, beat), f"beat {beat} of {part.key}"
