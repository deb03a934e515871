"""One moment of a film: the shapes and texts that are seen, where they stand, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from pipeline.inspect.births import Birth, birth_of
from scenes.stage.declare import ATTRIBUTE, Allowed

SEEN = 0.02  # opacity from which a shape counts as drawn
OPAQUE = 0.95  # from which it hides what is behind it
STROKE_UNIT = 0.01  # Manim's stroke widths in frame units
ZONE = "inspect_zone"
FOREIGN = frozenset(("Text", "MarkupText", "Paragraph", "SingleStringMathTex", "Typst", "DecimalNumber"))

Box = tuple[float, float, float, float]  # left, bottom, right, top, in units


@dataclass
class Item:
    """One drawn mobject: `order` is its place from back to front; colours are RGBA in 0..1."""

    mobject: Any
    order: int
    fill: tuple[float, float, float, float]
    stroke: tuple[float, float, float, float]
    stroke_width: float
    animated: bool
    text: Text | None = None

    @cached_property
    def outline(self) -> bytes:
        """Its points."""
        return bytes(self.mobject.points.astype(np.float64, copy=False).tobytes())

    @cached_property
    def box(self) -> Box:
        """The box of its curves, without the width of the stroke."""
        return _box_of(self.outline)

    @property
    def birth(self) -> Birth:
        """Where it was made."""
        return birth_of(self.mobject)

    @property
    def opacity(self) -> float:
        """Of what is seen best of it, fill or stroke."""
        return max(self.fill[3], self.stroke[3] if self.stroke_width > 0 else 0.0)

    @property
    def allowed(self) -> tuple[Allowed, ...]:
        """The exceptions declared for it."""
        return getattr(self.mobject, ATTRIBUTE, ())

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """Equal for two items that look the same at the same place, whatever their opacity."""
        return (
            self.birth.made,
            self.birth.source,
            _rounded_box(self.outline),
            _rounded(self.fill),
            _rounded(self.stroke),
        )

    @cached_property
    def drawn(self) -> int:
        """Equal for two items that are drawn in exactly the same way."""
        return hash((self.outline, self.fill, self.stroke, self.stroke_width))


@dataclass
class Text:
    """The seen parts of one typeset text."""

    birth: Birth
    mobject: Any
    parts: list[Item] = field(default_factory=list)

    @cached_property
    def box(self) -> Box:
        """The box of its ink."""
        return union(part.box for part in self.parts)

    @property
    def order(self) -> int:
        """Where it lies from back to front, by its foremost part."""
        return max(part.order for part in self.parts)

    @property
    def opacity(self) -> float:
        """Of its best seen part."""
        return max(part.opacity for part in self.parts)

    @property
    def animated(self) -> bool:
        """Whether an animation is at work on it."""
        return any(part.animated for part in self.parts)

    @property
    def allowed(self) -> tuple[Allowed, ...]:
        """The exceptions declared for it or a part of it."""
        return tuple(dict.fromkeys(allowed for part in self.parts for allowed in part.allowed))

    @cached_property
    def drawn(self) -> int:
        """Equal for two texts that are drawn in exactly the same way."""
        return hash(tuple(part.drawn for part in self.parts))


@dataclass
class Moment:
    """What is seen at one time. `kind` is "motion", "rest" or "last"; `seconds` how long a rest lasts."""

    index: int
    time_s: float
    beat: str
    kind: str
    share: float
    seconds: float
    items: list[Item]
    texts: list[Text]
    foreign: list[Any]

    @property
    def shapes(self) -> list[Item]:
        """What is no text."""
        return [item for item in self.items if item.text is None]

    @cached_property
    def picture(self) -> int:
        """Equal for two moments that show the same."""
        return hash(frozenset(item.drawn for item in self.items))

    @property
    def resting(self) -> bool:
        """Whether nothing is being animated."""
        return self.kind != "motion"


def look_at(
    film: Any, index: int, time_s: float, beat: str, kind: str, share: float, seconds: float
) -> Moment:
    """Everything that is seen on the stage of `film` now, from back to front, as its camera would draw it."""
    animated = _animated(film) if kind == "motion" else set()
    items: list[Item] = []
    for mobject in _in_order(film, kind == "motion"):
        item = _item(mobject, len(items), id(mobject) in animated)
        if item is not None:
            items.append(item)
    _mark_zones(film)
    return Moment(index, time_s, beat, kind, share, seconds, items, _texts(film, items), _foreign(film))


def _in_order(film: Any, moving: bool) -> list[Any]:
    """Leaves in drawing order. During an animation Manim draws what rests first, then what moves."""
    camera = film.camera
    everything = [*film.mobjects, *film.foreground_mobjects]
    if not moving or not film.moving_mobjects:
        return list(camera.get_mobjects_to_display(everything))
    drawn: dict[int, Any] = {}
    for group in (film.static_mobjects, film.moving_mobjects):
        drawn |= {id(mobject): mobject for mobject in camera.get_mobjects_to_display(group)}
    return list(drawn.values())


def _item(mobject: Any, order: int, animated: bool) -> Item | None:
    if not hasattr(mobject, "fill_rgbas") or len(mobject.points) < 4:
        return None
    fill, stroke = _rgba(mobject.fill_rgbas), _rgba(mobject.stroke_rgbas)
    width = float(mobject.stroke_width)
    if fill[3] < SEEN and (stroke[3] < SEEN or width <= 0):
        return None
    return Item(mobject, order, fill, stroke, width, animated)


def _rgba(values: np.ndarray) -> tuple[float, float, float, float]:
    if len(values) == 0:
        return (0.0, 0.0, 0.0, 0.0)
    red, green, blue, alpha = values[0].tolist()
    return (red, green, blue, alpha)


def _animated(film: Any) -> set[int]:
    """Everything an animation is at work on, also inside groups of animations."""
    found: set[int] = set()
    waiting = list(film.animations)
    while waiting:
        animation = waiting.pop()
        waiting += getattr(animation, "animations", ())
        found.update(map(id, animation.mobject.get_family()))
    return found


def _texts(film: Any, items: list[Item]) -> list[Text]:
    """Parts of one typeset text belong together, also when they stand on stage without it."""
    owners = {
        id(part): member
        for mobject in film.mobjects
        for member in mobject.get_family()
        if birth_of(member).em_px and member.submobjects
        for part in member.submobjects
    }
    texts: dict[int, Text] = {}
    for item in items:
        if item.birth.em_px:
            owner = owners.get(id(item.mobject))
            key = id(owner) if owner is not None else id(item.birth)
            item.text = texts.setdefault(key, Text(item.birth, owner))
            item.text.parts.append(item)
    return list(texts.values())


def _foreign(film: Any) -> list[Any]:
    """Texts that Manim set, outermost only."""
    found: list[Any] = []

    def walk(mobject: Any) -> None:
        if any(cls.__name__ in FOREIGN for cls in type(mobject).__mro__):
            found.append(mobject)
        else:
            for part in mobject.submobjects:
                walk(part)

    for mobject in film.mobjects:
        walk(mobject)
    return found


def _mark_zones(film: Any) -> None:
    """What stands in a zone by its job keeps that mark, also while it leaves."""
    for name, mobject in film.zones().items():
        for member in mobject.get_family():
            setattr(member, ZONE, name)


def zone_of(item: Item) -> str:
    """The zone an item belongs to: header, formula, caption or stage."""
    return str(getattr(item.mobject, ZONE, "stage"))


def curve_box(points: np.ndarray) -> Box:
    """The box of cubic Bezier curves given as (4n, 3) points."""
    curves = points[: len(points) // 4 * 4].reshape(-1, 4, 3)[:, :, :2]
    t = np.linspace(0, 1, 5)[:, None, None]
    a, b, c, d = (curves[None, :, k] for k in range(4))
    u = 1 - t
    along = a * u**3 + 3 * b * u**2 * t + 3 * c * u * t**2 + d * t**3
    low, high = along.min(axis=(0, 1)), along.max(axis=(0, 1))
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


@lru_cache(maxsize=4096)
def _box_of(points: bytes) -> Box:
    """`curve_box`, worked out once for what has not moved."""
    return curve_box(np.frombuffer(points).reshape(-1, 3))


@lru_cache(maxsize=4096)
def _rounded_box(points: bytes) -> tuple[int, ...]:
    return tuple(round(v / 0.02) for v in _box_of(points))


@lru_cache(maxsize=4096)
def _rounded(rgba: tuple[float, float, float, float]) -> tuple[int, ...]:
    return tuple(round(v * 255) for v in rgba[:3])


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around several."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def grown(box: Box, by: float) -> Box:
    """The box with `by` units more on each side."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def common(a: Box, b: Box) -> Box | None:
    """Where two boxes overlap."""
    box = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return box if box[0] < box[2] and box[1] < box[3] else None
