"""High dynamic range to what screens of slides show: a table that maps colours, for FFmpeg's filter ``lut3d``.

The transfer functions are those of Recommendation ITU-R BT.2100-2: HLG (table 5; ARIB STD-B67) on its nominal display
of 1,000 cd/m² with its system gamma of 1.2, and PQ (table 4; SMPTE ST 2084). Reference white, 203 cd/m² (Report ITU-R
BT.2408, table 1: 75 % of HLG, 58 % of PQ), becomes the white of paper; what is brighter is pressed together above it.
The primaries of BT.2020 and of P3 become those of BT.709 in linear light, and BT.1886 (gamma 2.4) makes the signal.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.media.facts import BT2020, HLG, P3, PQ, Facts

Array = NDArray[np.float64]

SIDE = 33  # entries of the table along each of red, green and blue
GAMMA = 2.4  # BT.1886
PEAK_NITS, WHITE_NITS = 1000.0, 203.0
PEAK = PEAK_NITS / WHITE_NITS  # the brightest light that is kept apart, in units of reference white
KNEE = 0.9  # light up to here stays as it is; reference white comes out at 93 %, as 97 % of the signal
# Linear light to BT.709, rows red, green, blue: BT.2020 by Recommendation ITU-R BT.2407, P3 with D65 by SMPTE EG 432-1.
TO_BT709 = {
    BT2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    P3: ((1.2249, -0.2249, 0.0), (-0.0421, 1.0421, 0.0), (-0.0196, -0.0786, 1.0983)),
}
LUMA_2020 = np.array([0.2627, 0.6780, 0.0593])


def needed(facts: Facts) -> bool:
    """Whether the film's colours mean something else than BT.709's."""
    return facts.transfer in (PQ, HLG) or facts.primaries in TO_BT709


def write_table(facts: Facts, path: Path) -> Path:
    """Write the table for the film's colours as a .cube file."""
    axis = np.linspace(0.0, 1.0, SIDE)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")  # red changes first in the file
    shown = converted(np.stack([red, green, blue], axis=-1).reshape(-1, 3), facts.transfer, facts.primaries)
    with open(path, "w", encoding="ascii") as file:
        file.write(f"LUT_3D_SIZE {SIDE}\n")
        np.savetxt(file, shown, fmt="%.6f")
    return path


def converted(signal: Array, transfer: int, primaries: int) -> Array:
    """R'G'B' (n, 3) from 0 to 1 of a film, as R'G'B' (n, 3) of BT.709."""
    light = signal**GAMMA
    if transfer in (PQ, HLG):
        light = pq_light(signal) if transfer == PQ else hlg_light(signal)
        brightest = light.max(axis=-1, keepdims=True)
        light = light * (pressed(brightest) / np.maximum(brightest, 1e-9))
    light = light @ np.array(TO_BT709.get(primaries, np.eye(3))).T
    return np.asarray(np.clip(light, 0.0, 1.0) ** (1 / GAMMA))


def hlg_light(signal: Array) -> Array:
    """Light of the nominal display in units of reference white, from HLG's signal (n, 3)."""
    a = 0.17883277
    b, c = 1 - 4 * a, 0.5 - a * np.log(4 * a)
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    luminance = scene @ LUMA_2020
    return np.asarray(PEAK * scene * np.maximum(luminance, 1e-9)[:, None] ** 0.2)


def pq_light(signal: Array) -> Array:
    """Light in units of reference white, from PQ's signal."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    power = signal ** (1 / m2)
    return np.asarray(10_000 / WHITE_NITS * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1))


def pressed(light: Array) -> Array:
    """Light from 0 to PEAK as light from 0 to 1: unchanged up to KNEE, then ever flatter, without a kink."""
    room, span = 1 - KNEE, PEAK - KNEE
    above = np.clip(light - KNEE, 0.0, span) / span
    curve = np.log1p(STEEP * above) / np.log1p(STEEP)
    return np.where(light <= KNEE, light, KNEE + room * curve)


def _steepness() -> float:
    """The s for which log(1 + s t) / log(1 + s) has at 0 the slope that goes on from the knee."""
    slope, steep = (PEAK - KNEE) / (1 - KNEE), 10.0
    for _ in range(100):
        steep = slope * float(np.log1p(steep))
    return steep


STEEP = _steepness()
