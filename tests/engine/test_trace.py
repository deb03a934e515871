"""The trace contract: what construction refuses, and the exact round trip through a file."""

import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import InputError, RunError
from engine.trace import Node, Series, Trace

PARAMS = {"given": {"lr": 0.1}, "resolved": {"lr": 0.1, "widths": (6, 8), "net": None}}


def make(**changes: object) -> Trace:
    fields: dict = {
        "recorder": "toy",
        "version": "0",
        "seed": 3,
        "params": PARAMS,
        "environment": {"torch": "2"},
        "series": {
            "value": Series([0.1, -0.0, 1e-308], ("node",), "cm", "∂L/∂w"),
            "net/weight": Series(np.arange(6, dtype=np.float32).reshape(2, 3), ("unit", "input")),
            "name": Series(["ŷ", "가중치", ""], ("node",)),
            "file": Series(True),
            "empty": Series(np.zeros((0, 2)), ("a", "b")),
            "count": Series(2**62),
        },
        "nodes": (Node("a", "a", "input"), Node("b", "b", "mul", ("a", "a"), ((), ()), ())),
        "flags": {"net": True, "share": 0.5, "note": "ok"},
    }
    return Trace(**(fields | changes))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "toy.npz"
    make().save(path)
    return path


def rewrite(path: Path, change_header=None, arrays=None) -> None:
    """Write the file again with another header or other arrays."""
    with np.load(path) as file:
        members = dict(file)
    if change_header is not None:
        members["header"] = np.array(json.dumps(change_header(json.loads(members["header"].item()))))
    with open(path, "wb") as file:
        np.savez(file, **(members | (arrays or {})))


class TestSeries:
    def test_elements_come_back_as_python_values(self):
        series = Series([[1.5, 2.5]], ("row", "column"))
        assert series[0, 1] == 2.5
        assert type(series[0, 1]) is float
        assert series[0].tolist() == [1.5, 2.5]
        assert Series("ŷ")[()] == "ŷ"
        assert type(Series(3).item()) is int
        assert len(series) == 1
        assert series.shape == (1, 2)

    def test_is_a_read_only_copy(self):
        mine = np.ones(2)
        series = Series(mine, ("node",))
        mine[0] = 5
        assert series[0] == 1
        with pytest.raises(ValueError, match="read-only"):
            series.values[0] = 2

    @pytest.mark.parametrize(
        ("values", "axes", "message"),
        [
            ([1.0], (), "needs 1 axis names"),
            (1.0, ("node",), "needs 0 axis names"),
            ([1.0, np.nan], ("node",), "finite"),
            (np.inf, (), "finite"),
            ([1j], ("node",), "not complex128"),
            ([object()], ("node",), "not object"),
            (np.array([1], dtype=np.int8), ("node",), "not int8"),
        ],
    )
    def test_refuses(self, values, axes, message):
        with pytest.raises(RunError, match=message):
            Series(values, axes)

    def test_equality_and_digest_see_type_shape_and_sign_of_zero(self):
        assert Series([0.0], ("a",)) == Series([0.0], ("a",))
        assert Series([0.0], ("a",)) != Series([-0.0], ("a",))
        assert Series([0.0], ("a",)) != Series([0], ("a",))
        assert Series([0.0], ("a",)) != Series([0.0], ("b",))
        assert Series([0.0], ("a",)) != "text"
        assert Series(np.zeros((2, 1)), ("a", "b")).digest() != Series(np.zeros((1, 2)), ("a", "b")).digest()


class TestTrace:
    def test_unknown_series_suggests_the_nearest_or_lists_all(self):
        with pytest.raises(InputError, match=r"no series valeu\. Did you mean value\?"):
            make()["valeu"]
        with pytest.raises(InputError, match=r"no series zzz\. Known: value, net/weight"):
            make()["zzz"]
        with pytest.raises(InputError, match="no series p, q"):
            make().need("value", "p", "q")
        assert "value" in make()
        assert "p" not in make()

    def test_nodes_by_id(self):
        assert make().node("b").inputs == ("a", "a")
        with pytest.raises(InputError, match="no node c"):
            make().node("c")

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"nodes": (Node("b", "b", "neg", ("a",), ((),)),)}, "takes a, which no earlier node gives"),
            ({"nodes": (Node("a", "a", "input"), Node("a", "a", "input"))}, "Two nodes have the id a"),
            ({"series": {"a b": Series(1)}}, "Series name 'a b'"),
            ({"series": {"a": 1.0}}, "wrap it in Series"),
            ({"params": {"given": {}}}, "'given' and 'resolved'"),
            ({"params": {"given": {}, "resolved": {"lr": float("nan")}}}, r"params\.resolved\.lr is nan"),
            ({"params": {"given": {}, "resolved": {1: 2}}}, "keys are text"),
            ({"environment": {"torch": object()}}, "environment.torch"),
            ({"flags": {"x": [1]}}, "Flag x is a list"),
        ],
    )
    def test_construction_refuses(self, changes, message):
        with pytest.raises(RunError, match=message):
            make(**changes)

    def test_a_node_has_a_shape_for_each_input(self):
        with pytest.raises(RunError, match="2 inputs but 1 shapes"):
            Node("b", "b", "mul", ("a", "a"), ((),))

    def test_join_prefixes_series_nodes_and_flags(self):
        joined = Trace.join({"graph": make(), "net": make()}, recorder="both", seed=1, params=PARAMS)
        assert joined["graph/value"] == joined["net/value"] == make()["value"]
        assert joined.node("net/b").inputs == ("net/a", "net/a")
        assert joined.flags["net/share"] == 0.5
        assert joined.recorder == "both"


class TestFile:
    def test_round_trip_is_exact(self, saved: Path):
        loaded, made = Trace.load(saved), make()
        assert loaded == made
        assert loaded.digest() == made.digest()
        assert loaded.params["resolved"]["widths"] == [6, 8]
        assert list(loaded.series) == list(made.series)

    def test_same_trace_same_bytes_and_no_other_file(self, saved: Path, tmp_path: Path):
        other = tmp_path / "again.npz"
        make().save(other)
        assert other.read_bytes() == saved.read_bytes()
        assert sorted(one.name for one in tmp_path.iterdir()) == ["again.npz", "toy.npz"]

    @given(
        st.lists(st.floats(allow_nan=False, allow_infinity=False)),
        st.text(st.characters(exclude_characters="\0")),
    )
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_numbers_and_text(self, tmp_path: Path, numbers: list[float], text: str):
        series = {"n": Series(np.array(numbers, dtype=np.float64), ("k",)), "t": Series(text)}
        trace = make(series=series, params={"given": {}, "resolved": {"text": text, "n": numbers}})
        trace.save(tmp_path / "t.npz")
        loaded = Trace.load(tmp_path / "t.npz")
        assert loaded == trace
        assert loaded["t"].item() == text

    def test_a_failed_save_leaves_the_old_file_and_nothing_else(
        self, saved: Path, monkeypatch: pytest.MonkeyPatch
    ):
        before = saved.read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
        with pytest.raises(RunError, match="No space left on device"):
            make(seed=4).save(saved)
        assert saved.read_bytes() == before
        assert [one.name for one in saved.parent.iterdir()] == ["toy.npz"]

    def test_places_that_cannot_be_read_or_written(self, tmp_path: Path):
        with pytest.raises(InputError, match="No such file"):
            Trace.load(tmp_path / "none.npz")
        with pytest.raises(InputError, match="is a folder"):
            Trace.load(tmp_path)
        with pytest.raises(RunError, match="choose another place"):
            make().save(tmp_path / "none" / "t.npz")

    def test_not_an_npz(self, saved: Path):
        saved.write_bytes(b"import os")
        with pytest.raises(InputError, match="is not a trace"):
            Trace.load(saved)

    @pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
    def test_truncated(self, saved: Path, share: float):
        whole = saved.read_bytes()
        saved.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(InputError, match=r"not a trace|damaged|is empty"):
            Trace.load(saved)

    @given(st.data())
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_changed_byte_never_changes_a_number(self, tmp_path: Path, data: st.DataObject):
        path = tmp_path / "changed.npz"
        make().save(path)
        whole = bytearray(path.read_bytes())
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole)
        try:
            loaded = Trace.load(path)
        except InputError:
            return
        assert loaded == make()

    def test_an_altered_number_is_named(self, saved: Path):
        rewrite(saved, arrays={"series/value": np.array([0.1, -0.0, 2e-308])})
        with pytest.raises(InputError, match="the numbers of value were altered"):
            Trace.load(saved)

    def test_pickled_objects_are_refused(self, saved: Path):
        rewrite(saved, arrays={"series/value": np.array([{"a": 1}], dtype=object)})
        with pytest.raises(InputError, match="damaged trace"):
            Trace.load(saved)

    def test_another_npz(self, tmp_path: Path):
        np.savez(tmp_path / "other.npz", a=np.ones(2))
        with pytest.raises(InputError, match="without a trace's header"):
            Trace.load(tmp_path / "other.npz")

    def test_a_zip_of_something_else(self, tmp_path: Path):
        with zipfile.ZipFile(tmp_path / "z.npz", "w") as archive:
            archive.writestr("readme.txt", "hello")
        with pytest.raises(InputError, match="damaged trace"):
            Trace.load(tmp_path / "z.npz")

    def test_newer_schema(self, saved: Path):
        rewrite(saved, lambda header: header | {"schema": 99})
        with pytest.raises(
            InputError, match=r"has trace schema 99 and this gradreel reads up to 1: update gradreel"
        ):
            Trace.load(saved)

    @pytest.mark.parametrize("schema", [None, "1", True, 0])
    def test_no_schema(self, saved: Path, schema: object):
        rewrite(saved, lambda header: header | {"schema": schema})
        with pytest.raises(InputError, match="names no trace schema"):
            Trace.load(saved)

    @pytest.mark.parametrize("field", ["recorder", "params", "series", "nodes", "flags"])
    @pytest.mark.parametrize("value", ["absent", 3, [[1]], {"a": {}}])
    def test_header_of_another_form(self, saved: Path, field: str, value: object):
        def change(header: dict) -> dict:
            if value == "absent":
                return {key: one for key, one in header.items() if key != field}
            return header | {field: value}

        rewrite(saved, change)
        with pytest.raises(InputError, match="damaged trace"):
            Trace.load(saved)

    @pytest.mark.parametrize("text", ["[1]", "{", "[" * 100_000])
    def test_header_that_is_no_object(self, saved: Path, text: str):
        rewrite(saved, arrays={"header": np.array(text)})
        with pytest.raises(InputError, match="damaged trace"):
            Trace.load(saved)


def test_a_name_of_somebody_stands_in_a_message_once_escaped():
    with pytest.raises(RunError, match=r"Series name 'a\\x1b' is not words"):
        Trace(recorder="r", version="1", seed=0, params=PARAMS, environment={}, series={"a\x1b": Series(1.0)})
