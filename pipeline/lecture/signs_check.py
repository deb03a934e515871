"""Checks that every text of a lecture script that is shown can be drawn, before anything is made."""

from __future__ import annotations

from typing import Any

from engine.text.signs import complaint
from pipeline.lecture.mistakes import Mistakes
from pipeline.lecture.places import Path

SHOWN = frozenset(("title", "subtitle", "author", "date", "text", "caption", "captions"))


def check_signs(data: Any, mistakes: Mistakes, place: Path = (), shown: bool = False) -> None:
    """Look through a script's table; `shown` says whether what stands at `place` is seen by viewers.

    Parameters of scenes are looked at with the recorder's own, and names of files and parts are not shown.
    """
    if mistakes.full:
        return
    if isinstance(data, str) and shown:
        told = complaint(data)
        if told:
            name = next((str(key) for key in reversed(place) if key in SHOWN), "This text")
            mistakes.add(place, f"{name} {told}.")
    elif isinstance(data, dict):
        for key, one in data.items():
            if key != "parameters":
                check_signs(one, mistakes, (*place, key), shown or key in SHOWN)
    elif isinstance(data, list):
        for number, one in enumerate(data):
            check_signs(one, mistakes, (*place, number), shown)
