"""Asks the house, which works in a process of its own: one question, one answer, and the news in between.

There its folders are first on the import path, Manim has its settings, signals are heard and pools are forked; none of
this happens in the user's process, whose main module is never run again by a pool.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from gradreel import _errors, house
from gradreel._errors import GradreelError, InputError, RunError
from gradreel._own import own
from gradreel._progress import Shown, shown

ANSWERING = Path(__file__).with_name("_answering.py")
GRACE_S = 15.0  # what is under way ends at the next animation, and cleans up
WARNINGS = "PYTHONWARNINGS"  # what the user wants to hear of their own code


def ask(question: str, **arguments: Any) -> Any:
    """The house's answer. Raises the GradreelError that it met, RunError when its process died.

    Interrupted, the process is ended, leaves nothing half-written, and KeyboardInterrupt goes on.
    """
    told = {"house": str(house()), "path": [one for one in sys.path if isinstance(one, str)]}
    request = json.dumps({**told, "question": question, "arguments": arguments})
    with _temporary(tempfile.TemporaryFile) as errors, _process(errors) as process, shown() as news:
        answer = _converse(process, request, news)
        said = _said(errors)
    if os.environ.get("GRADREEL_DEBUG", "") not in ("", "0"):
        print(said, end="", file=sys.stderr)
    if answer is None:
        raise RunError(_died(process.returncode, said))
    if "error" in answer:
        raise _error(**answer["error"])
    return answer["answer"]


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder. When this process is killed, the house sweeps it away another time."""
    claim = _temporary(lambda: own("engine.files.claims").Claim(Path(tempfile.gettempdir()), hidden=False))
    try:
        yield claim.path
    finally:
        claim.release()


def _temporary(make: Callable[[], Any]) -> Any:
    """What ``make`` makes among the temporary files; RunError when the system refuses."""
    try:
        return make()
    except OSError as error:
        raise RunError(
            f"Temporary files cannot be made ({error.strerror}): set TMPDIR to a folder with room."
        ) from error


@contextmanager
def _process(errors: IO[bytes]) -> Iterator[subprocess.Popen[str]]:
    """The process, which is over when the context is. It leads a group of its own: only we tell it to stop."""
    if not sys.executable:
        raise RunError("This program does not say where Python is: set sys.executable to it.")
    environment = {name: value for name, value in os.environ.items() if name != WARNINGS}
    group: dict[str, Any]
    if sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    else:
        group = {"process_group": 0}
    # -P: neither the folder of the script nor the current one is on the import path.
    with subprocess.Popen(
        [sys.executable, "-P", str(ANSWERING)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
        text=True,
        encoding="utf-8",
        **group,
    ) as process:
        try:
            yield process
        finally:
            _end(process)


def _converse(process: subprocess.Popen[str], request: str, news: Shown) -> dict[str, Any] | None:
    """The answer; None when the process ended without one."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):  # it is gone already: there will be no answer, and that is said
        process.stdin.write(f"{request}\n")
        process.stdin.flush()
    answer = None
    for line in process.stdout:
        told: dict[str, Any] = json.loads(line)
        if "news" in told:
            news.tell(**told["news"])
        else:
            answer = told
    process.wait()
    return answer


def _end(process: subprocess.Popen[str]) -> None:
    """When something came in between, the process is asked to stop, and in the end killed."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(GRACE_S)  # with stdin open: when that closes, it is gone at once
    except subprocess.TimeoutExpired:
        process.kill()
    except BaseException:  # interrupted once more: at once, then
        process.kill()
        raise


def _said(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode("utf-8", errors="replace")


def _died(code: int | None, said: str) -> str:
    if code is not None and code < 0:
        return (
            f"The process that worked on it was killed (signal {-code}), most likely for want of memory: "
            f"take a lower quality, or fewer jobs."
        )
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    return f"The process that worked on it ended without an answer ({last[:300]}): see `gradreel doctor`."


def _error(kind: str, sentence: str) -> GradreelError:
    if kind == "Stopped":  # somebody ended that process, and not this one
        return RunError(sentence)
    found = getattr(_errors, kind, RunError)
    error: GradreelError = found(sentence) if found in (InputError, RunError) else RunError(sentence)
    return error
