"""What the README and the pages of docs/ tell people to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
PROGRAMS = ("gradreel", "render.py", "python render.py", ".venv/bin/python render.py")
OTHERS = ("make ", "python tools/", "python -m ")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language ("" for none) and what stands in it."""

    page: Path
    language: str
    text: str


@dataclass(frozen=True)
class Command:
    """A line to type: the program, and its words as a shell splits them."""

    page: Path
    line: str
    program: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page.name}: {self.line}"


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(page, *found) for found in FENCE.findall(page.read_text("utf-8"))]


def commands() -> list[Command]:
    """Every command line of every page, from blocks and from the running text, each once a page."""
    found: dict[tuple[Path, str], Command] = {}
    for page in PAGES:
        lines = [
            line for block in blocks(page) if block.language in ("", "sh") for line in block.text.splitlines()
        ]
        prose = FENCE.sub("", page.read_text("utf-8"))
        for line in [*lines, *INLINE.findall(prose)]:
            for command in _commands(page, line.strip()):
                found.setdefault((page, command.line), command)
    return list(found.values())


def _commands(page: Path, line: str) -> Iterator[Command]:
    for program in PROGRAMS:
        if line == program or line.startswith(f"{program} "):
            words = shlex.split(line.removeprefix(program), comments=True)
            # A name in capitals stands for what a reader puts there, and "…" for more of the same.
            if words and not any(word.isupper() or "…" in word for word in words):
                yield Command(page, line, "gradreel", tuple(words))
            return
    if line.startswith(OTHERS):
        words = shlex.split(line, comments=True)
        if not any("…" in word for word in words):
            yield Command(page, line, words[0], tuple(words[1:]))
