"""The films as a user of plain Manim would render them: `manim render bench/manim_films.py Forward …`.

The scene classes are gradreel's own; only what `manim render` cannot give them (trace, language, theme, bitmaps as
Manim's images) is filled in here, from a warm trace cache.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent))

from manim.renderer.cairo_renderer import CairoRenderer
from manim_camera import ImageCamera

from pipeline.record import obtain
from scenes import SCENES
from scenes.stage.explainer import film_class
from scenes.stage.style import LOOKS

LANGUAGE = os.environ.get("BENCH_LANGUAGE", "ko")
THEME = os.environ.get("BENCH_THEME", "dark")


def _for_manim(card: Any) -> type:
    class Film(film_class(card)):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            options.setdefault("renderer", CairoRenderer(camera_class=ImageCamera))
            super().__init__(obtain(card.recorder, {}), language=LANGUAGE, theme=THEME, **options)
            self.camera.background_color = LOOKS[THEME].background

    Film.__name__ = Film.__qualname__ = f"{card.class_name}InManim"
    Film.__module__ = __name__
    return Film


globals().update({film.__name__: film for film in map(_for_manim, SCENES)})
