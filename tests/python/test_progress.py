"""How far something is: said in a notebook and on a terminal, gone afterwards, and nowhere else."""

import io
import sys
from contextlib import suppress
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from gradreel import _progress
from gradreel._progress import shown


class Handle:
    def __init__(self, said: list[Any]) -> None:
        self.said = said

    def update(self, bundle: Any, raw: bool) -> None:
        assert raw
        self.said.append(bundle)


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    said: list[Any] = []

    def display(bundle: Any, raw: bool, display_id: bool) -> Handle:
        assert raw
        assert display_id
        said.append(bundle)
        return Handle(said)

    module: Any = ModuleType("IPython")
    module.get_ipython = lambda: SimpleNamespace(kernel=object())
    shows: Any = ModuleType("IPython.display")
    shows.display = display
    monkeypatch.setitem(sys.modules, "IPython", module)
    monkeypatch.setitem(sys.modules, "IPython.display", shows)
    return said


def test_a_notebook_has_one_bar_that_ends_empty(notebook: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "PATIENCE_S", 0.0)
    with suppress(ValueError), shown() as news:
        news.tell("a <b>", 1, 4)
        news.tell("a <b>", 2, None)
        raise ValueError("what came in between")
    assert [one["text/html"] for one in notebook] == [
        '<progress value="1" max="4"></progress> a &lt;b&gt;',
        "<progress></progress> a &lt;b&gt;",
        "",
    ]


def test_what_is_there_soon_shows_none(notebook: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "PATIENCE_S", 3600.0)
    with shown() as news:
        news.tell("quick", 1, 1)
    assert notebook == []


def test_a_terminal_has_a_line_that_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal: Any = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    with shown() as news:
        news.tell("backward (en) chain", 1, 4)
    assert terminal.getvalue() == "\r\x1b[K 25 %  backward (en) chain\r\x1b[K"


def test_elsewhere_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with shown() as news:
        news.tell("backward", 1, 4)
    assert pipe.getvalue() == ""
