"""Manim's Cairo renderer with one picture that is kept up to date, instead of a new one for each frame."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from manim import Mobject
from manim.renderer.cairo_renderer import CairoRenderer


class FilmRenderer(CairoRenderer):
    """Hands the file writer a picture (`camera`) whose changed tiles are marked, and draws nothing that is skipped."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._still: list[Mobject] = []  # what does not move in the animation being played, back to front
        self._fresh = True  # whether the next picture is the first with this `_still`
        self._moving: Sequence[Mobject] | None = None
        self._children: list[int] | None = None  # of `_moving`, by id; None when Manim must be asked

    def save_static_frame_data(self, scene: Any, static_mobjects: Iterable[Mobject]) -> None:
        """Note what stands still in the animation that begins."""
        if self.skip_animations:
            return
        self._still = self._family(static_mobjects)
        self._fresh = True
        self._moving = None

    def update_frame(
        self,
        scene: Any,
        mobjects: Sequence[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **options: Any,
    ) -> None:
        """Show what stands still and `mobjects` over it; without `mobjects`, the whole scene."""
        if self.skip_animations and (mobjects is not None or not ignore_skipping):
            return
        if mobjects is None:
            self._still, self._fresh = self._family([*scene.mobjects, *scene.foreground_mobjects]), True
        moving = self._drawn_of(mobjects) if mobjects else []
        self.camera.show(self._still, moving, self._fresh)
        self._fresh = False

    def render(self, scene: Any, time: float, moving_mobjects: Sequence[Mobject] | None = None) -> None:
        """Draw and write one frame of an animation."""
        if not self.skip_animations:
            self.update_frame(scene, moving_mobjects or ())
            self._write(1)

    def freeze_current_frame(self, duration: float) -> None:
        """Write the picture for `duration` seconds. A clip may end on it, and the next must begin with the same one."""
        if not self.skip_animations:
            self.camera.settle()
            self._write(int(duration * self.camera.frame_rate))

    def _write(self, frames: int) -> None:
        self.time += frames / self.camera.frame_rate
        self.file_writer.write_frame(self.camera, repeat=frames)

    def _family(self, mobjects: Iterable[Mobject]) -> list[Mobject]:
        return list(self.camera.get_mobjects_to_display(mobjects))

    def _drawn_of(self, moving: Sequence[Mobject]) -> list[Mobject]:
        """What is drawn of the `moving` families, back to front.

        Manim lists every member of every moving family, so their families need no walk again in each frame, as long as
        nobody has got other children.
        """
        children = [id(child) for mobject in moving for child in mobject.submobjects]
        if moving is not self._moving:
            self._moving = moving
            self._children = children if _in_order(moving) == self._family(moving) else None
        return _in_order(moving) if children == self._children else self._family(moving)


class MeasuringRenderer(FilmRenderer):
    """Counts the frames that a film would have, up to the first of the sections `drawn`; draws from there on.

    Every animation that is not drawn goes to its end at once. So a film's times, rows and cues are found in a fraction
    of the time that moving everything frame by frame takes, and several processes can each draw a part of one film.
    """

    def __init__(self, drawn: Container[str] = (), **options: Any) -> None:
        super().__init__(skip_animations=True, **options)
        self.time: float = 0.0
        self._drawn = drawn
        self._measures = True

    def play(self, scene: Any, *animations: Any, **options: Any) -> None:
        """Let `scene` play; the clock goes on by whole frames, as it does when they are written."""
        section = self.file_writer.sections[-1]
        if self._measures and section.name in self._drawn:
            self._draw_from_here(scene)
        before_s: float = self.time
        super().play(scene, *animations, **options)
        if self._measures and not section.skip_animations:
            frames = self._frames(scene)
            self.time = before_s + frames / self.camera.frame_rate
            self.file_writer.frames_written += frames

    def _draw_from_here(self, scene: Any) -> None:
        """Begin with the picture on which the part before ends, which is not written again."""
        self._measures = self._original_skipping_status = False
        if self.time:
            self.update_frame(scene)
            self.camera.settle()

    def _frames(self, scene: Any) -> int:
        rate = self.camera.frame_rate
        if scene.is_current_animation_frozen_frame():
            return int(scene.duration * rate)
        return len(np.arange(0, scene.duration, 1 / rate))  # Manim's own count


def _in_order(mobjects: Sequence[Mobject]) -> list[Mobject]:
    """Those of `mobjects` that have points, lower z_index first."""
    return sorted([one for one in mobjects if len(one.points)], key=attrgetter("z_index"))
