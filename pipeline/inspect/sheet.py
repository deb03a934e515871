"""The contact sheet: every beat's last frame and the middle of each motion, problems outlined and numbered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.text.fonts import font_folder
from pipeline.console import clock
from pipeline.inspect.problems import Problem
from pipeline.inspect.stage import Box, Moment
from scenes.stage.style import FRAME_HEIGHT, FRAME_WIDTH

COLUMNS = 6
TILE_W, TILE_H = 384, 216
GAP, HEAD, BEAT_HEAD, FOOT = 12, 64, 40, 40
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
PAPER, INK, MUTED, MARK, REST = "#F4F5F7", "#111827", "#565D68", "#D3163A", "#2452E0"


@dataclass
class Tile:
    """One small frame, with what was being said."""

    moment: Moment
    picture: Image.Image
    caption: str


def small(frame: np.ndarray) -> Image.Image:
    """A frame (height, width, 3) at a tile's size."""
    return Image.fromarray(frame).resize((TILE_W, TILE_H), Image.Resampling.LANCZOS)


def write_sheet(path: Path, title: str, tiles: Sequence[Tile], problems: Sequence[Problem]) -> None:
    """Draw the sheet and save it as PNG: a row of tiles for each beat, in the order of the film."""
    beats = list(dict.fromkeys(tile.moment.beat for tile in tiles))
    rows = {beat: [tile for tile in tiles if tile.moment.beat == beat] for beat in beats}
    lines = sum(-(-len(row) // COLUMNS) for row in rows.values())
    size = (GAP + COLUMNS * (TILE_W + GAP), HEAD + len(beats) * BEAT_HEAD + lines * (TILE_H + FOOT + GAP))
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((GAP, 16), title, INK, _font(26, 700))
    y = HEAD
    for beat, row in rows.items():
        draw.text((GAP, y + 4), beat, INK, _font(22, 700))
        y += BEAT_HEAD
        for start in range(0, len(row), COLUMNS):
            for column, tile in enumerate(row[start : start + COLUMNS]):
                _tile(sheet, draw, tile, (GAP + column * (TILE_W + GAP), y), problems)
            y += TILE_H + FOOT + GAP
    sheet.quantize(256, dither=Image.Dither.NONE).save(path, format="PNG", optimize=True)


def _tile(
    sheet: Image.Image,
    draw: ImageDraw.ImageDraw,
    tile: Tile,
    at: tuple[int, int],
    problems: Sequence[Problem],
) -> None:
    x, y = at
    sheet.paste(tile.picture, at)
    last = tile.moment.kind == "last"
    colour, width = (REST, 3) if last else (MUTED, 1)
    draw.rectangle(
        (x - width, y - width, x + TILE_W + width - 1, y + TILE_H + width - 1), outline=colour, width=width
    )
    said = f"{clock(tile.moment.time_s)}  {tile.caption}" + ("  (end)" if last else "")
    draw.text((x, y + TILE_H + 5), _cut(draw, with_carets(said)), INK if last else MUTED, _font(15, 400))
    for number, problem in enumerate(problems, 1):
        if problem.moment == tile.moment.index:
            _mark(draw, at, number, problem.boxes)


def _mark(draw: ImageDraw.ImageDraw, at: tuple[int, int], number: int, boxes: Sequence[Box]) -> None:
    """Outline the boxes of a problem and put its number at the first; without a box, at the tile's corner."""
    corner = (at[0] + 4, at[1] + 4)
    for place, box in enumerate(boxes):
        left, top = _pixel(box[0], box[3], at)
        right, bottom = _pixel(box[2], box[1], at)
        draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), outline=MARK, width=2)
        if place == 0:
            corner = (min(max(left - 2, at[0]), at[0] + TILE_W - 24), max(top - 20, at[1]))
    label, font = str(number), _font(13, 700)
    width = int(draw.textlength(label, font)) + 10
    draw.rectangle((*corner, corner[0] + width, corner[1] + 17), fill=MARK)
    draw.text((corner[0] + 5, corner[1] - 1), label, "#FFFFFF", font)


def _pixel(x: float, y: float, at: tuple[int, int]) -> tuple[int, int]:
    """A point of the frame on the sheet, kept inside its tile."""
    across = (x / FRAME_WIDTH + 0.5) * TILE_W
    down = (0.5 - y / FRAME_HEIGHT) * TILE_H
    return at[0] + round(min(max(across, 2), TILE_W - 3)), at[1] + round(min(max(down, 2), TILE_H - 3))


def with_carets(text: str) -> str:
    """Raised signs as 10^-20: a font that is not typeset lacks most of them."""
    return RAISED.sub(lambda run: "^" + unicodedata.normalize("NFKC", run[0]).replace("\u2212", "-"), text)


def _cut(draw: ImageDraw.ImageDraw, text: str) -> str:
    font = _font(15, 400)
    while draw.textlength(text, font) > TILE_W and len(text) > 1:
        text = text.rstrip("…")[:-1] + "…"
    return text


def _font(px: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(next(font_folder().glob("*.ttf")), px)
    font.set_variation_by_axes([weight])
    return font
