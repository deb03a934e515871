"""Captions against their limits: length of a line, and time to read."""

from __future__ import annotations

from typing import Any

from pipeline.inspect.births import Birth, birth_of
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Box, Moment, union, zone_of
from scenes.stage import style
from scenes.stage.captions import Cue, fits, reading_seconds


class Captions:
    """Lines that are too long, and cues that are gone before they can be read."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._shown: list[tuple[Moment, Birth, Box]] = []
        self._caption: Any = None

    def check(self, moment: Moment, film: Any) -> None:
        """Note which line of the scene said what is now in the caption's zone."""
        caption = film.zones().get("caption")
        if caption is not None and len(caption) and caption is not self._caption:
            lines = [item.box for item in moment.items if zone_of(item) == "caption"]
            if lines:
                self._caption = caption
                self._shown.append((moment, birth_of(caption[0]), union(lines)))

    def finish(self, film: Any) -> None:
        """Report cue by cue."""
        for cue in film.cues:
            shown = [
                one for one in self._shown if one[0].time_s >= cue.start_s - 1e-6 and one[0].beat == cue.beat
            ]
            if shown:
                self._cue(film.language, cue, *shown[0])

    def _cue(self, language: str, cue: Cue, moment: Moment, birth: Birth, box: Box) -> None:
        text, seconds = " ".join(cue.lines), cue.end_s - cue.start_s
        said = {}
        if not fits(cue.lines, language):
            longest = max(len(line) for line in cue.lines)
            room = f"{style.LINES_MAX} lines of {style.LINE_CHARS[language]} characters fit"
            said["caption-too-long"] = (
                f"It has {len(cue.lines)} lines, the longest of {longest} characters; {room}."
            )
        needed = reading_seconds(text, language)
        if seconds < needed - 0.05:
            said["caption-too-short"] = f"It stands for {seconds:.1f} s and takes {needed:.1f} s to read."
        for kind, detail in said.items():
            self.ledger.add(
                kind,
                moment,
                (birth,),
                detail,
                what=f"“{text}”",
                boxes=(box,),
                time_s=cue.start_s,
                until_s=cue.end_s,
            )
