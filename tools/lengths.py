"""Measure every film at 60 frames a second, without drawing it, and write its length.toml.

    python tools/lengths.py            # all of them
    python tools/lengths.py SCENE…     # these, and the others stay as they are

Run it after a change of a film's pace or captions; a test fails while a file is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from engine import recorders  # noqa: E402
from engine.errors import GradreelError  # noqa: E402
from pipeline.film import FilmJob, Quality, measure_film  # noqa: E402
from pipeline.options import cards  # noqa: E402
from scenes import SCENES  # noqa: E402
from scenes.stage.card import Card  # noqa: E402
from scenes.stage.style import LANGUAGES  # noqa: E402
from scenes.stage.text import length_file  # noqa: E402

HEAD = "# Seconds with default parameters. Written by tools/lengths.py; a test compares.\n"


def main(slugs: Sequence[str]) -> int:
    """Measure the scenes named, or all, and write; 2 when one is unknown."""
    try:
        named = cards(slugs or [card.slug for card in SCENES])
    except GradreelError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    for card in named:
        found = measured(card)
        print(card.slug, *(f"{language} {seconds:.1f} s" for language, seconds in found.items()))
        lines = [f"{language} = {seconds:.1f}\n" for language, seconds in found.items()]
        length_file(card.slug).write_text("".join([HEAD, *lines]), encoding="utf-8")
    return 0


def measured(card: Card) -> dict[str, float]:
    """Seconds of a film with its default parameters, by language."""
    trace = recorders.run(card.recorder, {})
    jobs = {one: FilmJob(card.slug, one, "dark", Quality.parse("144p60")) for one in LANGUAGES}
    return {language: float(measure_film(trace, job).seconds) for language, job in jobs.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
