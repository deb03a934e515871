"""The record beside a lecture, as far as the gallery shows it; what else it holds is left unread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from pipeline import json_records
from pipeline.json_records import Listed
from pipeline.numbers import ShownNumber

SCHEMA = 1  # of lectures' records


class Loose(BaseModel):
    """What is asked for must be there; more may be."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, allow_inf_nan=False)


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
    rows: Listed[ShownNumber]


class Part(Loose):
    """One part: a scene with its run, or a card, picture or film without."""

    beats: Listed[Beat]
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
    parts: Listed[Part]


def read(path: Path) -> Report:
    """Read it; InputError when it is unreadable or something else."""
    return json_records.read(
        path, Report, SCHEMA, "a lecture's record", "the lecture", "Make the lecture again"
    )
