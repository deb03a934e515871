"""A Cairo renderer that plays a film without drawing it: only the moments somebody looks at are worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from manim.renderer.cairo_renderer import CairoRenderer

SHORT_S = 0.2  # of an animation so short only the middle is looked at


class Watcher(Protocol):
    """What is told of the moments of a film. Times are clip times in seconds."""

    def motion(self, film: Any, time_s: float, share: float) -> None:
        """Inside a played animation, `share` (0..1) of its frames in."""

    def rest(self, film: Any, time_s: float, seconds: float) -> None:
        """After an animation, or a hold of `seconds`: nothing is being animated."""

    def beat_end(self, film: Any, beat: str, time_s: float) -> None:
        """The last state of a beat."""


class SamplingRenderer(CairoRenderer):
    """Steps each animation to `shares` of its frames and tells `watcher`; the frame count is that of a real render."""

    def __init__(self, watcher: Watcher, shares: Sequence[float], **options: Any) -> None:
        super().__init__(**options)
        self.watcher, self.shares = watcher, shares
        self.beat: str | None = None

    def play(self, scene: Any, *args: Any, **options: Any) -> None:
        """As Manim's own, with a few frames instead of all."""
        self._beat_turns(scene, scene.beat)
        self.skip_animations = self._original_skipping_status
        self.update_skipping_status()
        scene.compile_animation_data(*args, **options)
        scene.begin_animations()
        if scene.is_current_animation_frozen_frame():
            frames = int(scene.duration * self.camera.frame_rate)
            if not self.skip_animations:
                self.watcher.rest(scene, self._seconds, frames / self.camera.frame_rate)
                self._count(frames)
        else:
            self._step_through(scene)
        self.num_plays += 1

    def scene_finished(self, scene: Any) -> None:
        """The last beat ends with the film."""
        self._beat_turns(scene, None)
        super().scene_finished(scene)

    @property
    def _seconds(self) -> float:
        return float(self.file_writer.frames_written / self.camera.frame_rate)

    def _beat_turns(self, scene: Any, beat: str | None) -> None:
        if beat != self.beat:
            if self.beat is not None:
                self.watcher.beat_end(scene, self.beat, self._seconds)
            self.beat = beat

    def _count(self, frames: int) -> None:
        self.file_writer.write_frame(self.camera, repeat=frames)
        self.time += frames / self.camera.frame_rate

    def _step_through(self, scene: Any) -> None:
        rate = self.camera.frame_rate
        frames = len(np.arange(0, scene.duration, 1 / rate))
        if scene.stop_condition is not None:
            frames = self._until(scene, frames)
        elif self.skip_animations:
            scene.update_to_time(scene.duration)
        else:
            shares = self.shares if scene.duration > SHORT_S else self.shares[len(self.shares) // 2 :][:1]
            sampled = {round(share * (frames - 1)): share for share in shares}
            for frame, share in sorted(sampled.items()):
                scene.update_to_time(frame / rate)
                self.watcher.motion(scene, self._seconds + frame / rate, share)
        for animation in scene.animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        self.static_image = None
        if not self.skip_animations:
            scene.update_mobjects(0)
            self._count(frames)
            self.watcher.rest(scene, self._seconds, 0.0)

    @staticmethod
    def _until(scene: Any, frames: int) -> int:
        """A wait for a condition has no known middle: every frame is stepped, none drawn."""
        rate = scene.camera.frame_rate
        for frame in range(frames):
            scene.update_to_time(frame / rate)
            if scene.stop_condition():
                return frame + 1
        return frames
