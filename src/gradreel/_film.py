"""``film``: a film of a trace, made when it is asked for: as a file, as clips, as slides, or in a notebook."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gradreel import _video
from gradreel._asking import ask, folder
from gradreel._errors import GradreelError, InputError

if TYPE_CHECKING:
    from gradreel._traces import Trace

Place = str | os.PathLike[str]
FILM, SLIDES, PREVIEW = "1080p60", "1080p30", "preview"
EMBED_MAX_MB = 20.0


def film(
    trace: Trace,
    *,
    lang: str = "ko",
    theme: str = "dark",
    captions: str = "burned",
    beats: Sequence[str] = (),
    scene: str | None = None,
    embed_max_mb: float = EMBED_MAX_MB,
) -> Film:
    """The film of ``trace``. Nothing is drawn yet; what cannot be is said now.

    lang: "ko" or "en". theme: "dark", or "light" for white slides. captions: "burned" into the picture, "sidecar" (only
    in files beside it) or "none". beats: only these. scene: where several scenes draw such traces, the one that is to.
    embed_max_mb: a notebook gets no film that is larger.

    Raises InputError for a trace that no scene draws, and for anything above that there is not.
    """
    from gradreel._traces import Trace as Known

    if not isinstance(trace, Known):
        raise InputError(
            f"A film is made of a Trace, and this has type {type(trace).__name__}: record one first, "
            f"trace = gradreel.record(…)."
        )
    if isinstance(beats, str):
        beats = (beats,)
    look = {"scene": scene, "lang": lang, "theme": theme, "captions": captions, "beats": [*beats]}
    about = ask("check", recorder=trace.recorder, resolved=_json(trace.params["resolved"]), **look)
    return Film(trace, {**look, "scene": about["scene"]}, about, embed_max_mb)


class Film:
    """A film of a trace, in one language and theme. Made by ``film``.

    As the last line of a notebook's cell it plays there, small and quickly drawn. What was drawn once is kept, so
    asking again takes a moment. Every file is written whole or not at all, and one that is there is replaced.
    """

    def __init__(
        self, trace: Trace, look: dict[str, Any], about: dict[str, Any], embed_max_mb: float
    ) -> None:
        self.trace = trace
        self.scene: str = about["scene"]
        self.title: str = about["title"]
        self.beats: tuple[str, ...] = tuple(about["beats"])
        self.lang: str = look["lang"]
        self.theme: str = look["theme"]
        self._look = look
        self._embed_max_mb = embed_max_mb
        self._html: str | None = None

    def __repr__(self) -> str:
        return f"<gradreel film {self.scene} ({self.lang}, {self.theme}): {', '.join(self.beats)}>"

    def save(self, path: Place | None = None, *, quality: str = FILM, jobs: int | None = None) -> Path:
        """Render it to ``path``, an .mp4 or a folder (default: media), and say where it is.

        Beside it: subtitles, its trace, and where each number came from. quality: "preview", "720p30", "1080p60", or
        any "<height>p<frames a second>". jobs: cores that draw it at a time.
        """
        (made,) = self._make("film", path, quality=quality, jobs=jobs)
        return made

    def still(self, beat: str, path: Place | None = None, *, quality: str = FILM) -> Path:
        """Draw the last frame of ``beat`` as a .png, at ``path`` or in that folder (default: media)."""
        (made,) = self._make("still", path, quality=quality, beats=[beat])
        return made

    def clips(
        self,
        folder: Place | None = None,
        *,
        formats: Sequence[str] = (),
        transparent: bool = False,
        loop: bool = False,
        width: int | None = None,
        max_mb: float | None = None,
        quality: str = SLIDES,
        jobs: int | None = None,
    ) -> list[Path]:
        """Make every beat a clip for slides, in ``folder`` (default: media/clips), and say where they are.

        formats: any of mp4, gif, webp, webm, mov, png. transparent: without the background. loop: the end goes over
        into the beginning. width: in px. max_mb: of each file.
        """
        wish = {"transparent": transparent, "loop": loop, "width": width, "max_mb": max_mb}
        names = [formats] if isinstance(formats, str) else [*formats]
        return self._make("clips", folder, quality=quality, jobs=jobs, formats=names, **wish)

    def deck(
        self,
        path: Place,
        *,
        quality: str = SLIDES,
        jobs: int | None = None,
        poster: Literal["first", "last"] | None = None,
        notes: bool | None = None,
    ) -> Path:
        """Make slides, one a beat: PowerPoint (.pptx), a page for the browser (.html, or a folder), or a .pdf.

        poster: .pptx, the picture of a clip before it plays. notes: .pdf, with what is said.
        """
        (made,) = self._make("deck", path, quality=quality, jobs=jobs, poster=poster, notes=notes)
        return made

    def _make(self, question: str, place: Place | None, **wish: Any) -> list[Path]:
        output = None if place is None else os.fsdecode(place)
        with folder() as temporary:
            file = temporary / "trace.npz"
            self.trace.save(file)
            made = ask(question, trace=str(file), output=output, **{**self._look, **wish})
        return [Path(one) for one in made]

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """How notebooks show it (IPython's convention): the film itself, in the page."""
        bundle = {"text/plain": repr(self)}
        if (include is None or "text/html" in include) and "text/html" not in (exclude or ()):
            bundle["text/html"] = self._repr_html_()
        return bundle

    def _repr_html_(self) -> str:
        """The film as a page holds it; when it cannot be made, the sentence that says why."""
        if self._html is None:
            try:
                self._html = self._video()
            except GradreelError as error:
                return _video.sentence(str(error))
        return self._html

    def _video(self) -> str:
        with folder() as temporary:
            made = self._make("shown", temporary / "film.mp4", quality=PREVIEW)
            data, poster = (one.read_bytes() for one in made)
        if len(data) > self._embed_max_mb * 1e6:
            return _video.sentence(
                f"The film has {len(data) / 1e6:.1f} MB, more than the {self._embed_max_mb:g} MB that go into a "
                f"notebook: write it to a file with .save(), or allow more with embed_max_mb."
            )
        return _video.player(data, poster, self.title)


def _json(resolved: Any) -> Any:
    """Parameters as plain data: a trace's own are read-only."""
    if hasattr(resolved, "items"):
        return {name: _json(value) for name, value in resolved.items()}
    return [_json(value) for value in resolved] if isinstance(resolved, list | tuple) else resolved
