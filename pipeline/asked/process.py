"""Answers one question, in a process that was started for it (src/gradreel/_answering.py)."""

from __future__ import annotations

import json
import re
import time
import traceback
from collections.abc import Mapping
from typing import Any, TextIO

from engine.errors import GradreelError, InputError
from engine.files import stopping
from pipeline import progress
from pipeline.asked import answers
from pipeline.console import Stopped, bounded, debugging, refused_sentence, unexpected_sentence

OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]+)")
# What sentences say to people at a command line, and what a parameter in Python is.
WORDS = ((" with -o", ""), ("give -o ", "give "), ("(-j 1)", "(jobs=1)"), (" (-q)", ""), (" -q", " quality"))
OFTEN_S = 0.1


def answer(question: str, arguments: Mapping[str, Any], out: TextIO) -> None:
    """Write to ``out``, a line of JSON each: news, and in the end the answer or what went wrong."""
    stopping.listen()
    with progress.listening(_News(out)):
        told = _answered(question, arguments)
    stopping.deaf()
    _write(out, told)


def _answered(question: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": answers.QUESTIONS[question](**arguments)}
    except KeyboardInterrupt:
        return _wrong(Stopped(stopping.STOPPED))
    except GradreelError as error:
        return _wrong(error)
    except OSError as error:
        return _wrong(GradreelError(refused_sentence(error)))
    except Exception as error:
        return _wrong(GradreelError(unexpected_sentence(error)))


def _wrong(error: GradreelError) -> dict[str, Any]:
    if debugging():
        traceback.print_exc()
    kind = next(
        (one.__name__ for one in (Stopped, InputError) if isinstance(error, one)),
        "RunError",
    )
    return {"error": {"kind": kind, "sentence": in_python(bounded(str(error)))}}


def in_python(sentence: str) -> str:
    """A sentence that names options of the command line, for somebody who has parameters instead."""
    for words, others in WORDS:
        sentence = sentence.replace(words, others)
    return OPTION.sub(lambda match: match[1].replace("-", "_"), sentence)


class _News:
    """A bar that tells whoever asked."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._told_s = out, 0.0

    def add_task(self, description: str, *, total: float | None, counts: str = "") -> Any:
        """One piece of work begins."""
        self.update(0, description=description, completed=0.0, total=total)
        return 0

    def update(
        self, task: Any, /, *, description: str, completed: float, total: float | None, counts: str = ""
    ) -> None:
        """It is so far."""
        now_s = time.monotonic()
        if now_s - self._told_s < OFTEN_S:
            return
        self._told_s = now_s
        _write(self._out, {"news": {"doing": description, "done": completed, "total": total}})


def _write(out: TextIO, told: Mapping[str, Any]) -> None:
    out.write(f"{json.dumps(told)}\n")
    out.flush()
