"""Every optimiser's path in a small map of its own, and their update rules side by side."""

from __future__ import annotations

from manim import VGroup

from scenes.momentum.map import SurfaceMap
from scenes.momentum.table import title
from scenes.momentum.words import outcome
from scenes.parts.box import Box
from scenes.parts.layout import fit
from scenes.parts.table import Column, Table
from scenes.stage import style
from scenes.stage.stage import Stage

RULES = {
    "sgd": "theta <- theta - eta nabla f",
    "momentum": "v <- beta v + nabla f, quad theta <- theta - eta v",
    "nesterov": "v <- beta v + nabla f, quad theta <- theta - eta (nabla f + beta v)",
    "adagrad": "s <- s + (nabla f)^(rule(2)), quad theta <- theta - eta (nabla f) \\/ (sqrt(s) + epsilon)",
    "rmsprop": "s <- alpha s + (rule(1) - alpha) (nabla f)^(rule(2)), quad "
    "theta <- theta - eta (nabla f) \\/ (sqrt(s) + epsilon)",
    "adam": "theta <- theta - eta hat(m) \\/ (sqrt(hat(s)) + epsilon)",
    "adamw": "theta <- theta - eta (hat(m) \\/ (sqrt(hat(s)) + epsilon) + lambda theta)",
}
TITLE_HEIGHT = 0.4
COLUMNS = ((4, 2), (6, 3), (8, 4))  # up to so many maps, so many beside each other


class Family:
    """Small maps, each below its optimiser's name; `paths` and `results` by optimiser."""

    def __init__(self, film: Stage, box: Box) -> None:
        names = [str(name) for name in film.array("optimisers")]
        columns = next(columns for most, columns in COLUMNS if len(names) <= most)
        boxes = box.grid(-(-len(names) // columns), columns)
        self.cards, self.paths, self.results = [], {}, {}
        for name, place in zip(names, boxes, strict=False):
            top = place.without(bottom=place.height - TITLE_HEIGHT)
            small = SurfaceMap(film, place.without(top=TITLE_HEIGHT), small=True)
            head = fit(title(film, name, "ink", "bold", style.SMALL_PX), top, "left")
            start = small.ball(film.array("start"), "ink", 0.06)
            self.cards.append(VGroup(small.group, head, start))
            self.paths[name] = small.trail(small.path(name), "positive", 3.5)
            result = film.words(outcome(film, name, "short"), style.SMALL_PX)
            self.results[name] = fit(result, top.without(left=head.width + style.GAP), "right")


def rules(film: Stage, box: Box) -> Table:
    """Name, update rule and outcome of every optimiser, from top to bottom."""
    names = [str(name) for name in film.array("optimisers")]
    columns = [
        Column([title(film, name, "ink", "bold") for name in names], align="left"),
        Column([film.math(RULES[name], 42) for name in names], align="left", fits=True),
        Column([film.words(outcome(film, name, "short"), style.LABEL_PX) for name in names]),
    ]
    return Table(film.look, columns, box, up="centre", pitch=0.95)
