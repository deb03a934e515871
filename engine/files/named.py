"""Parameters whose text names files among other words: ``net.py:Net``, ``x=a.npy;mask=random:1,8``.

A person gives the text; resolved it is a ``Named``, which holds the sha256 of every file, as ``given.File`` does for a
path alone: another content is another run, and ``verify`` notices a file that is gone or changed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from engine.files import given, regular

PART = re.compile(r"(?:(?P<name>[^\W\d]\w*)=)?(?P<word>.*)", re.DOTALL)
SUFFIX = re.compile(r"\.[A-Za-z]\w{0,15}$")  # what tells a path from a word: 1.5 and cat/dog are none
SEPARATOR = ";"
RANDOM = "random:"
PYTHON = ".py"


class Named(TypedDict):
    """A text as it was given, and the sha256 hex of every file that it needs, by path. No files: made in Python."""

    text: str
    files: dict[str, str]


@dataclass(frozen=True)
class Part:
    """A piece of the text. ``name`` is what stands before "=", "" for nothing."""

    name: str
    word: str

    @property
    def path(self) -> str:
        """The file that is named; "" where the word is none."""
        file, colon, _ = self.word.rpartition(":")
        if colon and file.endswith(PYTHON):
            return file
        return self.word if SUFFIX.search(self.word) else ""

    @property
    def inside(self) -> str:
        """What is named in that file: ``Net`` of ``net.py:Net``."""
        return self.word[len(self.path) + 1 :] if self.path else ""


def is_named(value: object) -> bool:
    """Whether ``value`` has the form of a ``Named``."""
    if not isinstance(value, dict) or set(value) != {"text", "files"} or not isinstance(value["files"], dict):
        return False
    return all(isinstance(one, str) for one in (value["text"], *value["files"], *value["files"].values()))


def text_of(value: str | Named) -> str:
    """The text, resolved or not."""
    return value if isinstance(value, str) else value["text"]


def parts(text: str) -> list[Part]:
    """The pieces between semicolons; a text that is a file's whole path is one piece, whatever stands in it."""
    if regular.is_regular(text):
        return [Part("", text)]
    found = (PART.fullmatch(piece.strip()) for piece in text.split(SEPARATOR))
    return [Part(one["name"] or "", one["word"]) for one in found if one is not None and one["word"]]


def moved(text: str, folder: Path) -> str:
    """``text`` with its paths beginning at ``folder``, where they are not whole already."""

    def one(part: Part) -> str:
        word = str(folder / part.path) + part.word[len(part.path) :] if part.path else part.word
        return f"{part.name}={word}" if part.name else word

    return SEPARATOR.join(map(one, parts(text)))


def checked(
    parameter: str, value: str | Named, beside: Callable[[str], Iterable[str]] = lambda path: ()
) -> str | Named:
    """The ``Named`` of a text, or the one of an earlier run whose files must still be the same.

    beside: further files that one of them needs.  A text without files stays as it is.
    InputError as ``given.checked``.
    """
    if not isinstance(value, str):
        for path, sha256 in value["files"].items():
            given.checked(parameter, given.File(path=path, sha256=sha256))
        return value
    found: dict[str, str] = {}
    for path in filter(None, (part.path for part in parts(value))):
        for one in (path, *beside(path)):
            found.setdefault(one, given.checked(parameter, one)["sha256"])
    return Named(text=value, files=found) if found else value


def file(named: Any, path: str) -> given.File:
    """A file of a resolved text, to be opened with ``given.opened``."""
    return given.File(path=path, sha256=named["files"][path])
