"""Every optimiser's path in a small map of its own, and their update rules side by side."""

from __future__ import annotations

from manim import VGroup

from scenes.momentum.map import SurfaceMap
from scenes.momentum.table import outcome_words
from scenes.parts.place import at
from scenes.stage import style
from scenes.stage.explainer import Explainer

TOP, BOTTOM = 2.75, -1.35
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


class Family:
    """Small maps in two rows; `paths` by optimiser."""

    def __init__(self, film: Explainer) -> None:
        names = [str(name) for name in film.trace["optimisers"].values]
        columns = 2 if len(names) <= 4 else 3 if len(names) <= 6 else 4
        rows = -(-len(names) // columns)
        pitch_x, pitch_y = 13.0 / columns, (TOP - BOTTOM) / rows
        self.cards, self.paths, self.results = [], {}, {}
        for i, name in enumerate(names):
            row, column = divmod(i, columns)
            in_row = min(columns, len(names) - row * columns)
            x = (column - (in_row - 1) / 2) * pitch_x
            top = TOP - row * pitch_y
            width, height = min(pitch_x - 0.5, 5.6), pitch_y - 0.7
            small = SurfaceMap(film, (x, top - 0.45 - height / 2), width, height, small=True)
            role = "positive"
            title = film.words(film.name("optimisers", i), style.SMALL_PX, "ink", "bold")
            title.left_at(at(x - width / 2, top - 0.2))
            line = small.line(small.path(name), role, 3.5)
            start = small.at(*film.trace["start"].values)
            self.cards.append(VGroup(small.group, title, small.dot(start, "ink", 0.06)))
            self.paths[name] = line
            self.results[name] = outcome_words(film, name, style.SMALL_PX).right_at(
                at(x + width / 2, top - 0.2)
            )


def rule_rows(film: Explainer) -> list[VGroup]:
    """Name, update rule and outcome of every optimiser, from top to bottom."""
    names = [str(name) for name in film.trace["optimisers"].values]
    pitch = min(0.84, (TOP - BOTTOM) / len(names))
    rows = []
    for i, name in enumerate(names):
        y = TOP - 0.4 - i * pitch
        title = film.words(film.name("optimisers", i), style.LABEL_PX, "ink", "bold").left_at(at(-6.3, y))
        rule = film.math(RULES[name], 38)
        rule.move_to(at(-4.2 + rule.width / 2, y))
        result = outcome_words(film, name, style.LABEL_PX).right_at(at(6.4, y))
        rows.append(VGroup(title, rule, result))
    return rows
