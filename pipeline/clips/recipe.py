"""What was asked for, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InputError
from pipeline.clips.formats import NAMES, USUAL, USUAL_TRANSPARENT, Format, named

if TYPE_CHECKING:
    from pipeline.film import Quality

NARROWEST_PX = 96
SMALLEST_MB, LARGEST_MB = 0.01, 100_000.0
MB = 1_000_000  # the smaller of the two that are meant by it, so that a limit holds either way


@dataclass(frozen=True)
class Recipe:
    """How to write clips.

    width: px of every file, None for each format's own. max_bytes: of each file, None for any.
    """

    formats: tuple[Format, ...]
    transparent: bool = False
    loop: bool = False
    width: int | None = None
    max_bytes: int | None = None

    def size(self, one: Format, quality: Quality) -> tuple[int, int]:
        """Width and height in px of a file of that format."""
        width = min(self.width or one.width or quality.width, quality.width)
        return width, height_for(width, one, quality)


def height_for(width: int, one: Format, quality: Quality) -> int:
    """The height that keeps the shape of the film, even where the format needs that."""
    exact = width * quality.height / quality.width
    return 2 * round(exact / 2) if one.even else round(exact)


def read(
    formats: Sequence[str],
    output: Path | None,
    quality: Quality,
    *,
    transparent: bool,
    loop: bool,
    width: int | None,
    max_mb: float | None,
) -> Recipe:
    """The recipe of these options. Raises InputError for what cannot be."""
    chosen = [named(name) for name in dict.fromkeys(formats)] or _usual(output, transparent)
    recipe = Recipe(tuple(chosen), transparent, loop, width, _bytes(max_mb))
    _check_transparency(recipe)
    _check_width(recipe, quality)
    if loop and not any(one.moves for one in chosen):
        raise InputError("A png does not move: leave --loop out, or choose another --format.")
    return recipe


def _usual(output: Path | None, transparent: bool) -> list[Format]:
    """What -o says by its suffix, or else the usual formats."""
    suffix = "" if output is None or output.is_dir() else output.suffix.lower().removeprefix(".")
    if suffix in NAMES:
        return [named(suffix)]
    return [named(name) for name in (USUAL_TRANSPARENT if transparent else USUAL)]


def _bytes(max_mb: float | None) -> int | None:
    if max_mb is None:
        return None
    if not SMALLEST_MB <= max_mb <= LARGEST_MB:  # not for NaN either
        raise InputError(
            f"--max-mb {max_mb:g} cannot be: give megabytes between {SMALLEST_MB:g} and {LARGEST_MB:g}, such as 20."
        )
    return int(max_mb * MB)


def _check_transparency(recipe: Recipe) -> None:
    if recipe.transparent and any(one.alpha == "none" for one in recipe.formats):
        raise InputError(
            "An mp4 cannot be transparent: choose webm, mov, webp, png or gif (hard edges), or leave "
            "--transparent out."
        )


def _check_width(recipe: Recipe, quality: Quality) -> None:
    width = recipe.width
    if width is None:
        return
    if width > quality.width:
        raise InputError(
            f"--width {width} is wider than the film is drawn at {quality.name} ({quality.width} px): "
            f"choose at most {quality.width}, or a larger -q."
        )
    if width < NARROWEST_PX:
        raise InputError(f"--width {width} is too narrow to see anything: choose {NARROWEST_PX} or more.")
    even = [one.name for one in recipe.formats if one.even]
    if width % 2 and even:
        raise InputError(f"{even[0]} needs an even width: give --width {width - 1} or {width + 1}.")
