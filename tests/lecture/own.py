"""Pictures and films that tests give to lectures as a teacher's own."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

SOUND_RATE = 44_100
BEEP_S = 0.05


def picture(path: Path, width: int = 60, height: int = 40) -> Path:
    """A red picture with a green left edge."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = 255
    pixels[:, : width // 4] = (0, 255, 0)
    Image.fromarray(pixels).save(path)
    return path


def film(
    path: Path, *, width: int = 64, height: int = 48, fps: int = 8, seconds: int = 2, sound: bool = True
) -> Path:
    """A black film that flashes white, and beeps, in the first moment of every second."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        audio: Any = container.add_stream("aac", rate=SOUND_RATE, layout="mono") if sound else None
        for number in range(fps * seconds):
            level = 255 if number % fps == 0 else 0
            frame = av.VideoFrame.from_ndarray(np.full((height, width, 3), level, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if sound:
            for start in range(0, seconds * SOUND_RATE, 1024):
                t = (start + np.arange(1024)) / SOUND_RATE
                beeps = (t % 1 < BEEP_S) & (t < seconds)  # the last block is longer than the film
                wave = np.where(beeps, 0.5 * np.sin(2 * np.pi * 880 * t), 0).astype(np.float32)
                block = av.AudioFrame.from_ndarray(wave[None], format="fltp", layout="mono")
                block.sample_rate, block.pts, block.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
                container.mux(audio.encode(block))
            container.mux(audio.encode(None))
    return path
