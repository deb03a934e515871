"""The first layer of a trained net: its filters before and after training, and what each makes of one digit."""

from __future__ import annotations

from manim import VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.cells import Cells
from scenes.parts.image import Picture, framed, grey, ramp
from scenes.parts.kernel import KernelCells
from scenes.parts.place import at
from scenes.parts.typeset import Typeset
from scenes.stage import style

FILTERS_MAX = 8
DIGIT_X, DIGIT_Y, DIGIT_SIDE = -5.3, 0.55, 1.9
LEFT, FILTER_Y, MAP_Y = -4.0, 1.5, -0.6
SIDE = 1.14


class LearnedFilters:
    """A digit left; for each filter a column of its weights and its map."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        self.count = min(len(film.array("learned/weight")), FILTERS_MAX)
        self.step = (style.RIGHT - LEFT) / self.count
        self.side = min(SIDE, self.step - 0.22)
        pixel = film.array("learned/pixel")
        picture = Picture(grey(pixel, float(pixel.min()), float(pixel.max())), DIGIT_SIDE, DIGIT_SIDE)
        self.digit = framed(picture.move_to(at(DIGIT_X, DIGIT_Y)), film.look)
        name = film.join(film.label("digit"), " ", film.number("learned/label", form="d"))
        self.digit_name = film.words(name, style.LABEL_PX, "muted").centre_at(at(DIGIT_X, DIGIT_Y + 1.25))
        guess = film.join(film.label("prediction"), " ", film.number("learned/prediction", form="d"))
        self.maps = self._maps()
        self.heads = [self._head("weights", FILTER_Y), self._head("maps", MAP_Y)]
        self.prediction = film.words(guess, style.LABEL_PX + 4).centre_at(at(DIGIT_X, DIGIT_Y - 1.3))

    def x(self, k: int) -> float:
        """The middle of a filter's column."""
        return LEFT + (k + 0.5) * self.step

    def _head(self, key: str, y: float) -> Typeset:
        """What a row shows, above its first column."""
        film = self.film
        name = film.words(film.label(key), style.LABEL_PX, "muted")
        return name.left_at(at(self.x(0) - self.side / 2, y + self.side / 2 + 0.3))

    def filters(self, series: str) -> list[Cells]:
        """Weights as small tiles with their signs."""
        film, out = self.film, []
        weights = film.array(series)
        pitch = self.side / max(weights.shape[1:])
        for k in range(self.count):
            cells = KernelCells(
                film, series, (pitch, pitch), (self.x(k), FILTER_Y), k,
                limit=float(film.item("learned/limit")), numbers=False,
            )  # fmt: skip
            for place in cells.places():
                sign = "−" if weights[k][place] < 0 else "+"
                cells.put(*place, film.words(sign, style.NUMBER_MIN_PX, "ink"))
            out.append(cells)
        return out

    def _maps(self) -> list[VGroup]:
        """What each filter makes of the digit, after ReLU: nothing to full."""
        film, out = self.film, []
        relu, limit = film.array("learned/relu"), float(film.item("learned/map_limit"))
        for k in range(self.count):
            rgb = ramp(relu[k] / (limit or 1.0), film.look, "activation")
            picture = Picture(rgb, self.side, self.side).move_to(at(self.x(k), MAP_Y))
            out.append(framed(picture, film.look))
        return out
