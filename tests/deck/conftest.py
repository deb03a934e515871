"""One tiny deck, really made: two beats of backward. Its clips are made once for every test."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import make, options
from pipeline.deck import build
from pipeline.deck.model import Deck, PictureSlide, TextSlide, TitleSlide
from pipeline.plan import Style
from tests import needs
from tests.conftest import TINY

BEATS = ("graph", "chain")


@pytest.fixture(scope="session")
def scene_deck(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deck]:
    """The beats ``graph`` and ``chain`` in Korean, as the command makes them."""
    old = os.environ.get("GRADREEL_CACHE")
    os.environ["GRADREEL_CACHE"] = str(cache_folder)
    try:
        style = Style.parse("ko", "dark", TINY, "none")
        request = make.Request(options.cards(["backward"]), {"backward": {}}, style, BEATS)
        trace = make.trace_for(request, request.cards[0])
        plan = build.of_scenes(request, [trace], request.style.looks()[0])
        (deck,) = build.develop([plan], tmp_path_factory.mktemp("frames"), build.Crew(1))
        yield deck
    finally:
        if old is None:
            del os.environ["GRADREEL_CACHE"]
        else:
            os.environ["GRADREEL_CACHE"] = old


@pytest.fixture(scope="session")
def deck(scene_deck: Deck) -> Deck:
    """The same clips between an opening, a text and a picture, with words that are hard on XML."""
    film = scene_deck.slides[0]
    hard = 'a < b & "c" — ∂L/∂w = δx'
    slides = (
        TitleSlide(
            title="역전파", section="역전파", subtitle="딥러닝 입문", lines=("가르치는 이", "2026년 3월 2일")
        ),
        *scene_deck.slides,
        TextSlide(title=hard, section=hard, lines=("- 하나", "- 둘", hard), notes=hard),
        PictureSlide(title="그림", section=hard, picture=film.clip.last, alt="그래프 하나"),
        replace(film, title="또 한 번", section=hard, clip=replace(film.clip, loop=True)),
    )
    return replace(scene_deck, title="역전파 강의", slides=slides, author="가르치는 이")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, when there is one."""
    return needs.program(needs.LIBREOFFICE)


@pytest.fixture
def wrong(run: Callable[..., object]) -> Callable[..., str]:
    """Call ``deck`` with input it must refuse with exit 2; gives what it says."""

    def call(*args: str | Path) -> str:
        done = run("deck", *args)
        assert done.exit_code == 2, done.output
        assert done.output.count("\n") <= 2
        return done.output

    return call
