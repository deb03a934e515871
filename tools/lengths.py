"""Measure every film at 60 frames a second, without drawing it, and write scenes/text/lengths.toml.

    python tools/lengths.py

Run it after a change of a film's pace or captions; a test fails while the file is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from engine import recorders  # noqa: E402
from pipeline.film import FilmJob, Quality, measure_film  # noqa: E402
from scenes import SCENES  # noqa: E402
from scenes.style import LANGUAGES  # noqa: E402

HEAD = "# Lengths in seconds with default parameters. Written by tools/lengths.py; a test compares.\n"


def main() -> None:
    """Measure and write."""
    lines = [HEAD]
    for card in SCENES:
        trace = recorders.run(card.recorder, {})
        lines.append(f"[{card.slug}]\n")
        for language in LANGUAGES:
            job = FilmJob(card.slug, language, "dark", Quality.parse("144p60"))
            seconds = measure_film(trace, job).seconds
            lines.append(f"{language} = {seconds:.1f}\n")
            print(f"{card.slug} {language} {seconds:.1f} s")
    (HOUSE / "scenes" / "text" / "lengths.toml").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
