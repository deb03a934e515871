"""The films as a user of plain Manim would render them: `manim render bench/manim_films.py Forward …`.

The scene classes are gradreel's own; only what `manim render` cannot give them (trace, language, theme) is filled
in here, from a warm trace cache.
"""

from __future__ import annotations

import os
from typing import Any

from pipeline.record import obtain
from scenes import SCENES
from scenes.style import LOOKS

LANGUAGE = os.environ.get("BENCH_LANGUAGE", "ko")
THEME = os.environ.get("BENCH_THEME", "dark")


def _for_manim(card: Any) -> type:
    class Film(card.load()):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            super().__init__(obtain(card.recorder, {}), language=LANGUAGE, theme=THEME, **options)
            self.camera.background_color = LOOKS[THEME].background

    Film.__name__ = Film.__qualname__ = f"{card.class_name}InManim"
    Film.__module__ = __name__
    return Film


globals().update({film.__name__: film for film in map(_for_manim, SCENES)})
