"""Signs in formulas that nobody has introduced yet: neither this film up to now nor a film before it in the course."""

from __future__ import annotations

from typing import Any

from pipeline.inspect.births import Birth
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Moment
from scenes import SCENES
from scenes.stage.text.symbols import introduced, signs


class Symbols:
    """Looks at every formula once. What a recorded expression calls its own variables needs no table."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._seen: set[Birth] = set()
        self._films = [card.slug for card in SCENES]

    def check(self, moment: Moment, film: Any) -> None:
        """Report what a moment's formulas show too early."""
        slug = film.card.slug
        if slug not in self._films:
            self._films.append(slug)  # a film of somebody's own follows the course
        own = {sign for name in film.own_signs for sign in signs(f"$ {name} $")}
        for text in moment.texts:
            if text.birth in self._seen:
                continue
            self._seen.add(text.birth)
            for sign in dict.fromkeys(signs(text.birth.source)):
                if sign not in own and not self._known(sign, slug, film.beats, moment.beat):
                    self.ledger.add(
                        "unknown-symbol",
                        moment,
                        (text.birth,),
                        f"{sign} has not been introduced.",
                        boxes=(text.box,),
                        allowed=text.allowed,
                    )

    def _known(self, sign: str, slug: str, beats: tuple[str, ...], beat: str) -> bool:
        until = beats[: beats.index(beat) + 1]
        return any(row.film != slug or row.beat in until for row in introduced(sign, slug, self._films))
