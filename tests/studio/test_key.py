"""The key of a film: if it missed something that is drawn, somebody would be given a stale film."""

from dataclasses import fields, replace
from typing import Any

import pytest

from engine import packages
from engine.trace import Trace
from engine.trace.series import Series
from pipeline import sources
from pipeline.film import FilmJob, Quality
from pipeline.studio import Order, key
from pipeline.studio.key import film_key
from scenes import SCENES
from scenes.stage import text
from tests.scenes.watching import recorded

JOB = FilmJob("backward", "ko", "dark", Quality.parse("144p5"))


@pytest.fixture
def order() -> Order:
    return Order(recorded("backpropagation"), JOB)


@pytest.fixture(autouse=True)
def fresh_digests() -> Any:
    caches = (sources._imports, key._of_fonts, key._of_packages)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


def other(value: Any) -> Any:
    """A value of the same kind that is not the same."""
    if isinstance(value, Quality):
        return Quality.parse("146p5")
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return {"backward": "forward", "ko": "en", "dark": "light", "burned": "none"}.get(value, value + "x")
    if isinstance(value, int | float):
        return value + 1
    return ("graph",)


@pytest.mark.parametrize("name", [field.name for field in fields(FilmJob)])
def test_every_setting_of_a_job_counts(order: Order, name: str) -> None:
    changed = replace(JOB, **{name: other(getattr(JOB, name))})
    assert film_key(replace(order, job=changed)) != film_key(order)


def test_the_same_order_has_the_same_key(order: Order) -> None:
    assert film_key(order) == film_key(Order(recorded("backpropagation"), replace(JOB)))


def test_every_number_of_the_trace_counts(order: Order) -> None:
    trace = order.trace
    name = "graph/lr"
    series = {**trace.series, name: Series(trace[name].item() + 1e-12, source=trace[name].source)}
    changed = Trace(
        recorder=trace.recorder, version=trace.version, seed=trace.seed, params=trace.params,
        environment=trace.environment, series=series, nodes=trace.nodes, flags=trace.flags,
    )  # fmt: skip
    assert film_key(replace(order, trace=changed)) != film_key(order)


def test_where_a_trace_was_recorded_does_not_count(order: Order) -> None:
    trace = order.trace
    elsewhere = Trace(
        recorder=trace.recorder, version=trace.version, seed=trace.seed, params=trace.params,
        environment={**trace.environment, "device": "another"}, series=trace.series, nodes=trace.nodes,
        flags=trace.flags,
    )  # fmt: skip
    assert film_key(replace(order, trace=elsewhere)) == film_key(order)


def reworded(monkeypatch: pytest.MonkeyPatch, slug: str, language: str) -> None:
    """Another caption in one language of one scene."""
    read = text.table

    def table(name: str) -> dict[str, Any]:
        found = read(name)
        if name == slug:
            next(iter(found["beats"].values()))["caption"][language][0] += "!"
        return found

    monkeypatch.setattr(text, "table", table)


def test_a_caption_counts_for_its_film_only(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = {
        (slug, language): replace(order, job=replace(JOB, slug=slug, language=language))
        for slug in ("forward", "backward")
        for language in ("ko", "en")
    }
    before = {name: film_key(one) for name, one in orders.items()}
    reworded(monkeypatch, "backward", "ko")
    changed = {name for name, one in orders.items() if film_key(one) != before[name]}
    assert changed == {("backward", "ko")}


@pytest.mark.parametrize(
    ("module", "counts_for"),
    [
        ("scenes.backward", {"backward"}),
        ("scenes.backward.film", {"backward"}),
        ("scenes.backward.tables", {"backward"}),
        ("scenes.forward.film", {"forward"}),
        ("scenes.parts.nets.graph", {"backward"}),
        ("scenes.parts.nets.network", {"forward", "backward"}),
        ("scenes.stage.style", {"forward", "backward"}),
        ("scenes.stage.explainer", {"forward", "backward"}),
        ("pipeline.encoder", {"forward", "backward"}),
        ("pipeline.paint.camera", {"forward", "backward"}),
        ("pipeline.inspect.report", set()),
        ("engine.rnn.recurrent", set()),
        ("engine.backward.recorder", set()),
        ("scenes", set()),
    ],
)
def test_a_source_file_counts_for_the_films_that_import_it(
    order: Order, module: str, counts_for: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = {slug: replace(order, job=replace(JOB, slug=slug)) for slug in ("forward", "backward")}
    before = {slug: film_key(one) for slug, one in orders.items()}
    path, changed_path = sources.source(module), sources.source("render")
    assert path.is_file()
    where = sources.source
    monkeypatch.setattr(sources, "source", lambda name: changed_path if name == module else where(name))
    assert {slug for slug, one in orders.items() if film_key(one) != before[slug]} == counts_for


def test_every_package_that_draws_counts(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "installed", lambda one: "1.0")
    key._of_packages.cache_clear()
    before = film_key(order)
    for name in packages.DRAWING:
        key._of_packages.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(packages, "installed", lambda one, name=name: "0.0" if one == name else "1.0")
            assert film_key(order) != before, name


def test_the_font_counts(order: Order, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    before = film_key(order)
    key._of_fonts.cache_clear()
    (tmp_path / "NotoSansKR.ttf").write_bytes(b"another font")
    monkeypatch.setattr(key.fonts, "font_files", lambda: (tmp_path / "NotoSansKR.ttf",))
    assert film_key(order) != before


def test_every_scene_has_a_key_of_its_own(order: Order) -> None:
    """Also that the closure of every scene can be read."""
    keys = {film_key(Order(recorded(card.recorder), replace(JOB, slug=card.slug))) for card in SCENES}
    assert len(keys) == len(SCENES)
