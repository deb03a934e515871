"""What films do on the stage: read the trace, take rooms of it, write its numbers into columns, clear it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from manim import Animation, FadeIn, LaggedStart, Mobject, VGroup

from scenes.parts.arrays.table import Bars, Cell, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.layout import row
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable, in_column
from scenes.stage.explainer import Explainer
from scenes.stage.provenance import Shown

TICKS_MOST = 6
SIGN_GAP = 0.2  # from a letter to the name of what it stands for
NAME_ROOM = 3.0  # for a name from the data in a table


class Stage(Explainer):
    """A film that draws a trace; the names of its series begin with `prefix`. `panel` is what the next beat clears.

    cleared_at: the beats whose panel is cleared with their title, and whether the formula goes too.
    """

    prefix = ""
    cleared_at: Mapping[str, bool] = MappingProxyType({})

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.panel = VGroup()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Parts may keep their film: animations copy what they move."""
        return self

    # -- reading ---------------------------------------------------------------------------------------------------

    def s(self, name: str) -> str:
        """The full name of a series."""
        return self.prefix + name

    def array(self, name: str) -> np.ndarray:
        """The values of a series."""
        return self.trace[self.s(name)].values

    def item(self, name: str) -> Any:
        """The value of a series that holds one."""
        return self.array(name).item()

    def vary(self, **holds: bool) -> None:
        """The caption variant of what holds of this run: of several, their names joined by "_"."""
        names = [name for name, one in holds.items() if one]
        if names:
            self.variant("_".join(names))

    # -- room ------------------------------------------------------------------------------------------------------

    @property
    def spare(self) -> float:
        """Where captions are not in the picture, their room belongs to stage and formula."""
        return 0.0 if self.captions == "burned" else style.CAPTION_ROOM

    @property
    def room(self) -> Box:
        """The stage above the formula band; larger where captions are not in the picture."""
        return Box(style.LEFT, style.RIGHT, style.STAGE_BOTTOM - self.spare, style.STAGE_TOP)

    @property
    def whole(self) -> Box:
        """The stage with the formula band, for a beat that needs no formula."""
        return Box(style.LEFT, style.RIGHT, style.WHOLE_BOTTOM - self.spare, style.STAGE_TOP)

    # -- writing ---------------------------------------------------------------------------------------------------

    def values(
        self,
        series: str,
        indices: Iterable[Any],
        form: str = "auto",
        px: float = style.TABLE_PX,
        role: str = "ink",
    ) -> list[Typeset]:
        """The values of a series at these indices (numbers or tuples), as texts."""
        places = (index if isinstance(index, tuple) else (index,) for index in indices)
        return [self.value(self.s(series), *place, form=form, px=px, colour=role) for place in places]

    def integer(self, series: str, *index: int) -> Shown:
        """A whole number of a series."""
        return self.number(self.s(series), *index, form="d")

    def column(
        self,
        series: str,
        places: Sequence[int | tuple[int, ...]],
        head: Typeset | None = None,
        role: str = "ink",
        form: str = "",
        px: float = style.TABLE_PX,
    ) -> Column:
        """Values of a series below each other, by default written so that they can be compared."""
        values = [self.array(series)[place] for place in places]
        return Column(self.values(series, places, form or in_column(values), px, role), head)

    def named(self, series: str, indices: Iterable[int], room: float = NAME_ROOM) -> list[Typeset]:
        """Names from the data, in the film's language, in at most `room` units."""
        return [self.fitted(self.name(self.s(series), i), room, style.LABEL_PX) for i in indices]

    def signs(self, sign: str, count: int, px: float = style.TABLE_PX) -> Column:
        """A sign between two columns, in so many rows."""
        return Column([self.words(sign, px, "muted") for _ in range(count)])

    def shares(
        self,
        series: str,
        places: Sequence[int],
        head: Typeset,
        role: str,
        form: str,
        below: Sequence[Cell] = (),
        px: float = style.TABLE_PX,
    ) -> list[Column | Bars]:
        """Values between 0 and 1 as bars and as numbers; `below` follows under the numbers."""
        lengths = [*(float(self.array(series)[i]) for i in places), *(None for _ in below)]
        return [Bars(lengths, role, head), Column([*self.values(series, places, form, px, role), *below])]

    def head(self, key: str, **fields: str) -> Typeset:
        """The head of a column or the words above a picture, from the film's labels."""
        return self.words(self.label(key, **fields), style.SMALL_PX, "muted")

    def ticks(
        self,
        series: str,
        *,
        form: str = "",
        most: int = TICKS_MOST,
        least: float = -np.inf,
        ends: bool = False,
        px: float = style.NUMBER_MIN_PX,
    ) -> dict[float, Typeset]:
        """Numbers of an axis by value: of the recorded ones at most so many, evenly, the last one among them.

        `form`: as compared with each other; "decade" for powers of ten. Those below `least` are left out.
        `ends`: the first one is among them too, and between the two they are as even as can be.
        """
        values = self.array(series)
        last, every = len(values) - 1, -(-len(values) // most)
        places = np.linspace(last, 0, min(most, last + 1)) if ends else range(last, -1, -every)
        shown = [int(i) for i in places if values[int(i)] >= least]
        form = form or comparable(values[shown])
        texts = self.values(series, shown, form, px, "muted")
        return {float(values[i]): text for i, text in zip(shown, texts, strict=True)}

    def zero_tick(self, *series: str, px: float = style.NUMBER_MIN_PX) -> dict[float, Typeset]:
        """The number of an axis for a measured 0, where one of these series has any."""
        zeros = ((one, int(i)) for one in series for i in np.flatnonzero(self.array(one) == 0))
        first = next(zeros, None)
        return {} if first is None else {0.0: self.value(self.s(first[0]), first[1], px=px, colour="muted")}

    def over(self, box: Box, text: str, sign: str = "") -> VGroup:
        """The name of a grid or a picture, above its box; `sign` is its letter in formulas (Typst math)."""
        signs = [self.math(sign, style.LABEL_PX)] if sign else []
        name = row([*signs, self.words(text, style.LABEL_PX, "muted")], SIGN_GAP)
        return name.shift([box.centre[0], box.top + style.NAME_ROOM / 2, 0])

    def sized(self, height: str, width: str = "") -> Shown:
        """Height × width from two series, or from one with an axis for the dimension."""
        if width:
            return self.join(self.number(height), "×", self.number(width))
        return self.join(self.number(height, 0), "×", self.number(height, 1))

    def facts(self, rows: Iterable[tuple[str, Typeset]], box: Box) -> Table:
        """Lines of a label and what belongs to it, at the two sides of a box."""
        keys, texts = zip(*rows, strict=True)
        names = [self.words(self.label(key), style.LABEL_PX, "muted") for key in keys]
        return Table(self.look, [Column(names, align="left"), Column(texts)], box, gap=box.width)

    def symbols(
        self, rows: Mapping[str, tuple[str, Typeset | None]], box: Box, px: float = style.TABLE_PX
    ) -> Table:
        """What the letters of a formula (Typst math) stand for: each with the label's words, and its number if any."""
        signs = [self.math(sign, px) for sign in rows]
        names = [self.words(self.label(key), px, "muted") for key, _ in rows.values()]
        columns = [Column(signs, align="centre"), Column(names, align="left")]
        numbers = Column([number for _, number in rows.values()])
        return Table(self.look, [*columns, numbers], box, gap=style.GAP, up="centre")

    def lines(self, rows: Iterable[tuple[str, Typeset]], box: Box, px: float = style.SMALL_PX) -> Table:
        """Lines of a label and a formula, which becomes smaller where it is too long."""
        keys, texts = zip(*rows, strict=True)
        heads = [self.words(self.label(key), px, "muted") for key in keys]
        columns = [Column(heads, align="left"), Column(texts, align="left", fits=True)]
        return Table(self.look, columns, box, gap=style.WIDE, up="centre", pitch=1.1)

    # -- showing ---------------------------------------------------------------------------------------------------

    def parting(self, name: str) -> list[Animation]:
        """A beat of `cleared_at` begins on a stage without a panel."""
        if name not in self.cleared_at:
            return []
        return [*self.clear_panel(), *(self.no_formula() if self.cleared_at[name] else [])]

    def clear_panel(self) -> list[Animation]:
        """Animations that take away what the panel holds; whoever shows the next one keeps it in `panel`."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []

    def show(self, *parts: Mobject, seconds: float = style.MOVE_S) -> None:
        """Put `parts` in place of the panel; they are the panel then."""
        gone = self.clear_panel()
        self.panel = VGroup(*parts)
        self.play(*gone, *((arrive(*parts),) if gone else (FadeIn(*parts),)), run_time=seconds)

    def one_by_one(self, parts: Iterable[Mobject], seconds: float = style.SLOW_S) -> None:
        """Parts appear after each other; those that can join the panel belong to it."""
        parts = list(parts)
        self.panel.add(*parts)
        self.play(LaggedStart(*(FadeIn(part) for part in parts), lag_ratio=0.25), run_time=seconds)
