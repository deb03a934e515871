"""How many steps a run takes at each of the settings that were tried, as recorded: the best ones ringed, some named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.scale import Scale
from scenes.parts.charts.setting_chart import SettingChart
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

BEYOND, PAD = (
    1.08,
    0.06,
)  # the highest number of steps; room beside the settings, as a share of what they span
SIGN_PX = 42


def best_tried(film: Stage, key: str, what: str) -> Shown:
    """Which of the settings that were tried is the best, and what it takes: label `{key}s_best`.

    `{key}s_two` where two are alike, `{key}s_many` for more, `{key}s_none` where no run arrives.
    """
    best, count = film.item(f"{key}s/best"), film.integer(f"{key}s/count")
    if best < 0:
        return film.label(f"{key}s_none", count=count)
    alike = _alike(film, key)
    one, other = (film.number(f"{key}s/{what}", i, form="short") for i in (alike[0], alike[-1]))
    label = {1: "best", 2: "two"}.get(len(alike), "many")
    steps = film.integer(f"{key}s/reached", best)
    return film.label(f"{key}s_{label}", count=count, setting=one, other=other, steps=steps)


def _alike(film: Stage, key: str) -> list[int]:
    """The settings that take no longer than the best one."""
    reached = film.array(f"{key}s/reached")
    return np.flatnonzero(reached == reached[film.item(f"{key}s/best")]).tolist()


class Sweep(SettingChart):
    """Reads `{key}s/{what}` (setting,), rising, `{key}s/reached` (−1: never), `{key}s/best`, `axis/{key}` and
    `axis/{key}_reached`; labels `tried` and `never` (with `{steps}`, the updates that each might take) or,
    for a single setting, `{key}s_never` (and with `{setting}`).

    sign: the setting's letter in formulas. `notes` are the numbers at the best setting, ringed, and at those `told` of,
    by the settings' places.
    """

    def __init__(
        self, film: Stage, box: Box, key: str, what: str, sign: str, role: str, told: Sequence[float]
    ) -> None:
        self.tried = tried = film.array(f"{key}s/{what}")
        reached = film.array(f"{key}s/reached")
        low, high = float(tried[0]), float(tried[-1])
        pad, ticks = PAD * (high - low), film.ticks(f"axis/{key}_reached")
        numbers = film.ticks(f"axis/{key}", least=low - pad)
        x = Axis(Scale(low - pad, high + pad), film.math(sign, SIGN_PX), numbers)
        name = film.words(film.label("tried"), colour="muted")
        y = Axis(Scale(0.0, BEYOND * max(float(reached.max()), 1.0, *ticks)), name, ticks)
        super().__init__(film.look, box, x, y, tried, np.where(reached < 0, np.nan, reached), role)
        best = film.item(f"{key}s/best")
        places = dict.fromkeys([best, *map(int, np.searchsorted(tried, told))])
        texts: dict[int, Typeset] = {
            i: film.value(f"{key}s/reached", i, px=style.LABEL_PX) for i in places if reached[i] >= 0 <= i
        }
        if (reached < 0).any():
            worst, given = int(np.argmin(reached)), {"steps": film.integer("rates/updates")}
            label = "never"
            if np.count_nonzero(reached < 0) == 1:
                label, given["setting"] = f"{key}s_never", film.number(f"{key}s/{what}", worst, form="short")
            texts[worst] = film.words(film.label(label, **given), style.LABEL_PX, "muted")
        self.notes = {i: VGroup(self.note(i, text)) for i, text in texts.items()}
        if best >= 0:
            self.notes[best].add(*(self.ring(i, "ink") for i in _alike(film, key)))
        self.panel = VGroup(self.frame, self.dots, *self.notes.values())

    def shows(self, setting: float) -> VGroup:
        """The dot of a setting, with its number where it has one."""
        i = int(np.searchsorted(self.tried, setting))
        return VGroup(self.dots[i], *([self.notes[i]] if i in self.notes else []))

    def rest(self, *settings: float) -> tuple[list[VMobject], list[VGroup]]:
        """The dots and the notes of all settings but these."""
        there = set(map(int, np.searchsorted(self.tried, settings)))
        dots = [dot for i, dot in enumerate(self.dots) if i not in there]
        return dots, [note for i, note in self.notes.items() if i not in there]
