"""Writes docs/vocabulary.md: what films may draw with, from the first sentence of each module.

python tools/vocabulary.py
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "vocabulary.md"
HEAD = """# What films draw with

The vocabulary of `scenes/parts/`, by rooms. Look here before you build a panel of your own: a film names rooms and
relations and lets these place themselves. [Adding a scene](add-a-scene.md) shows some of them at work.
(`tools/vocabulary.py` writes this page from the modules' first sentences.)
"""


def page() -> str:
    """The page as it should be."""
    rooms = sorted(one for one in (ROOT / "scenes" / "parts").iterdir() if (one / "__init__.py").exists())
    return HEAD + "".join(map(_room, rooms))


def _room(room: Path) -> str:
    lines = [f"| `{path.stem}` | {_says(path)} |" for path in sorted(room.glob("[!_]*.py"))]
    return "\n".join(
        [
            "",
            f"## {room.name}",
            "",
            _says(room / "__init__.py"),
            "",
            "| module | what it is |",
            "|---|---|",
            *lines,
            "",
        ]
    )


def _says(path: Path) -> str:
    """The first paragraph of a module's docstring, on one line; a bar would end its cell."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(said.partition("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
