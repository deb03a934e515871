"""Text cut into lines, for whoever can measure it: films with Typst, slides with the font file.

Typst and PowerPoint break lines by themselves, but then nobody knows where, and each line is placed here on its own.
Captions are cut by their number of letters, as rules of subtitling count: scenes.stage.captions.
"""

from __future__ import annotations

from collections.abc import Callable


def filled(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Lines no wider than ``room``, each as full as it can be; a word that is wider than a line is cut anywhere.

    width: how wide a text is on one line, in the unit of ``room``. An empty text is one empty line.
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if width(joined) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        if width(word) <= room:
            lines[-1] = word
            continue
        for letter in word:
            if lines[-1] and width(lines[-1] + letter) > room:
                lines.append("")
            lines[-1] += letter
    return lines
