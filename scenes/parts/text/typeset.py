"""Text and mathematics, set by Typst with one compiler that lives as long as the process.

Manim's own `Typst` starts a compiler and writes files for every text; a lecture film has hundreds. Here a text is
compiled in memory (0.2 ms) and its glyph outlines, each parsed once by Manim's SVG path class, are merged into one
mobject per colour and label, so a label costs one path to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import svgelements
import typst
from manim import VGroup, VMobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from engine.files.stopping import held
from engine.text.fonts import FAMILIES, font_folder, font_folders
from scenes.parts.text.source import check, escape, formula
from scenes.stage.provenance import Reading, readings_of
from scenes.stage.style import HAIRLINE, PX, ROLES, Look

FONTS = "(" + ", ".join(f'"{family}"' for family in FAMILIES) + ")"  # Noto Sans KR, then what it lacks
LETTERS = f'("DejaVu Sans Mono", {FONTS[1:]}'  # Typst's own: its l has a tail, which no I has
COMPILE_PT = 100.0  # em size at compilation; large, because Typst rounds SVG coordinates to 0.01 pt
MARGIN_PT = 40.0  # room for accents and descenders outside the cap-height box
TEXTS_KEPT = 64  # compiled texts, some 0.1 MB each; those that come again mostly come soon
XLINK = "{http://www.w3.org/1999/xlink}href"
SVG = "{http://www.w3.org/2000/svg}"

Point = np.ndarray | Sequence[float]
Affine = tuple[float, float, float, float, float, float]


@cache
def _compiler() -> typst.Compiler:
    """It reads fonts and nothing else: its root is their folder, which no path leads out of, and there are no packages.

    A place below a file can neither exist nor be made. That no package is asked for over the network is up to `check`.
    """
    fonts = font_folder()
    nowhere = str(next(fonts.glob("*.ttf")) / "nowhere")
    return typst.Compiler(
        root=str(fonts),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


@cache
def _preamble(look: Look) -> str:
    roles = "\n".join(f'#let {role}(body) = text(fill: rgb("{look.colour(role)}"), body)' for role in ROLES)
    return f"""#set page(width: auto, height: auto, margin: {MARGIN_PT}pt, fill: none)
#set text(size: {COMPILE_PT}pt, font: {FONTS}, fill: rgb("{look.ink}"))
#set text(top-edge: "cap-height", bottom-edge: "baseline")
#set par(leading: 0.55em)
{roles}
#let rule(body) = body
#let num(body) = text(font: {FONTS}, weight: "regular", size: 0.92em, body)
#let name(body) = body
#let word(body) = text(font: {FONTS}, weight: "regular", size: 0.88em, body)
#let index(body) = text(size: 1.2em, body)
#let letter(body) = text(font: {LETTERS}, body)
#let tag(name, body) = [#box(body)#label(name)]
"""


@lru_cache(maxsize=TEXTS_KEPT)
def _svg(settings: str, source: str) -> ElementTree.Element:
    """settings: ours, as they are.  source: what is to be seen, checked before it is compiled."""
    whole = settings + check(source)
    with held():  # a stop inside Typst, which is no Python, would be a panic of its own
        svg = cast(bytes, _compiler().compile(input=whole.encode(errors="replace"), format="svg"))
    return ElementTree.fromstring(svg)


@cache
def _outline(path_data: str) -> np.ndarray:
    """Bezier points of one glyph, shape (4n, 3), in Typst points."""
    return np.array(VMobjectFromSVGPath(svgelements.Path(path_data)).points)


class Strut(VMobject):
    """Unseen points that give a line of text its height; no colour or opacity sticks to it."""

    def set_fill(self, color: Any = None, opacity: Any = None, family: bool = True) -> Strut:
        return cast(Strut, super().set_fill(color, 0, family))

    def set_stroke(
        self,
        color: Any = None,
        width: Any = None,
        opacity: Any = None,
        background: bool = False,
        family: bool = True,
    ) -> Strut:
        return cast(Strut, super().set_stroke(color, 0, 0, background, family))


class Typeset(VGroup):
    """Text or mathematics with its cap-height centre at the origin.

    `source` is Typst markup; role names (`loss[..]`, in math `loss(..)`) colour parts and `tag("name", ..)` makes
    `piece("name")` available. `em_px` is the font size in px of a 1080p frame. `readings` are the values it shows.
    """

    def __init__(
        self,
        source: str,
        look: Look,
        em_px: float,
        colour: str = "ink",
        weight: str = "regular",
        readings: tuple[Reading, ...] = (),
    ) -> None:
        super().__init__()
        self.readings = readings
        self.source, self.em_px, self.look = source, em_px, look
        settings = f'#set text(fill: rgb("{look.colour(colour)}"), weight: "{weight}")\n'
        root = _svg(_preamble(look) + settings, source)
        symbols = {s.get("id"): s[0].get("d", "") for s in root.iter(f"{SVG}symbol") if len(s)}
        self._pieces: dict[str, VGroup] = {}
        self._paths: dict[tuple[str, str], list[np.ndarray]] = {}
        self._walk(root, (1, 0, 0, 1, 0, 0), "", symbols)
        self._strut(root)
        for (label, fill), outlines in self._paths.items():
            shape = VMobject(fill_color=fill, fill_opacity=1, stroke_width=0)
            shape.points = np.concatenate(outlines)
            self.add(shape)
            if label:
                self._pieces.setdefault(label, VGroup()).add(shape)
        del self._paths  # animations copy mobjects: carry no more than is drawn
        scale = em_px * PX / COMPILE_PT
        for part in self.submobjects:
            part.points = part.points * np.array([scale, -scale, 0.0])
        self.shift(-self.strut.get_center())

    def _walk(self, node: ElementTree.Element, at: Affine, label: str, symbols: dict[Any, str]) -> None:
        for child in node:
            tag = child.tag.removeprefix(SVG)
            if tag == "defs":
                continue
            label_here = child.get("data-typst-label") or label
            matrix = _combine(at, _affine(child.get("transform")))
            if tag == "use":
                offset = (1.0, 0.0, 0.0, 1.0, float(child.get("x", 0)), float(child.get("y", 0)))
                outline = _outline(symbols[child.get(XLINK, "")[1:]])
                self._keep(outline, _combine(matrix, offset), label_here, child.get("fill", "#000000"))
            elif tag == "path":
                self._shape(child, matrix, label_here)
            else:
                self._walk(child, matrix, label_here, symbols)

    def _shape(self, path: ElementTree.Element, matrix: Affine, label: str) -> None:
        """A filled path as it is; a stroked straight line (fraction bar, root) as a thin filled box."""
        outline = _outline(path.get("d", ""))
        if path.get("fill", "none") != "none":
            self._keep(outline, matrix, label, path.get("fill", ""))
        elif len(outline) and path.get("stroke"):
            half = float(path.get("stroke-width", HAIRLINE)) / 2
            (x0, y0), (x1, y1) = outline.min(axis=0)[:2], outline.max(axis=0)[:2]
            box = f"M {x0} {y0 - half} H {x1} V {y1 + half} H {x0} Z"
            self._keep(_outline(box), matrix, label, path.get("stroke", ""))

    def _keep(self, outline: np.ndarray, m: Affine, label: str, fill: str) -> None:
        if len(outline) == 0:
            return
        turn = np.array([[m[0], m[2], 0], [m[1], m[3], 0], [0, 0, 1]])
        points = outline @ turn.T + np.array([m[4], m[5], 0])
        self._paths.setdefault((label, fill), []).append(points)

    def _strut(self, root: ElementTree.Element) -> None:
        """An unseen box from baseline to cap height, by which lines of text are placed."""
        width, height = (float(v) for v in root.get("viewBox", "0 0 0 0").split()[2:])
        margin = MARGIN_PT
        self.strut = Strut(stroke_width=0, fill_opacity=0)
        self.strut.set_points_as_corners(
            [[margin, margin, 0], [width - margin, margin, 0], [width - margin, height - margin, 0]]
        )
        self.add(self.strut)

    def piece(self, label: str) -> VGroup:
        """The part inside `tag(label, ..)`."""
        return self._pieces[label]

    def centre_at(self, point: Point) -> Typeset:
        """Put the middle of the line (between baseline and cap height) at `point`."""
        return self.shift(np.asarray(point, dtype=float) - self.strut.get_center())

    def left_at(self, point: Point) -> Typeset:
        """Put the left end of the line at `point`, vertically in its middle."""
        return self.shift(np.asarray(point, dtype=float) - self.strut.get_left())

    def right_at(self, point: Point) -> Typeset:
        """Put the right end of the line at `point`, vertically in its middle."""
        return self.shift(np.asarray(point, dtype=float) - self.strut.get_right())


def words(text: str, look: Look, em_px: float, colour: str = "ink", weight: str = "regular") -> Typeset:
    """Plain text: every character is shown as it is."""
    return Typeset(escape(text), look, em_px, colour, weight, readings_of(text))


def letters(text: str, look: Look, em_px: float, colour: str = "ink") -> Typeset:
    """Single characters that are looked at as such: in them l, I and | are not alike."""
    return Typeset(f"#letter[{escape(text)}]", look, em_px, colour, readings=readings_of(text))


def math(
    source: str, look: Look, em_px: float, colour: str = "ink", readings: tuple[Reading, ...] = ()
) -> Typeset:
    """Typst math (without the dollar signs), display style."""
    return Typeset(formula(source), look, em_px, colour, readings=readings)


def _affine(transform: str | None) -> Affine:
    if not transform:
        return (1, 0, 0, 1, 0, 0)
    m = svgelements.Matrix(transform)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _combine(outer: Affine, inner: Affine) -> Affine:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (
        a * p + c * q,
        b * p + d * q,
        a * r + c * s,
        b * r + d * s,
        a * t + c * u + e,
        b * t + d * u + f,
    )
