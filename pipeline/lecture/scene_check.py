"""Checks a scene of a lecture script: its name, beats, parameters and own captions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any, get_args, get_origin

import click

from engine import recorders
from engine.errors import InputError
from engine.files import named
from engine.files.given import File
from engine.files.named import Named
from engine.text.composed import on_disk
from engine.text.echo import echo
from engine.trace.signature import Parameter
from pipeline.lecture import windows_paths
from pipeline.lecture.mistakes import Mistakes, is_not, unknown
from pipeline.lecture.model import ScenePart
from pipeline.lecture.places import Path
from pipeline.lecture.words_check import check_lines
from pipeline.values import base_type, click_type, impossible
from scenes import SCENES
from scenes.stage.captions import FIELD
from scenes.stage.card import Card
from scenes.stage.style import LANGUAGES
from scenes.stage.text import BeatText, scene_text


def check_scene(part: ScenePart, place: Path, folder: FilePath, mistakes: Mistakes) -> dict[str, Any]:
    """The part's parameters as the recorder takes them; what is wrong goes into `mistakes`."""
    cards = {card.slug: card for card in SCENES}
    if part.scene not in cards:
        mistakes.add((*place, "scene"), unknown("scene", part.scene, cards))
        return {}
    card = cards[part.scene]
    given, resolved = _parameters(part, card, place, folder, mistakes)
    beats = card.beats if resolved is None else card.active_beats(resolved)
    for number, beat in enumerate(part.beats):
        here = (*place, "beats", number)
        if _check_beat(beat, card, beats, here, mistakes) and beat in part.beats[:number]:
            mistakes.add(
                here, f"Beat {beat} is given twice: name it once, or show it again in another [[part]]."
            )
    for beat, captions in part.captions.items():
        here = (*place, "captions", beat)
        if _check_beat(beat, card, beats, here, mistakes):
            check_lines(captions, here, mistakes)
            text = scene_text(card.slug).beats[beat]
            for language in LANGUAGES:
                moments = captions.of(language)
                if moments is not None:
                    _check_moments(moments, text, language, (*here, language), mistakes)
    return given


def _check_beat(beat: str, card: Card, active: tuple[str, ...], place: Path, mistakes: Mistakes) -> bool:
    if beat not in card.beats:
        mistakes.add(place, unknown("beat", beat, card.beats, card.slug))
    elif beat not in active:
        mistakes.add(
            place,
            f"Beat {beat} of {card.slug} does not play with these parameters, only {', '.join(active)}.",
        )
    else:
        return True
    return False


def _check_moments(
    moments: tuple[tuple[str, ...], ...], text: BeatText, language: str, place: Path, mistakes: Mistakes
) -> None:
    """As many captions as the film has, asking for numbers that the film has at that place."""
    usual = text.caption[language]
    says = " / ".join(" ".join(one.split()) for one in usual)
    if len(moments) != len(usual):
        mistakes.add(
            place,
            f"There are {len(moments)} captions and the film has {len(usual)} here: give {len(usual)}. "
            f'"" leaves one out, ["…", "…"] shows two in place of one. The film says: {says}',
        )
        return
    for number, texts in enumerate(moments):
        versions = [usual, *(variant[language] for variant in text.variants.values())]
        known = sorted({name for version in versions for name in FIELD.findall(version[number])})
        for name in (name for one in texts for name in FIELD.findall(one)):
            if name not in known:
                have = (
                    f"The film has {', '.join('{' + one + '}' for one in known) or 'none'} in this caption."
                )
                mistakes.add((*place, number), f"There is no number {{{echo(name, 40)}}} here. {have}")


def _parameters(
    part: ScenePart, card: Card, place: Path, folder: FilePath, mistakes: Mistakes
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The parameters as given to the recorder, and all of them resolved when they can be used."""
    known = {one.name: one for one in recorders.signature(card.recorder)}
    given: dict[str, Any] = {}
    for name, value in part.parameters.items():
        here = (*place, "parameters", name)
        plain = name.replace("-", "_")
        if plain not in known:
            mistakes.add(here, unknown("parameter", name, known, card.slug))
            continue
        if (told := _no_path(known[plain], value, folder)) is not None:
            mistakes.add(here, told)
            continue
        try:
            given[plain] = _as_typed(known[plain], value, folder)
        except click.ClickException:
            mistakes.add(here, is_not(name, value, known[plain].allowed))
    return given, _resolved(card, given, (*place, "parameters"), mistakes)


def _resolved(card: Card, given: Mapping[str, Any], place: Path, mistakes: Mistakes) -> dict[str, Any] | None:
    """What the recorder makes of them; every parameter that it refuses is a mistake."""
    tried = dict(given)
    good = True
    while True:
        try:
            resolved = recorders.resolve(card.recorder, tried)
            return resolved if good else None
        except InputError as error:
            good = False
            culprit = next((name for name in tried if re.match(rf"{name}\b", str(error))), None)
            mistakes.add((*place, culprit) if culprit else place, str(error))
            if culprit is None:
                return None
            del tried[culprit]


def _as_typed(parameter: Parameter, value: Any, folder: FilePath) -> Any:
    """A value of the file as the recorder takes it: paths start at the script, texts may be as on the command line."""
    if _is_file(parameter) and isinstance(value, str) and value:
        return str(folder / value)
    if Named in get_args(parameter.annotation) and isinstance(value, str):
        return named.moved(value, folder)
    kind = base_type(parameter.annotation)
    if isinstance(value, str) and (kind in (int, float, bool) or get_origin(kind) in (dict, tuple)):
        return click_type(parameter).convert(value, None, None)
    return value


def _is_file(parameter: Parameter) -> bool:
    kinds = (parameter.annotation, *get_args(parameter.annotation))
    return File in kinds or dict[str, tuple[float, ...]] in kinds


def _no_path(parameter: Parameter, value: Any, folder: FilePath) -> str | None:
    """What is to be said of a path that no file can have, or whose backslashes became tabs and line breaks."""
    if not _is_file(parameter) or not isinstance(value, str):
        return None
    wrong = impossible(value)
    if wrong:
        return windows_paths.of_path(value) or f"{echo(value)} {wrong}."
    if FilePath(on_disk(folder / value)).exists():
        return None
    return windows_paths.of_path(value)
