"""CSV files with a column of numbers: what is read, and one sentence with its place for whatever is wrong."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_linnerud

from engine.errors import InputError
from engine.number_file import FILE_MAX_BYTES, read_column
from engine.recorders import resolve, run

MANY = "\n".join(str(i) for i in range(401))


def write(folder: Path, content: str | bytes) -> str:
    path = folder / "data.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


@pytest.mark.parametrize(
    ("content", "column", "name", "numbers"),
    [
        ("1\n2\n3\n", "", "data", (1, 2, 3)),
        ("temperature\n1.5\n-2e1\n3\n", "", "temperature", (1.5, -20, 3)),
        ("\ufeffvalue\r\n1\r\n\r\n2\r\n", "", "value", (1, 2)),
        ("month,passengers\n1949-01,112\n1949-02,118\n", "passengers", "passengers", (112, 118)),
        ("month;값\n1월;1\n2월;2\n", "2", "값", (1, 2)),
        ("1\t4\n2\t5\n", "2", "data 2", (4, 5)),
        ('"a, b",c\n"1",2\n', "a, b", "a, b", (1,)),
        (" 7 \n 8\n", "1", "data", (7, 8)),
    ],
)
def test_what_is_read(tmp_path: Path, content: str, column: str, name: str, numbers: tuple[float, ...]):
    assert read_column(write(tmp_path, content), column) == (name, numbers)


def test_real_data_as_scikit_learn_has_it(tmp_path: Path):
    bunch = load_linnerud()
    path = tmp_path / "linnerud.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([bunch.target_names, *bunch.target.tolist()])
    name, numbers = read_column(str(path), "Pulse")
    assert (name, list(numbers)) == ("Pulse", bunch.target[:, bunch.target_names.index("Pulse")].tolist())


@pytest.mark.parametrize(
    ("content", "column", "sentence"),
    [
        ("", "", "is empty: put one number in each row"),
        ("\n \n", "", "is empty"),
        (",\n,\n", "", "has no values"),
        ("name\n", "", "has a header and no numbers below it"),
        ("1\nx\n3\n", "", "row 2, column 1: 'x' is not a number; give numbers such as 12"),
        ("n\n1\n1_000\n", "", "row 3, column 1: '1_000' is not a number"),
        ("a,b\n1,2\n1,\n", "b", "row 3, column 2: the cell is empty"),
        ("n\n1\nnan\n", "", "row 3, column 1: nan is not finite"),
        ("1\n-inf\n", "", "row 2, column 1: -inf is not finite"),
        ("1\n1e999\n", "", "row 2, column 1: 1e999 is not finite"),
        ("a,b\n1,2\n3\n", "a", "row 3 has 1 cells and the first row has 2: give every row the same number"),
        ("a,b\n1,2\n", "", "has 2 columns: choose one with --column, for example --column 'b'"),
        ("a,b\n1,2\n", "c", r"has no column c\. Known: a, b"),
        ("price,b\n1,2\n", "prise", r"has no column prise\. Did you mean price\?"),
        ("a,b\n1,2\n", "3", "has no column 3"),
        ("a,a\n1,2\n", "a", "has 2 columns a: choose one by its place from 1"),
        (b"value\n1\n\xff\n", "", r"is not UTF-8 text \(row 3\): save it as CSV in UTF-8"),
        ("1\n2\0\n", "", "row 2"),
        ('"1\n2\n3', "", r"row 3: this is not CSV \(unexpected end of data\)"),
        (b"1\n" * (FILE_MAX_BYTES // 2 + 1), "", "has 1,000,002 bytes and at most 1,000,000 are read"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: str | bytes, column: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        read_column(write(tmp_path, content), column)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("1\n2\n", "data has 2 numbers: give a series of 3 to 400"),
        (MANY, "data has 401 numbers: give a series of 3 to 400"),
        ("7\n7\n7\n", "All numbers of data are the same: give a series that changes"),
        ("7\n7.0000000001\n7\n", "All numbers of data are the same"),
    ],
)
def test_numbers_that_make_no_series(tmp_path: Path, content: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        resolve("rnn", {"series": write(tmp_path, content)})


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "'' is not a path"),
        ("a\0b", "is not a path"),
        ("none.csv", "There is no file none.csv: give the path of a CSV file"),
        (".", "is a folder: give the path of a CSV file"),
        ("/dev/null", "is not a plain file"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=sentence):
        resolve("rnn", {"series": path})


def test_the_numbers_are_kept_so_that_the_run_can_be_repeated_without_the_file(tmp_path: Path):
    path = write(tmp_path, "pulse\n50\n52\n58\n62\n")
    trace = run("rnn", {"series": path, "steps": 2, "long": 10})
    assert trace.params["given"]["series"] == {"pulse": [50.0, 52.0, 58.0, 62.0]}
    Path(path).unlink()
    again = run("rnn", {**trace.params["given"], "seed": trace.seed})
    assert again.digest() == trace.digest()
    assert again.params["resolved"] == trace.params["resolved"]


def test_another_content_is_another_run(tmp_path: Path):
    """The cache takes the resolved parameters as its key: a changed file must not find the old trace."""
    first = resolve("rnn", {"series": write(tmp_path, "1\n2\n3\n")})
    assert resolve("rnn", {"series": write(tmp_path, "1\n2\n4\n")})["series"] != first["series"]


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20),
    st.sampled_from(",;\t"),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_csv_writes_is_read_back(tmp_path: Path, numbers: list[float], delimiter: str):
    path = tmp_path / "data.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["when", "how much"])
        writer.writerows([f"t{i}", number] for i, number in enumerate(numbers))
    assert read_column(str(path), "how much") == ("how much", tuple(numbers))
