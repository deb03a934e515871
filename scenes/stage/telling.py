"""How a film is told where a lecture changes that: in other words, slower, or as long as somebody speaks. No Manim."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.captions import FIELD

Moments = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Telling:
    """What differs from the usual, by beat; a beat that is not named is told as usual.

    reading_time: how many times as long as usual captions stay to be read and beats rest at their end.
    captions: own words; for each caption of the beat the ones that take its place (several are shown one after the
    other, none leaves the band empty).
    least_s: seconds that a beat must last. captions_s: seconds that each caption of a beat must stay, in order.
    """

    reading_time: float = 1.0
    captions: tuple[tuple[str, Moments], ...] = ()
    least_s: tuple[tuple[str, float], ...] = ()
    captions_s: tuple[tuple[str, tuple[float, ...]], ...] = ()

    def own(self, beat: str, moment: int) -> tuple[str, ...] | None:
        """The own words for the caption `moment` of `beat`; None for the film's."""
        moments = dict(self.captions).get(beat)
        return None if moments is None else moments[moment]

    def beat_s(self, beat: str) -> float:
        """How long `beat` must last."""
        return dict(self.least_s).get(beat, 0.0)

    def caption_s(self, beat: str, number: int) -> float:
        """How long the caption `number` of `beat`, as it is shown, must stay."""
        seconds = dict(self.captions_s).get(beat, ())
        return seconds[number] if number < len(seconds) else 0.0


USUAL = Telling()


def fields_of(template: str) -> set[str]:
    """The names of the numbers that `template` asks for."""
    return set(FIELD.findall(template))
