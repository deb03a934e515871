"""How many windows are there? One row of an input, and the formula's question: the windows answer it."""

from __future__ import annotations

from collections.abc import Mapping

from manim import VGroup

from scenes.parts.arrays.signal import Signal
from scenes.parts.room.box import Box
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.output_size import PLAIN, PX, RULE_PX
from scenes.stage import style
from scenes.stage.stage import Stage

ASK_S, RUN_S = 1.2, 1.7


class SizeQuestion(VGroup):
    """Under `key`: input, kernel, left. `told` are texts by letter; labels strip {n} and stops {o} name the rows."""

    def __init__(self, film: Stage, key: str, told: Mapping[str, str], box: Box) -> None:
        self.film, self.told = film, told
        texts = film.label("strip", n=told["n"]), film.label("stops", o="?"), film.label("stops", o=told["o"])
        strip, self.unknown, self.known = (film.words(text, PX) for text in texts)
        count, kernel = (int(film.item(f"{key}/{name}")) for name in ("input", "kernel"))
        lefts = film.array(f"{key}/left").tolist()
        self.signal = Signal((strip, self.unknown), box.without(bottom=style.GAP), count, kernel, lefts)
        super().__init__(self.signal.row, self.signal.names, self.signal.window)

    def ask(self) -> None:
        """The formula with a question mark, and time to think; then the window goes along the row."""
        film = self.film
        film.play(*film.formula(f'o = {PLAIN[1]} = word("?")', RULE_PX, **self.told), run_time=style.QUICK_S)
        film.hold(ASK_S)
        film.play(*self.signal.run(), run_time=RUN_S)
        self.add(self.signal.stops)

    def answer(self) -> None:
        """The formula worked out (`q` is the quotient), and the first stop framed: it counts, too."""
        solved = self.film.formula(f"o = {PLAIN[1]} = {{q}} + rule(1) = {{o}}", RULE_PX, **self.told)
        first = self.signal.stops[0][1].animate.set_stroke(self.film.look.ink, style.STRONG)
        names = leave(self.unknown), arrive(self.signal.below(self.known))
        self.film.play(*solved, *names, first, run_time=style.QUICK_S)
        self.signal.names.remove(self.unknown).add(self.known)
