"""Who speaks: what `--voice` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InputError
from engine.text.echo import echo
from pipeline import scratch
from pipeline.plan import VOICE_MISSING
from pipeline.values import path_of

if TYPE_CHECKING:
    from pipeline.lecture.timeline import Voice

NONE, ESPEAK, PIPER = "none", "espeak", "piper:"


@contextmanager
def voices(
    source: str, languages: Sequence[str], missing: str = VOICE_MISSING[0], use_cache: bool = True
) -> Iterator[Voice | None]:
    """What `--voice SOURCE` means, as a function from a language and its beats to their voices; None for no voice.

    The sound files it makes are there until the context ends. Raises InputError at once for what cannot speak.
    """
    if source == NONE:
        yield None
        return
    with scratch.folder() as folder:
        yield _chosen(source, languages, missing, folder, use_cache)


def _chosen(source: str, languages: Sequence[str], missing: str, folder: Path, use_cache: bool) -> Voice:
    from pipeline.voice import espeak
    from pipeline.voice.synthetic import SyntheticVoice

    if source == ESPEAK:
        return SyntheticVoice(espeak.espeak(), folder, use_cache)
    if source.startswith(PIPER):
        from pipeline.voice.piper import Piper

        piper = Piper(_home(source.removeprefix(PIPER)))
        for language in languages:
            piper.check(language)
        return SyntheticVoice(piper, folder, use_cache)
    from pipeline.voice.recorded import RecordedVoice
    from pipeline.voice.recordings import folder_for

    place = _home(source)
    folders = {language: folder_for(place, language, languages) for language in languages}
    stand_in = SyntheticVoice(espeak.espeak(), folder, use_cache) if missing == ESPEAK else None
    return RecordedVoice(folders, missing, stand_in, folder)


def _home(text: str) -> Path:
    """The path that ``text`` is, with ``~`` as the shell reads it."""
    try:
        return path_of(text).expanduser()
    except RuntimeError as error:  # "~name" of nobody
        raise InputError(f"{echo(text)} is in no home folder that there is: give the whole path.") from error
