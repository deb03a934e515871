"""Shapes that tell lines of one colour apart."""

from __future__ import annotations

from manim import Circle, RegularPolygon, Square, Star, VMobject

from scenes.stage import style
from scenes.stage.style import Look

SHAPES = ("circle", "square", "triangle", "diamond", "pentagon", "star", "ring", "frame", "delta", "rhomb")
RADIUS = 0.09


def marker(index: int, look: Look, role: str, radius: float = RADIUS) -> VMobject:
    """The `index`-th shape, about `radius` units around its centre; the last four are hollow."""
    name = SHAPES[index % len(SHAPES)]
    shape: VMobject
    if name in ("circle", "ring"):
        shape = Circle(radius)
    elif name in ("square", "frame", "diamond", "rhomb"):
        shape = Square(1.75 * radius)
        if name in ("diamond", "rhomb"):
            shape.rotate(0.7853981633974483)
    elif name == "star":
        shape = Star(5, outer_radius=1.4 * radius)
    else:
        shape = RegularPolygon(5 if name == "pentagon" else 3).scale(1.3 * radius)
        if name in ("triangle", "delta"):
            shape.rotate(0.5235987755982988 if name == "delta" else 0)
    hollow = name in ("ring", "frame", "delta", "rhomb")
    shape.set_stroke(look.colour(role), width=style.LINE)
    return shape.set_fill(look.background if hollow else look.colour(role), opacity=1)
