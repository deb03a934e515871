"""A film's key: a digest of everything that decides on its pixels. Equal keys mean equal films."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import asdict
from functools import cache
from typing import Any

from engine import packages
from engine.files.digest import sha256
from engine.text import fonts
from engine.trace import Trace
from engine.trace.header import node_rows
from pipeline.film import FilmJob
from pipeline.sources import digests
from pipeline.studio.order import Order
from scenes.stage import text
from scenes.stage.card import found_in
from scenes.stage.style import LANGUAGES

DRAWING = "pipeline.film"  # the module that turns a trace into a film, with all it imports
# Registries name every film and recorder, and a new one must not make all films anew.
REGISTRIES = frozenset({"scenes", "engine.recorders"})


def film_key(order: Order) -> str:
    """sha256 hex over source code, texts, fonts, packages, the trace's numbers and every setting of the job."""
    card = order.job.card
    identity = {
        "job": asdict(order.job),
        "scene": [card.class_name, card.recorder, *card.active_beats(found_in(order.trace))],
        "trace": _of_trace(order.trace),
        "sources": digests((f"scenes.{order.job.slug}.film", DRAWING), without=REGISTRIES),
        "texts": _of_texts(order.job),
        "fonts": _of_fonts(),
        "packages": _of_packages(),
    }
    return _sha256(json.dumps(identity, sort_keys=True, ensure_ascii=True, default=list).encode())


def _of_trace(trace: Trace) -> list[Any]:
    """What a scene can read. The environment it was recorded in is not drawn."""
    about = {name: [one.axes, one.unit, one.source] for name, one in trace.series.items()}
    params = json.dumps(trace.params, default=dict)
    return [
        trace.recorder,
        trace.seed,
        params,
        dict(trace.flags),
        node_rows(trace.nodes),
        about,
        trace.digest(),
    ]


def _of_texts(job: FilmJob) -> str:
    """The scene's texts and the translated names, in the film's language only."""
    said = [_in_language(table, job.language) for table in (text.table(job.slug), text.terms())]
    return _sha256(json.dumps(said, sort_keys=True).encode())


def _in_language(table: Any, language: str) -> Any:
    """``table`` without the entries of other languages."""
    if not isinstance(table, dict):
        return table
    others = set(LANGUAGES) - {language}
    return {key: _in_language(value, language) for key, value in table.items() if key not in others}


@cache
def _of_fonts() -> dict[str, str]:
    return {file.name: sha256(file) for file in sorted(fonts.font_files())}


@cache
def _of_packages() -> list[Any]:
    """Versions of what draws, the C library under pycairo and FFmpeg's under PyAV included."""
    import av
    import cairo

    return [
        packages.versions(packages.DRAWING),
        cairo.cairo_version_string(),
        sorted(av.library_versions.items()),
        sys.version_info[:2],
        platform.machine(),
    ]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
