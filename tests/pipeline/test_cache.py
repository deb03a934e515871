"""The cache hits when nothing changed, misses when anything did, and never gets in the way."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import packages, recorders
from engine.errors import InputError
from engine.recorders import RECORDERS
from engine.trace import Trace
from pipeline import cache, sources
from pipeline.record import obtain

GIVEN = {"expression": "x*x", "at": {"x": 3.0}, "wrt": "x"}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The recorders that really ran, in order."""
    ran: list[str] = []
    really: Callable[..., Trace] = recorders.run

    def run(name: str, *args: object, **options: object) -> Trace:
        ran.append(name)
        return really(name, *args, **options)

    monkeypatch.setattr(recorders, "run", run)
    return ran


def test_the_second_time_is_loaded(runs: list[str]) -> None:
    first, second = obtain("expression", GIVEN), obtain("expression", GIVEN)
    assert first == second
    assert runs == ["expression"]


@pytest.mark.parametrize("other", [GIVEN | {"lr": 0.5}, GIVEN | {"at": {"x": 3.5}}, GIVEN | {"seed": 1}])
def test_other_parameters_miss(runs: list[str], other: dict[str, object]) -> None:
    obtain("expression", GIVEN)
    obtain("expression", other)
    assert len(runs) == 2


def test_other_code_misses(runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    obtain("expression", GIVEN)
    monkeypatch.setattr(cache, "code_version", lambda recorder: "changed")
    obtain("expression", GIVEN)
    assert len(runs) == 2


def test_code_version_follows_sources_and_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    now = cache.code_version("rnn")
    assert cache.code_version("rnn") == now
    assert cache.code_version("momentum") != now
    monkeypatch.setattr(packages, "installed", lambda name: "0")
    assert cache.code_version("rnn") != now


# What trains on a data set, or on a file in its place.
CLASSIFYING = ("perceptron", "backpropagation", "vanishing", "convolution", "pooling")


@pytest.mark.parametrize(
    ("module", "counts_for"),
    [
        ("engine.rnn.recorder", {"rnn"}),
        ("engine.rnn.declared", {"rnn"}),
        ("engine.data.numbers.encodings", {"rnn", "model", *CLASSIFYING}),
        ("engine.formula.grammar", {"backpropagation", "expression", "momentum"}),
        ("engine.forward.recorder", {"backpropagation", "perceptron"}),
        ("engine.trace.series", set(RECORDERS)),
        ("engine.trace.recording", set(RECORDERS)),
        ("engine.recorders", set()),
    ],
)
def test_a_source_file_counts_for_the_recorders_that_import_it(
    module: str, counts_for: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new recorder throws no other's traces away."""

    def versions() -> dict[str, str]:
        cache._sources.cache_clear()
        return {name: cache.code_version(name) for name in RECORDERS}

    before, where = versions(), sources.source
    monkeypatch.setattr(sources, "source", lambda name: where("render" if name == module else name))
    assert {name for name, version in versions().items() if version != before[name]} == counts_for
    cache._sources.cache_clear()


def test_a_recorder_that_declares_nothing_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RECORDERS, "bare", "engine.nets")
    monkeypatch.setattr(cache, "source", lambda name: sources.source(name.replace("recorder", "layers")))
    monkeypatch.setattr(cache, "digests", lambda roots: dict.fromkeys(roots, ""))
    cache._sources.cache_clear()
    assert list(cache._sources("bare")) == ["engine.nets.recorder"]
    cache._sources.cache_clear()


def test_a_run_that_could_not_be_read_again_is_refused_when_it_is_made(own_cache: Path) -> None:
    given = {"formula": "1e300*(x^2+y^2)", "start": {"x": 1.0, "y": 1.0}}
    with pytest.raises(InputError, match=r"momentum cannot show this run \(surface/node_value has 1e\+300"):
        obtain("momentum", given)
    assert not list(own_cache.glob("traces/*"))


def test_no_cache_neither_reads_nor_writes(runs: list[str], own_cache: Path) -> None:
    obtain("expression", GIVEN, use_cache=False)
    obtain("expression", GIVEN, use_cache=False)
    assert len(runs) == 2
    assert not own_cache.exists()


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_a_damaged_entry_is_recorded_again(runs: list[str], own_cache: Path, damage: bytes | None) -> None:
    first = obtain("expression", GIVEN)
    (entry,) = (own_cache / "traces").glob("*/trace.npz")
    entry.write_bytes(entry.read_bytes()[:-100] if damage is None else damage)
    assert obtain("expression", GIVEN) == first
    assert obtain("expression", GIVEN) == first
    assert len(runs) == 2


def test_a_folder_that_cannot_be_written_is_no_matter(runs: list[str], own_cache: Path) -> None:
    own_cache.write_text("a file where the folder should be")
    assert obtain("expression", GIVEN) == obtain("expression", GIVEN)
    assert len(runs) == 2


def test_the_folder_is_the_systems_unless_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GRADREEL_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if os.uname().sysname == "Linux":
        assert cache.folder() == tmp_path / "xdg/gradreel/traces"
    assert cache.folder().name == "traces"
