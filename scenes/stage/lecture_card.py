"""Cards of a lecture: its title, the title of a part, a text, a picture. They show the author's words and no trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import (
    LEFT,
    FadeIn,
    FadeOut,
    Group,
    GrowFromEdge,
    ImageMobject,
    LaggedStart,
    Mobject,
    Rectangle,
    VGroup,
)

from engine.errors import InputError
from engine.text.echo import echo
from scenes.parts.text.header import beat_title
from scenes.parts.text.paragraphs import Paragraphs, cut
from scenes.parts.text.typeset import words
from scenes.stage import style
from scenes.stage.captioned import Captioned
from scenes.stage.captions import reading_seconds
from scenes.stage.style import PX, Look

TITLE_PX = (96, 84, 72, 62, 54, 46)  # the first at which a title fits into two lines
TITLE_LEADING = 1.3
TEXT_PX = (44, 40, 36, 32, 28)
BYLINE_PX = 32
STRIPE_ROLES = (
    "input",
    "positive",
    "activation",
    "loss",
    "gradient",
)  # in the order in which a net uses them
STRIPE = (0.62, 0.09)  # width and height of one, in units
STRIPE_GAP = 0.14
LEFT_X = -5.6
WIDTH = 11.6
TITLE_S = 3.0  # a title stays at least this long
TEXT_TOP, TEXT_BOTTOM = 2.5, -3.2
CAPTIONED_BOTTOM = -2.4  # of what stands above a caption
LEAST_S = {"picture": 5.0, "text": 4.0}  # however little there is to read


@dataclass(frozen=True)
class Content:
    """What one card shows and says, in one language.

    kind: "opening" (the lecture's title), "title", "text", "picture" or "frame" (what stands around a film). picture:
    RGBA, uint8, (height, width, 4), in pixels of the film. captions: said one after the other, each at least as long
    as captions_s says. seconds: how long the card stays at least; None for as long as reading takes.
    """

    kind: str
    title: str = ""
    subtitle: str = ""
    byline: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    picture: Any = None
    captions: tuple[str, ...] = ()
    seconds: float | None = None
    captions_s: tuple[float, ...] = ()
    reading_time: float = 1.0


class LectureCard(Captioned):
    """A card as a film of its own; it begins and ends with the bare background.

    With `clear_away` False everything stays on it, for a picture of it.
    """

    clear_away = True

    def __init__(
        self,
        content: Content,
        *,
        language: str,
        theme: str,
        captions: str = "burned",
        renderer: Any = None,
        on_progress: Callable[[float, str], None] = lambda seconds, beat: None,
    ) -> None:
        super().__init__(
            language=language, theme=theme, captions=captions, renderer=renderer, on_progress=on_progress
        )
        self.content = content
        self.reading_time = content.reading_time

    def least_s(self, number: int) -> float:
        """How long the caption `number` must stay besides being read."""
        seconds = self.content.captions_s
        return seconds[number] if number < len(seconds) else 0.0

    def construct(self) -> None:
        """Bring the card, leave time for everything on it, and clear it away."""
        show = {
            "opening": self._title,
            "title": self._title,
            "text": self._text,
            "picture": self._picture,
            "frame": self._frame,
        }
        self.tell(*self.content.captions)
        show[self.content.kind]()
        self._finish_cue()
        self.hold(self._at_least_s - style.QUICK_S - self.clip_time)
        self._close_cue()
        if self.clear_away:
            self.play(FadeOut(Group(*self.mobjects)), run_time=style.QUICK_S)

    def _title(self) -> None:
        title, rest = title_block(self.content, self.look)
        stripes = [mobject for mobject in rest if isinstance(mobject, Rectangle)]
        texts = [mobject for mobject in rest if not isinstance(mobject, Rectangle)]
        grow = LaggedStart(*(GrowFromEdge(one, LEFT) for one in stripes), lag_ratio=0.4)
        self.play(FadeIn(title, shift=0.15 * np.array([0, 1, 0])), grow, run_time=style.MOVE_S)
        if texts:
            self.play(FadeIn(VGroup(*texts)), run_time=style.QUICK_S)
        said = " ".join([self.content.title, self.content.subtitle, *self.content.byline])
        self._rest(max(TITLE_S, reading_seconds(said, self.language)))

    def _text(self) -> None:
        header = [beat_title(self.content.title, self.look)] if self.content.title else []
        paragraphs = text_block(self.content, self.look, self.captions)
        if header:
            self.play(FadeIn(header[0]), run_time=style.QUICK_S)
        for paragraph, text in zip(paragraphs, self.content.paragraphs, strict=True):
            self.play(FadeIn(paragraph, shift=0.12 * np.array([0, 1, 0])), run_time=style.QUICK_S)
            self._rest(reading_seconds(text, self.language))

    def _picture(self) -> None:
        shown: list[Mobject] = [beat_title(self.content.title, self.look)] if self.content.title else []
        image = ImageMobject(self.content.picture)
        image.height = self.content.picture.shape[0] * style.FRAME_HEIGHT / float(self.camera.pixel_height)
        left, top, right, bottom = picture_box(self.content, self.captions, float(self.camera.frame_width))
        image.move_to([(left + right) / 2, (top + bottom) / 2, 0])
        self.play(FadeIn(Group(image, *shown)), run_time=style.QUICK_S)

    def _frame(self) -> None:
        if self.content.title:
            self.add(beat_title(self.content.title, self.look))
        self.hold(style.QUICK_S)  # Manim knows no scene without any time

    @property
    def _at_least_s(self) -> float:
        """How long the whole card lasts, captions permitting."""
        if self.content.seconds is not None:
            return self.content.seconds
        return self.reading_time * LEAST_S.get(self.content.kind, 0.0)

    def _rest(self, seconds: float) -> None:
        """Hold so long, unless the author has said how long the card stays."""
        if self.content.seconds is None:
            self.hold(self.reading_time * seconds)


def title_block(content: Content, look: Look) -> tuple[VGroup, list[Mobject]]:
    """A title's lines, and what stands below: stripes in the colours of the roles, subtitle, author and date."""
    px, lines = _fitting(content.title, look)
    em = px * PX
    title = VGroup(*(words(line, look, px, weight="bold") for line in lines))
    top = 0.55 + (len(lines) - 1) * TITLE_LEADING * em
    for number, line in enumerate(title):
        line.left_at([LEFT_X, top - number * TITLE_LEADING * em, 0])
    y = 0.55 - 0.5 * em - 0.42
    rest: list[Mobject] = []
    for number, role in enumerate(STRIPE_ROLES):
        stripe = Rectangle(width=STRIPE[0], height=STRIPE[1], stroke_width=0, fill_opacity=1)
        stripe.set_fill(look.colour(role))
        stripe.move_to([LEFT_X + STRIPE[0] / 2 + number * (STRIPE[0] + STRIPE_GAP), y, 0])
        rest.append(stripe)
    if content.subtitle:
        size = style.TITLE_PX
        below = y - 0.62
        for line in cut(content.subtitle, look, size, WIDTH):
            rest.append(words(line, look, size, "muted").left_at([LEFT_X, below, 0]))
            below -= TITLE_LEADING * size * PX
    if content.byline:
        byline = words("   ·   ".join(content.byline), look, BYLINE_PX, "muted")
        if byline.width > WIDTH:
            byline.scale(WIDTH / byline.width)
        rest.append(byline.left_at([LEFT_X, -3.0, 0]))
    return title, rest


def _fitting(title: str, look: Look) -> tuple[int, list[str]]:
    for px in TITLE_PX:
        lines = cut(title, look, px, WIDTH, "bold")
        if len(lines) <= 2:
            return px, lines
    return TITLE_PX[-1], lines


def text_block(content: Content, look: Look, captions: str) -> Paragraphs:
    """The paragraphs at their place, as large as they fit. InputError when they are too long for one card."""
    top = TEXT_TOP if content.title else style.TITLE_Y
    bottom = CAPTIONED_BOTTOM if captions == "burned" and content.captions else TEXT_BOTTOM
    for px in TEXT_PX:
        block = Paragraphs(content.paragraphs, look, px, WIDTH)
        if block.height_units <= top - bottom:
            # A little above the middle of its room, as pages are.
            free = top - bottom - block.height_units
            return block.shift([style.LEFT, top - px * PX / 2 - min(0.42 * free, 0.9), 0])
    raise InputError(
        f"The text of '{echo(content.title or 'a text card')}' is too long for one card: shorten it, or "
        "make two cards of it."
    )


def picture_box(content: Content, captions: str, frame_width: float) -> tuple[float, float, float, float]:
    """Where a picture may stand, in units: left, top, right, bottom. Alone, it has the whole frame."""
    captioned = captions == "burned" and bool(content.captions)
    if not captioned and not content.title:
        return (-frame_width / 2, style.FRAME_HEIGHT / 2, frame_width / 2, -style.FRAME_HEIGHT / 2)
    top = style.STAGE_TOP if content.title else style.SAFE_Y
    bottom = CAPTIONED_BOTTOM if captioned else -style.SAFE_Y
    return (style.LEFT, top, style.RIGHT, bottom)
