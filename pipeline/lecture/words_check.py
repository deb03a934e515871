"""Checks captions of a lecture's author: that they fit into two lines, and which digits are the author's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.text.echo import echo
from pipeline.lecture.mistakes import Mistakes
from pipeline.lecture.model import OwnCaptions
from pipeline.lecture.places import Path
from scenes.stage.captions import FIELD, fits, wrap
from scenes.stage.style import LANGUAGES, LINE_CHARS, LINES_MAX

if TYPE_CHECKING:
    from scenes.stage.lecture_card import Content

DIGIT = re.compile(r"\d+(?:[.,]\d+)*")
FIELD_CHARS = "0"  # a number takes at least one character


def check_lines(captions: OwnCaptions, place: Path, mistakes: Mistakes) -> None:
    """Every caption must fit into the band, even with the shortest numbers in its fields."""
    for language in LANGUAGES:
        for moment, texts in enumerate(captions.of(language) or ()):
            for text in texts:
                complaint = too_long(FIELD.sub(FIELD_CHARS, text), language)
                if complaint:
                    mistakes.add((*place, language, moment), complaint)


def too_long(text: str, language: str) -> str | None:
    """What is wrong with a caption that does not fit, and how to mend it."""
    lines = wrap(text, language)
    if fits(lines, language):
        return None
    longest = max(lines, key=len)
    room = f"{LINES_MAX} lines of {LINE_CHARS[language]} characters"
    return (
        f"The caption needs a line of {len(longest)} characters ('{echo(longest)}') and has {room}: shorten it, "
        f'or show it as two, ["…", "…"].'
    )


def own_digits(text: str) -> list[str]:
    """Numbers that the author wrote, such as 0.25; the run's own come in through {fields}."""
    return DIGIT.findall(FIELD.sub("", text))


def written(content: Content, shown: Content, language: str) -> tuple[str, ...]:
    """What stands on a card, in short texts for subtitles, unless it stands there in this language already."""
    texts = [content.title, content.subtitle, *content.paragraphs]
    if texts == [shown.title, shown.subtitle, *shown.paragraphs]:
        return ()
    return tuple(
        piece for text in texts if text for piece in pieces(text.removeprefix("- "), LINE_CHARS[language])
    )


def pieces(text: str, limit: int) -> list[str]:
    """`text` in captions of at most two lines of `limit` characters, cut at spaces; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return ["\n".join(lines[i : i + LINES_MAX]) for i in range(0, len(lines), LINES_MAX)]
