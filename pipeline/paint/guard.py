"""Which Manim this package was written against: it overrides methods whose callers are Manim's own business."""

from __future__ import annotations

from importlib import metadata

from engine.errors import RunError

WRITTEN_FOR = "0.22"


def check_manim() -> None:
    """Raise RunError, with what to do, when another Manim is installed."""
    installed = metadata.version("manim")
    if installed.split(".")[:2] != WRITTEN_FOR.split("."):
        raise RunError(
            f"gradreel draws with Manim {WRITTEN_FOR}, but {installed} is installed: "
            f"pip install 'manim[typst]=={WRITTEN_FOR}.*'"
        )
