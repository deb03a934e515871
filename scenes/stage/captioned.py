"""A film's clock and its caption band: what films of scenes and cards of lectures share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Scene, VGroup

from scenes.parts.text.typeset import words
from scenes.stage import style
from scenes.stage.captions import Cue, reading_seconds, wrap
from scenes.stage.provenance import Shown, readings_of


class Captioned(Scene):
    """A Manim scene that counts its own frames and shows captions one after the other.

    `beat` is what plays now; `reading_time` multiplies how long captions stay.
    """

    beat = ""
    dry = False
    reading_time = 1.0

    def __init__(
        self,
        *,
        language: str,
        theme: str,
        captions: str = "burned",
        renderer: Any = None,
        on_progress: Callable[[float, str], None] = lambda seconds, beat: None,
    ) -> None:
        super().__init__(renderer=renderer)
        self.language, self.captions = language, captions
        self.look = style.LOOKS[theme]
        self.on_progress = on_progress
        self.cues: list[Cue] = []
        self.shown_captions = 0  # in this beat
        self._skipped_s = (
            0.0  # of animations that only set the stage: Manim's clock counts them, the clip's does not
        )
        self._cue: tuple[float, str, tuple[str, ...]] | None = None
        self._waiting: list[str] = []
        self._caption: VGroup = VGroup()

    # -- time ----------------------------------------------------------------------------------------------------

    @property
    def clip_time(self) -> float:
        """Seconds of film written so far."""
        return self.frames / float(self.camera.frame_rate)

    @property
    def frames(self) -> int:
        """Frames of film written so far."""
        return round((float(self.renderer.time) - self._skipped_s) * float(self.camera.frame_rate))

    @property
    def writing(self) -> bool:
        """Whether what plays is part of the clip."""
        return not self.dry

    def play(self, *animations: Any, **options: Any) -> None:
        """Play, then report how far the film is. Nothing to play is no play."""
        if not animations:
            return
        before_s = float(self.renderer.time)
        super().play(*animations, **options)
        if not self.writing:
            self._skipped_s += float(self.renderer.time) - before_s
        self.on_progress(self.clip_time, self.beat)

    def hold(self, seconds: float) -> None:
        """Keep the picture for `seconds`, rounded up to whole frames."""
        frames = int(np.ceil(seconds * float(self.camera.frame_rate) - 1e-6))
        if frames > 0 and self.writing:
            # Manim truncates duration * rate, so the half frame makes the count exact at every rate.
            super().wait((frames + 0.5) / float(self.camera.frame_rate), frozen_frame=True)
            self.on_progress(self.clip_time, self.beat)

    # -- captions ------------------------------------------------------------------------------------------------

    def tell(self, *texts: str) -> None:
        """Show `texts` one after the other, after what was told before has been up long enough to read.

        The first one is there at once, the others while the picture waits for them; no text clears the band.
        """
        self._finish_cue()
        self._close_cue()
        self._waiting = list(texts)
        self._next_cue()

    def told(self, text: str) -> None:
        """A caption begins."""

    def least_s(self, number: int) -> float:
        """How long the caption `number` of this beat must stay besides being read."""
        return 0.0

    def _next_cue(self) -> None:
        text = ""
        lines: tuple[str, ...] = ()
        if self._waiting:
            text = self._waiting.pop(0)
            lines = wrap(text, self.language)
            self._cue = (self.clip_time, text, lines)
            self.told(text)
        if self.captions == "burned":
            self.remove(self._caption)
            self._caption = VGroup(
                *(words(Shown(line, readings_of(text)), self.look, style.CAPTION_PX) for line in lines)
            )
            for i, line in enumerate(self._caption):
                line.centre_at(
                    np.array([0, style.CAPTION_Y - (i - (len(lines) - 1) / 2) * style.CAPTION_LEADING, 0])
                )
            self.add(self._caption)

    def _finish_cue(self) -> None:
        while self._cue is not None:
            start_s, text, _ = self._cue
            reading_s = self.reading_time * reading_seconds(text, self.language)
            self.hold(start_s + max(reading_s, self.least_s(self.shown_captions)) - self.clip_time)
            if not self._waiting:
                return
            self._close_cue()
            self._next_cue()

    def _close_cue(self) -> None:
        if self._cue is not None:
            self.shown_captions += 1
            if self.writing:
                start_s, _, lines = self._cue
                self.cues.append(Cue(start_s, self.clip_time, lines, self.beat))
        self._cue = None
