"""`lecture --voice`: the lecture made with the voice that the command line names."""

from __future__ import annotations

from pathlib import Path

from pipeline.lecture.check import read
from pipeline.lecture.make import Options, lecture
from pipeline.plan import LANGUAGES
from pipeline.voice.casting import voices


def lecture_with_voice(file: Path, options: Options, source: str, missing: str) -> list[Path]:
    """Make the lecture of the script `file`, spoken by `source`; the films' paths.

    The script is checked first, then whether `source` can speak its languages, before anything is recorded or drawn.
    """
    languages = LANGUAGES[options.language or read(file).lecture.language]
    with voices(source, languages, missing, options.use_cache) as voice:
        return lecture(file, options, voice)
