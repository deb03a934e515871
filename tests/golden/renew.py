"""Draw the references of named scenes anew: python -m tests.golden.renew SCENE…

They are drawn from the carried trace (tests/golden/carried.py), which is recorded anew only when it is gone or when its
recorder's series or parameters are others now. After other numbers from the same series, delete it first.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from engine.errors import GradreelError
from pipeline.options import cards
from tests.golden import carried, stills
from tests.shared import recorded


def renew(slug: str, folder: Path = stills.FOLDER) -> list[Path]:
    """Replace one scene's references; those of other scenes stay."""
    folder.mkdir(parents=True, exist_ok=True)
    old = set(stills.references_of(slug, folder))
    new = []
    for language, theme in stills.COMBINATIONS:
        for beat, frame in stills.stills(slug, language, theme).items():
            new.append(stills.reference(slug, beat, language, theme, folder))
            stills.save(frame, new[-1])
    for path in old - set(new):
        path.unlink()
    return new


def retrace(recorder: str, folder: Path = carried.FOLDER) -> bool:
    """Carry a fresh trace where there is none, or one of another shape; whether it did."""
    fresh = recorded(recorder)
    if carried.place(recorder, folder).is_file() and not carried.unlike(
        carried.trace_of(recorder, folder), fresh
    ):
        return False
    carried.carry(fresh, folder)
    return True


def main(slugs: Sequence[str]) -> int:
    """Renew the scenes of the command line; 2 when one is unknown or none is named."""
    if not slugs:
        print("Name the scenes to renew: python -m tests.golden.renew SCENE…", file=sys.stderr)
        return 2
    try:
        known = cards(slugs)
    except GradreelError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    for card in known:
        if retrace(card.recorder):
            print(f"{card.recorder}: recorded anew")
        files = renew(card.slug)
        print(f"{card.slug}: {len(files)} references, {sum(f.stat().st_size for f in files) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
