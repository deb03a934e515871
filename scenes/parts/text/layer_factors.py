"""What a layer makes of a gradient, as factors whose shown digits multiply up; and what all layers make, as a power."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from manim import Animation, VMobject

from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.text.source import num, quote
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown, format_value, read_number
from scenes.stage.run_stage import RunStage

LINE_PX = 46
NEAR_ONE = 0.1  # a factor no farther from 1 is said to be about 1
CLEARLY = 1.5  # times another size: it differs clearly
PLAIN = 0.1  # from here on three decimals say enough
DECIMALS = (".3f", "digits:4", ".4f", ".5f", ".6f")
DIGITS = ("short", "digits:4", "digits:5", "digits:6")
POWERS = ("short", "digits:2", ".2f", ".1f")  # fewer and fewer digits
Line = tuple[VMobject, Typeset, Typeset, Typeset]  # a sign, a name, a power, and what it is


class LayerFactors:
    """Of these runs: `slope_rms` × `rest` (× `stretch`, where a batch norm divides) ≈ `factor`; its power ≈ `ratio`.

    The film's labels are those of these series, `average`, and `powers` with {depth} in it.
    """

    def __init__(self, film: RunStage, runs: Iterable[int]) -> None:
        self.film, self.runs = film, list(runs)
        values = [film.item(film.of(run, "factor")) for run in self.runs]
        self.form = comparable(values, form=".3f" if min(values) > PLAIN else "short")

    def factor(self, run: int) -> Shown:
        """What a layer of a run keeps, on average."""
        return self.film.number(self.film.of(run, "factor"), form=self.form)

    @property
    def slopes_tell(self) -> bool:
        """Whether W is about 1 in all runs while their slopes differ clearly: these make the difference."""
        rests, slopes = (
            [self.film.item(self.film.of(run, key)) for run in self.runs] for key in ("rest", "slope_rms")
        )
        return max(abs(one - 1) for one in rests) < NEAR_ONE and max(slopes) > CLEARLY * min(slopes)

    def keys(self, run: int) -> list[str]:
        """The series whose product that is."""
        normed = bool(self.film.item(self.film.of(run, "batch_norm")))
        return ["slope_rms", "rest", *["stretch"] * normed]

    def parts(self, run: int) -> dict[str, Shown]:
        """These factors, in as few digits as multiply up to the one that is shown."""
        keys, film = self.keys(run), self.film
        values = [film.item(film.of(run, key)) for key in keys]
        forms = DECIMALS if min(values) > PLAIN else DIGITS
        whole = read_number(self.factor(run))

        def fits(form: str) -> bool:
            product = math.prod(read_number(format_value(value, form)) for value in values)
            return read_number(format_value(product, self.form)) == whole

        form = next(filter(fits, forms), forms[-1])
        return {key: film.number(film.of(run, key), form=form) for key in keys}

    def written(self, run: int) -> list[Animation]:
        """Animations that write all factors of a run into the formula band, each above what it is."""
        words = {
            **{key: f"word({quote(self.film.label(key))})" for key in ("slope_rms", "rest")},
            "stretch": "rule(1) \\/ sigma",
        }
        terms = " times ".join(f"underbrace({{{key}}}, {words[key]})" for key in self.keys(run))
        per = f"word({quote(self.film.label('average'))})"
        source = f"{terms} approx underbrace(gradient({{factor}}), {per})"
        return self.film.formula(source, LINE_PX, **self.parts(run), factor=self.factor(run))

    def column(self) -> Column:
        """What a layer of each run keeps, below each other."""
        cells = [self.film.words(self.factor(run), style.TABLE_PX, "gradient") for run in self.runs]
        return Column(cells, self.film.head("factor"))

    def table(self, box: Box, names: Mapping[int, Typeset]) -> Table:
        """A row for each run: its factors and their product."""
        film, parts = self.film, [self.parts(run) for run in self.runs]
        f, w = (
            Column([film.words(one[key], style.TABLE_PX) for one in parts], film.head(key))
            for key in ("slope_rms", "rest")
        )
        count = len(self.runs)
        columns = [f, film.signs("×", count), w, film.signs("≈", count), self.column()]
        return film.run_table(box, names, columns, gap=style.GAP)

    def made(self, run: int) -> tuple[Typeset, Typeset]:
        """The factor of a run to the power of the layers, and what was measured."""
        return self.power(self.factor(run), self._ratio(run))

    def power(self, factor: Shown, ratio: Shown) -> tuple[Typeset, Typeset]:
        """A factor to the power of the layers, and what that is."""
        depth = self.film.number("depth", form="d")
        power = self.film.math(f"gradient({num(factor)})^{num(depth)}", style.FORMULA_PX)
        return power, self.film.words(ratio, style.FORMULA_PX)

    def powers(self, box: Box, names: Mapping[int, Typeset], above: Sequence[Line] = ()) -> Table:
        """A row for each run, below lines of others: its factor to the power of the layers, and what was measured."""
        film = self.film
        own = [(film.sign(run), name, *self.made(run)) for run, name in names.items()]
        signs, texts, powers, ratios = zip(*above, *own, strict=True)
        depth = film.number("depth", form="d")
        columns = [
            Column(signs),
            Column(texts, align="left"),
            Column(powers, film.head("powers", depth=depth)),
        ]
        last = Column(ratios, film.head("ratio"))
        columns += [film.signs("≈", len(texts)), last]
        return Table(film.look, columns, box, up="centre", pitch=1.0, gap=1.6 * style.GAP)

    def _ratio(self, run: int) -> Shown:
        """In as many digits as the power of the shown factor has in common with it."""
        film, ratio = self.film, self.film.item(self.film.of(run, "ratio"))
        power = read_number(self.factor(run)) ** film.item("depth")
        alike = (form for form in POWERS if format_value(power, form) == format_value(ratio, form))
        return film.number(film.of(run, "ratio"), form=next(alike, POWERS[1]))
