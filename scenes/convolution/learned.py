"""The first layer of a trained net: its filters before and after training, and what each makes of one digit."""

from __future__ import annotations

from manim import VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.box import Box
from scenes.parts.image import grey, pictured, ramp
from scenes.parts.image_grid import ImageGrid
from scenes.parts.layout import column
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style

FILTERS_MAX = 8


class LearnedFilters:
    """A digit left; for each filter a column of its first weights, its learned ones, and its map."""

    def __init__(self, film: ConvStage, box: Box) -> None:
        self.film = film
        left, right = box.columns(1, 4.6)
        pixel, look = film.array("learned/pixel"), film.look
        picture = pictured(grey(pixel, float(pixel.min()), float(pixel.max())), look, left)
        texts = [
            film.words(film.join(film.label(key), " ", film.number(f"learned/{series}", form="d")), px, role)
            for key, series, px, role in (
                ("digit", "label", style.LABEL_PX, "muted"),
                ("prediction", "prediction", style.TITLE_PX, "ink"),
            )
        ]
        self.digit = VGroup(texts[0], picture)
        self.prediction = texts[1]
        column([texts[0], picture, texts[1]], align="centre").move_to(left.centre)
        count = min(len(film.array("learned/weight")), FILTERS_MAX)
        heads = [film.head(key) for key in ("before", "after", "maps")]
        self.grid = ImageGrid(right, count, (self._before, self._after, self._map), heads)

    def _before(self, k: int, box: Box) -> VMobject:
        return self._weights("learned/weight_before", k, box)

    def _after(self, k: int, box: Box) -> VMobject:
        return self._weights("learned/weight", k, box)

    def _weights(self, series: str, k: int, box: Box) -> SeriesCells:
        """Weights as small tiles with their signs."""
        film = self.film
        limit = float(film.item("learned/limit"))
        cells = SeriesCells(film, series, k, limit=limit, numbers=False).into(box).fill()
        for place in cells.places():
            sign = "−" if film.array(series)[k][place] < 0 else "+"
            cells.put(place, film.words(sign, style.NUMBER_MIN_PX))
        return cells

    def _map(self, k: int, box: Box) -> VMobject:
        """What a filter makes of the digit, after ReLU: nothing to full."""
        share = self.film.array("learned/relu")[k] / (float(self.film.item("learned/map_limit")) or 1.0)
        return pictured(ramp(share, self.film.look, "activation"), self.film.look, box)
