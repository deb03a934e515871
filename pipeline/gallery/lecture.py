"""The record beside a lecture, as far as the gallery shows it; what else it holds is left unread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import InputError
from pipeline.numbers import ShownNumber


class Loose(BaseModel):
    """What is asked for must be there; more may be."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class Beat(Loose):
    """One beat, in seconds of the lecture; its key is unique in it."""

    key: str
    name: str
    title: str
    start_s: float
    end_s: float


class Run(Loose):
    """The run that a scene shows, with every number on screen."""

    environment: dict[str, Any]
    rows: list[ShownNumber]


class Part(Loose):
    """One part: a scene with its run, or a card, picture or film without."""

    beats: list[Beat]
    run: Run | None


class Report(Loose):
    """``<lecture>.lecture.json``."""

    gradreel: str
    script: str
    title: str
    author: str
    language: str
    theme: str
    quality: str
    captions: str
    seconds: float
    parts: list[Part]


def read(path: Path) -> Report:
    """Read it; InputError when it is unreadable or something else."""
    try:
        return Report.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): make the lecture again.") from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is not a lecture's record: make the lecture again.") from error
