"""A fault of each kind is found on its line, and nothing else; a clean film has none."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from manim import Mobject

from pipeline.film import FilmJob, Quality
from pipeline.inspect.inspector import Inspection, inspect_film
from pipeline.inspect.problems import ADVICE
from scenes.parts.text.typeset import Typeset
from scenes.stage import text
from scenes.stage.declare import KINDS
from tests.inspect.films import FILMS, marked, trace

HERE = Path(__file__).parent
SIZE = Quality.parse("480p60")
TEXTS = "missing-translation"

Inspect = Callable[..., Inspection]


@pytest.fixture
def inspect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inspect]:
    """inspect("clean", "ko", "dark") plays a film of tests/inspect/films.py."""

    def forget() -> None:
        for cached in (text.scene_text, text.lengths, text.terms):
            cached.cache_clear()

    monkeypatch.setattr(text, "FILMS", HERE / "text")
    monkeypatch.setattr(text, "TERMS", HERE / "text" / "terms.toml")
    forget()
    yield lambda slug, language="ko", theme="dark": inspect_film(
        trace(), FilmJob(slug, language, theme, SIZE), FILMS[slug].card, drawn_by=FILMS[slug]
    )
    forget()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_clean_film_has_no_problem_and_lists_its_exception(
    inspect: Inspect, language: str, theme: str
) -> None:
    found = inspect("clean", language, theme)
    assert found.problems == []
    assert {(e.kind, e.beat, e.reason) for e in found.exceptions} == {
        ("text-over-line", "second", "crossing out is what is shown here"),
        ("text-over-text", "second", "it passes its like"),
    }
    assert [tile.moment.beat for tile in found.tiles if tile.moment.kind == "last"] == ["first", "second"]
    assert found.seconds > 4


def test_every_planted_fault_is_found_on_its_line_and_nothing_else(inspect: Inspect) -> None:
    found = inspect("faulty").problems
    placed = [(p.kind, p.place.rsplit(":", 1)) for p in found if p.kind != TEXTS]
    assert {file for _, (file, _) in placed} == {"tests/inspect/films.py"}
    assert sorted((kind, int(line)) for kind, (_, line) in placed) == marked()
    assert {(p.what, p.place) for p in found if p.kind == TEXTS} == {
        ("labels.only", "scenes/faulty/text.toml"),
        ("“rose”", "scenes/stage/text/terms.toml"),
    }


def test_each_kind_is_planted_and_has_advice(inspect: Inspect) -> None:
    assert {kind for kind, _ in marked()} | {TEXTS} == set(KINDS) == set(ADVICE)


def test_problems_say_when_and_where_on_the_frame(inspect: Inspect) -> None:
    found = {(p.kind, p.what): p for p in inspect("faulty").problems}
    covered = found["text-covered", "“가려짐”"]
    assert covered.beat == "covered"
    assert covered.until_s > covered.time_s > 0
    left, bottom, right, top = covered.boxes[0]
    assert 1 < left < 2 < right < 3
    assert bottom < 1 < top
    assert "films.py" in covered.detail


def test_a_language_without_a_text_is_reported_instead_of_played(inspect: Inspect) -> None:
    found = inspect("faulty", "en")
    assert [(p.kind, p.what) for p in found.problems] == [(TEXTS, "labels.only")]
    assert found.moments == 0


def test_afterwards_mobjects_are_made_as_before(inspect: Inspect) -> None:
    before = Mobject.__init__, Typeset.__init__
    inspect("clean")
    assert (Mobject.__init__, Typeset.__init__) == before
