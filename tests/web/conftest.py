"""One browser for all tests of pages, axe-core's program, and a deck of tiny films in known colours."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests import needs
from tests.web.browser import Watch, launched
from tests.web.films import sample_deck


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with launched() as browser:
        yield browser


@pytest.fixture
def watch(browser: Any) -> Iterator[Watch]:
    watch = Watch(browser)
    yield watch
    watch.close()


@pytest.fixture(scope="session")
def axe() -> str:
    needs.library("axe_playwright_python")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return sample_deck(tmp_path_factory.mktemp("films"))


@pytest.fixture(scope="session")
def page(deck: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample deck as a folder; its page."""
    from pipeline.deck.html import write_html

    return write_html(deck, tmp_path_factory.mktemp("deck") / "out", one_file=False)
