"""The bar shows names of users as they are: none of them is a command to the bar or to the terminal."""

import io
import sys

import pytest

from pipeline.progress import working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", ["[/x].toml", "[bold red]a", "{task.id}", "[link=http://x]b[/link]"])
def test_a_name_is_no_markup(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with working(f"checking {name}") as reached:
        reached.steps(1, 2)
    assert f"checking {name}" in shown.getvalue()
