"""The whole grid of altered traces, drawn one by one: ``python -m tests.altered.grid TRACE…`` (hours for all of them).

With ``--together`` series that may be altered are altered many at a time, which takes minutes.
"""

import sys
import time
import traceback
from pathlib import Path

from engine import declared
from engine.errors import GradreelError
from engine.trace import Trace
from pipeline.film import FilmJob, Quality, measure_film
from scenes import SCENES
from tests.altered.alterations import FORMS, NUMBERS, TEXTS, TRUTHS, around, single, together

WAYS = tuple(dict.fromkeys((*NUMBERS, *TRUTHS, *TEXTS, *FORMS)))


def drawn(trace: Trace) -> str:
    """How measuring the film of ``trace`` ends: "film", "refused: …" or "FAULT …"."""
    (card,) = (one for one in SCENES if one.recorder == trace.recorder)
    start = time.process_time()
    try:
        measure_film(trace, FilmJob(card.slug, "en", "dark", Quality.parse("preview")))
    except GradreelError as error:
        return f"refused: {error}"
    except Exception as error:  # what is looked for
        places = [one for one in traceback.extract_tb(error.__traceback__) if "/scenes/" in one.filename]
        where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in places[::-1][:4])
        return f"FAULT {type(error).__name__}: {str(error)[:100]} at {where}"
    return f"film ({time.process_time() - start:.1f} s)"


def main(arguments: list[str]) -> None:
    """Print one line for each trace that is drawn, and how many were refused before."""
    grouped = "--together" in arguments
    for path in (one for one in arguments if not one.startswith("--")):
        trace = Trace.load(path)
        if trace.recorder == "expression":
            continue
        if grouped:
            for how in WAYS:
                for seed, share in enumerate((1.0, 0.5, 0.2)):
                    print(path, how, share, drawn(together(trace, how, share, seed)), flush=True)
            continue
        refused = 0
        for what, one in (*around(trace), *single(trace)):
            if declared.problem(one) is not None:
                refused += 1
            else:
                print(path, what, drawn(one), flush=True)
        print(path, refused, "refused before drawing", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
