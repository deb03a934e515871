"""The process in which the house answers one question (_asking.py). A program, not to be imported."""

import json
import os
import sys
import threading
import warnings

ROOMS = frozenset({"engine", "pipeline", "render", "scenes"})


def _end_with_parent() -> None:
    """Whoever asked holds the other end of stdin open as long as they live."""
    while os.read(0, 1):
        pass
    os._exit(1)


def main() -> None:
    """Read the question from stdin, answer it on stdout."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what else is printed is no answer
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    warnings.simplefilter("ignore")  # of libraries; they are not for users
    sys.path.insert(0, request["house"])
    sys.path += [place for place in request["path"] if place and place not in sys.path]
    for name in [*sys.modules]:  # packages of the user's that something loads whenever Python starts
        if name.partition(".")[0] in ROOMS:
            del sys.modules[name]
    from pipeline.asked.process import answer

    answer(request["question"], request["arguments"], out)


if __name__ == "__main__":
    main()
