"""Which tests go to the same worker: those that look at a film played, or rendered, in the same way; else a file's.

Told by the name of a test alone, which is all that the process that hands them out knows. Recordings and plays are
shared between workers anyhow (tests/shared.py); a group spares one worker the wait for what another is making.
"""

import re
from typing import Any

import pytest

FILM = r"(?P<film>[a-z]\w*)"
GROUPS = [
    re.compile(pattern)
    for pattern in (
        r"films/.*\[(?P<rendered>[\w ]+ (ko|en) (dark|light))\]",  # once for all tests: tests/films/conftest.py
        rf"inspect/test_real_films.*\[{FILM}-(?P<how>ko|en)-\w+\]",
        rf"(scenes/test_played|films/test_lengths).*\[{FILM}-(?P<how>ko|en)\]",
        rf"scenes/test_symbols.*\[{FILM}-.*-(?P<how>ko|en)\]",
        rf"scenes/test_played.*\[((ko|en)-)?{FILM}-(?P<how>\{{.*)\]",
        # Each of these plays, draws or inspects a film in a way of its own.
        r"(?P<alone>test_(no_film_takes|beats_look_as|what_is_as_declared|a_users_expression).*)",
    )
]

INSPECTION = re.compile("test_a_film_with_its_defaults_is_clean")
RECORDING = re.compile("^tests/engine/")


def group(nodeid: str) -> str:
    """The name of a test's group."""
    for pattern in GROUPS:
        found = pattern.search(nodeid)
        if found:
            return " ".join(found.groupdict().values())
    return nodeid.split("::")[0]


def scheduler(config: pytest.Config, log: Any) -> Any:
    """Hands out whole groups, in the order of their first tests."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid)

    config.option.loadscopereorder = False
    return ByGroup(config, log)


def longest_first(items: list[pytest.Item]) -> None:
    """Inspections take longest, and play their film, too: the others take it from there. Then whole files that record,
    so that no worker is left with one at the end."""
    items.sort(key=lambda item: (not INSPECTION.search(item.nodeid), not RECORDING.search(item.nodeid)))
