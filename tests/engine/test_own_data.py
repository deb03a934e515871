"""A CSV file of one's own as data to classify: what its numbers give elsewhere, and a sentence for the rest."""

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sklearn.datasets

from engine import declared
from engine.data.given import name_of, table_of
from engine.errors import InputError
from engine.recorders import resolve, run
from engine.trace import Trace
from pipeline import cache

LOADERS = {
    "iris": sklearn.datasets.load_iris,
    "wine": sklearn.datasets.load_wine,
    "breast_cancer": sklearn.datasets.load_breast_cancer,
}
HEAD = "height,width,kind\n"
ROWS = "".join(f"{n * n % 7},{n % 5}.5,{'ab'[n % 2]}\n" for n in range(12))
SMALL = {"epochs": 2, "widths": (2,)}


def write(folder: Path, content: str | bytes, name: str = "my.csv") -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def saved(folder: Path, name: str) -> str:
    """A data set of scikit-learn as a CSV file."""
    bunch = LOADERS[name]()
    path = folder / f"{name}.csv"
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow([*bunch.feature_names, "class"])
        for numbers, target in zip(bunch.data, bunch.target, strict=True):
            out.writerow([*map(repr, map(float, numbers)), bunch.target_names[target]])
    return str(path)


def table(folder: Path, content: str | bytes, label: str = "") -> Any:
    resolved = resolve("perceptron", {"data": write(folder, content), "label": label})
    return table_of(resolved["data"], label)


def differing(one: Trace, other: Trace) -> set[str]:
    assert set(one.series) == set(other.series)
    return {name for name in one.series if one[name].values.tolist() != other[name].values.tolist()}


@pytest.mark.parametrize("name", LOADERS)
def test_a_data_set_saved_as_csv_gives_the_same_numbers(name: str, tmp_path: Path):
    known = run("perceptron", {"data": name, **SMALL})
    own = run("perceptron", {"data": saved(tmp_path, name), "sample": 54, **SMALL})
    assert differing(known, own) <= {"data/name", "data/units"}
    assert own["data/name"].item() == f"{name}.csv"
    assert own["data/features"].source == f"{name}.csv"
    assert declared.problem(own) is None


@pytest.mark.parametrize(
    ("recorder", "given", "prefix"),
    [
        ("backpropagation", {**SMALL, "net": True}, "net/"),
        ("vanishing", {"depth": 2, "width": 3, "steps": 2}, ""),
    ],
)
def test_every_film_that_trains_takes_it(recorder: str, given: dict[str, Any], prefix: str, tmp_path: Path):
    sample = {"sample": 54} if prefix else {}
    known = run(recorder, {"data": "iris", **given})
    own = run(recorder, {"data": saved(tmp_path, "iris"), "label": "class", **sample, **given})
    assert differing(known, own) <= {f"{prefix}data/name", f"{prefix}data/units"}
    assert declared.problem(own) is None


def test_the_example_of_a_file_is_the_first_that_is_kept_for_testing(tmp_path: Path):
    data = write(tmp_path, HEAD + ROWS)
    chosen = run("perceptron", {"data": data, **SMALL})
    place = chosen["sample/index"].item()
    assert chosen["sample/split"].item() == "test"
    before = (run("perceptron", {"data": data, "sample": row, **SMALL}) for row in range(place))
    assert all(one["sample/split"].item() == "train" for one in before)
    with pytest.raises(InputError, match=r"sample is 12: my\.csv has rows 0 to 11"):
        run("perceptron", {"data": data, "sample": 12, **SMALL})


def test_a_trace_is_drawn_without_its_file(tmp_path: Path):
    data = write(tmp_path, HEAD + ROWS)
    trace = run("perceptron", {"data": data, **SMALL})
    Path(data).unlink()
    trace.save(tmp_path / "a.npz")
    kept = Trace.load(tmp_path / "a.npz")
    declared.check(kept, "a.npz")
    assert kept["data/name"].item() == "my.csv"


def test_another_content_is_another_run(tmp_path: Path):
    data = write(tmp_path, HEAD + ROWS)
    first = resolve("perceptron", {"data": data})
    assert resolve("perceptron", {"data": first["data"]}) == first
    write(tmp_path, HEAD + ROWS.replace("0.5", "0.25"))
    second = resolve("perceptron", {"data": data})
    keys = {cache.path_for("perceptron", {"data": one["data"]}, one) for one in (first, second)}
    assert len(keys) == 2
    with pytest.raises(InputError, match=r"my\.csv is not the file of that run"):
        resolve("perceptron", {"data": first["data"]})
    os.unlink(data)
    with pytest.raises(InputError, match=r"my\.csv cannot be read"):
        resolve("perceptron", {"data": first["data"]})


@pytest.mark.parametrize(
    ("content", "label", "features", "classes"),
    [
        (HEAD + ROWS, "", ("height", "width"), ("a", "b")),
        (HEAD + ROWS, "kind", ("height", "width"), ("a", "b")),
        (HEAD + ROWS, "3", ("height", "width"), ("a", "b")),
        (ROWS, "", ("x1", "x2"), ("a", "b")),
        ("".join(f"{n},{n * n}.5,{'ab'[n % 2]}\n" for n in range(8)), "", ("x2",), ("a", "b")),
        ("x,y\n" + "".join(f"{n},{'ab'[n % 2]}\n" for n in range(8)), "", ("x",), ("a", "b")),
        ("종;키\n" + "".join(f"{'개고양이'[n % 2 :: 2]};{n},5\n" for n in range(8)), "종", ("키",), None),
        ("x,y\n" + "".join(f"{n}.5,{10 - n % 3}\n" for n in range(12)), "y", ("x",), ("8", "9", "10")),
        ("x,y\n" + "".join(f"{n * n}%,{'ab'[n % 2]}\n" for n in range(8)), "", ("x (%)",), ("a", "b")),
        (
            "x,y\n" + "".join(f"{n * n}.1,{('none', '없음')[n % 2]}\n" for n in range(8)),
            "",
            ("x",),
            ("none", "없음"),
        ),
        (",x,y\n" + "".join(f"{n},{n * n}.1,{'ab'[n % 2]}\n" for n in range(8)), "y", ("x",), ("a", "b")),
        (
            "Id,x,y\n" + "".join(f"{n + 1},{n * n}.1,{'ab'[n % 2]}\n" for n in range(8)),
            "y",
            ("x",),
            ("a", "b"),
        ),
    ],
)
def test_names_come_from_the_file(
    content: str,
    label: str,
    features: tuple[str, ...] | None,
    classes: tuple[str, ...] | None,
    tmp_path: Path,
):
    found = table(tmp_path, content, label)
    assert found.features == features
    assert classes is None or found.classes == classes
    assert len(found.labels) == len(found.numbers)


def kinds(count: int, rows: int) -> str:
    return "x,y\n" + "".join(f"{n * n}.5,k{n % count}\n" for n in range(rows))


WIDE = ",".join(f"c{n}" for n in range(65))


@pytest.mark.parametrize(
    ("content", "label", "sentence"),
    [
        (
            HEAD + ROWS + "1,,a\n",
            "",
            "row 14, column 2: the cell is empty; write a number, or delete the row",
        ),
        (HEAD + ROWS + "1,NA,a\n", "", "column 2: 'NA' stands for a missing value"),
        (HEAD + ROWS + "1,2,\n", "", "row 14, column 3: the cell is empty; write a class, or delete the row"),
        (HEAD + ROWS + "1,2,NA\n", "", "row 14, column 3: 'NA' stands for a missing value; write a class"),
        (HEAD + ROWS + "1,much,a\n", "", "column 2: 'much' is not a number"),
        (
            HEAD + ROWS + ROWS,
            "width",
            r"column 3 \(kind\) holds no numbers but texts such as 'a': leave that column out",
        ),
        (HEAD + ROWS, "species", r"has no column species\. "),
        (HEAD + ROWS, "4", "has no column 4, and no place 4 among its 3"),
        ("x,y\n" + "1,a\n2,a\n3,a\n", "", "has one class only, a: give rows of two classes"),
        (kinds(2, 12) + "3,c\n", "", "has one row only of the class c: give two or more of every class"),
        (kinds(6, 66), "", "has 6 classes, and a film shows 5 at most: choose another column as label"),
        (kinds(3, 10), "", "has 3 classes in 10 rows: give 11 rows or more"),
        (
            f"{WIDE},y\n" + "".join(f"{','.join(['1.5', *['2'] * 64])},k{n % 2}\n" for n in range(8)),
            "",
            "has 65 columns",
        ),
        ("y\na\nb\na\nb\n", "", "has no column of numbers beside its classes"),
        ("x,y\n" + "".join(f"1.5,{'ab'[n % 2]}\n" for n in range(8)), "", "the same numbers in every row"),
        ("x,x,y\n" + "".join(f"{n}.5,{n * n}.5,{'ab'[n % 2]}\n" for n in range(8)), "", "two columns x"),
        ("x,y\n" + "".join(f"{n}e13,{'ab'[n % 2]}\n" for n in range(8)), "", r"has the number 7e\+13"),
        ("x,y\n" + "".join(f"{n}e-9,{'ab'[n % 2]}\n" for n in range(8)), "", "differ by 7e-09 at most"),
        (
            "x,y\n" + "".join(f"{n}.5,{'ab'[n % 2] * 41}\n" for n in range(8)),
            "",
            "has 41 characters: give it a name",
        ),
        ("x,y\n" + "".join(f"{n}.5,{'aب'[n % 2]}\n" for n in range(8)), "", "the class ب has ب"),
        (
            f"{'x' * 41},y\n" + "".join(f"{n}.5,{'ab'[n % 2]}\n" for n in range(8)),
            "",
            "the column .* has 41 characters",
        ),
        ("x,y\n", "", "header"),
        (kinds(2, 1001), "", "more than 1,000 rows: keep 1,000 at most"),
        (b"PK\x03\x04" + bytes(30), "", r"my\.csv.*(Excel|archive|ZIP|zip)"),
    ],
)
def test_what_cannot_be_learned_or_shown_is_told_in_a_sentence(
    content: str | bytes, label: str, sentence: str, tmp_path: Path
):
    with pytest.raises(InputError, match=sentence) as told:
        table(tmp_path, content, label)
    assert str(told.value).endswith(".")
    assert "--column" not in str(told.value)


@pytest.mark.parametrize("recorder", ["perceptron", "backpropagation", "vanishing"])
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"data": "mnist"},
            "data is mnist: give one of iris, wine, breast_cancer, digits, or the path of a CSV file",
        ),
        ({"data": "gone.csv"}, "gone.csv cannot be read"),
        ({"data": ""}, "data is "),
        ({"data": 3}, "data is 3"),
        ({"data": "iris", "label": "species"}, "label is species, and iris knows its classes"),
        ({"data": {"text": "a.csv", "files": {}}}, "give the path of one CSV file"),
        ({"data": {"text": "a.csv", "files": {"b.csv": "0"}}}, "give the path of one CSV file"),
    ],
)
def test_what_is_no_data_is_told_before_anything_runs(recorder: str, given: dict[str, Any], sentence: str):
    with pytest.raises(InputError, match=sentence):
        resolve(recorder, given)


def test_no_data_at_all_is_no_run():
    with pytest.raises(InputError, match="data is none: give one of iris"):
        run("perceptron", {"data": None})


def test_a_column_that_never_varies_is_standardised_to_zero(tmp_path: Path):
    rows = "".join(f"0.1,{n}.5,{'ab'[n % 2]}\n" for n in range(12))
    trace = run("perceptron", {"data": write(tmp_path, "c,x,y\n" + rows), **SMALL})
    assert trace["data/std"].values[0] == 1
    assert trace["sample/input"].values[0] == 0
    assert np.isfinite(trace["training/loss"].values).all()


@pytest.mark.parametrize("text", ["data/my.csv", r"C:\data\my.csv", "my.csv"])
def test_a_film_calls_a_file_by_its_name(text: str):
    assert name_of({"text": text, "files": {text: ""}}) == "my.csv"


@pytest.mark.parametrize("change", [{"data": "iris"}, {"sample": 5}])
def test_a_trace_whose_data_is_another_s_is_no_trace(change: dict[str, Any], tmp_path: Path):
    trace = run("perceptron", {"data": saved(tmp_path, "iris"), "sample": 3, **SMALL})
    params = {key: {**one, **change} for key, one in trace.params.items()}
    changed = Trace(
        **{name: getattr(trace, name) for name in trace.__dataclass_fields__} | {"params": params}
    )
    assert declared.problem(changed) is not None
