"""Any table of numbers, written as programs write it in each country, comes back exactly."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.data.numbers.file import read_column
from engine.errors import InputError

FINITE = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = st.lists(FINITE, min_size=1, max_size=20)
MONEY = st.lists(st.integers(-(10**11), 10**11).map(lambda cents: cents / 100), min_size=1, max_size=20)
NAMES = st.sampled_from(["how much", "방문자", "기온(℃)", "Größe", "2020 é", "x1"])
ONLY_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+")
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
often = settings(max_examples=60, suppress_health_check=SLOW, deadline=None)


def table(numbers: list[str], name: str, others: list[str] | None = None) -> list[list[str]]:
    """Rows with a label, the numbers, and a column beside them."""
    rows = [["when", name, "other"]]
    for place, number in enumerate(numbers):
        rows.append([f"t{place}", number, others[place] if others else "0"])
    return rows


def written(rows: list[list[str]], **dialect: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def swapped(text: str) -> str:
    return text.translate(str.maketrans(".,", ",."))


def back(folder: Path, data: bytes, column: str) -> tuple[float, ...]:
    path = folder / "data.csv"
    path.write_bytes(data)
    return read_column(str(path), column)[1]


@given(
    NUMBERS,
    NAMES,
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp949"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
@often
def test_python_writes(
    tmp_path: Path, numbers: list[float], name: str, separator: str, end: str, encoding: str, quoting: int
):
    cells = [repr(number) for number in numbers]
    assume(separator != ";" or not all(ONLY_THOUSANDS.fullmatch(cell) for cell in cells))  # 1.234 between ;
    assume(encoding != "cp949" or name not in ("Größe", "2020 é"))
    text = written(table(cells, name), delimiter=separator, lineterminator=end, quoting=quoting)
    assert back(tmp_path, text.encode(encoding), name) == tuple(numbers)


@given(NUMBERS, NAMES, st.booleans())
@often
def test_pandas_writes_with_and_without_its_index(
    tmp_path: Path, numbers: list[float], name: str, index: bool
):
    assume(index or name[0].isalpha())  # "2020 é" above 1010.0 alone may be a number with a unit
    rows = [["", name]] + [[str(place), repr(number)] for place, number in enumerate(numbers)]
    text = written(rows if index else [row[1:] for row in rows], lineterminator="\n")
    assert back(tmp_path, text.encode(), "") == tuple(numbers)


@given(NUMBERS, NAMES.filter(str.isascii))
@often
def test_pandas_writes_decimal_commas(tmp_path: Path, numbers: list[float], name: str):
    cells = [swapped(repr(number)) for number in numbers]
    assume(not all(ONLY_THOUSANDS.fullmatch(cell) for cell in cells))
    text = written(table(cells, name, ["0,5"] * len(cells)), delimiter=";")
    assert back(tmp_path, text.encode(), name) == tuple(numbers)
    text = written(table(cells, name), delimiter=",")  # quoted where a comma is in the number
    assert back(tmp_path, text.encode(), name) == tuple(numbers)


EXCEL: dict[str, tuple[Callable[[float], str], str, str]] = {  # cells, separator, a cell beside
    "American": (lambda number: f"{number:,.2f}", ",", "1,000.50"),
    "German": (lambda number: swapped(f"{number:,.2f}"), ";", "1.000,50"),
    "French": (lambda number: f"{number:,.2f}".replace(",", "\u202f").replace(".", ","), ";", "0,5"),
    "Swiss": (lambda number: f"{number:,.2f}".replace(",", "’"), ";", "0.5"),
    "full-width": (lambda number: "".join(chr(ord(one) + 0xFEE0) for one in f"{number:.2f}"), ",", "1"),
    "minus sign": (lambda number: f"{number:.2f}".replace("-", "−"), "\t", "1"),
    "per cent": (lambda number: f"{number:.2f}%", ",", "1"),
}


@pytest.mark.parametrize("country", EXCEL)
@given(numbers=MONEY, extra=st.booleans(), sep=st.booleans())
@often
def test_excel_writes(tmp_path: Path, country: str, numbers: list[float], extra: bool, sep: bool):
    cell, separator, beside = EXCEL[country]
    cells = [cell(number) for number in numbers]
    rows = table(cells, "value", [beside] * len(cells))
    if extra:
        rows = [[*row, "", ""] for row in rows] + [["", "", "", "", ""]]
    text = f"sep={separator}\r\n" * sep + written(rows, delimiter=separator)
    expected = tuple(float(f"{number:.2f}") for number in numbers)
    assert back(tmp_path, text.encode("utf-8-sig"), "value") == expected


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
@often
def test_a_korean_office_writes(tmp_path: Path, numbers: list[int]):
    """Titles above, thousands in quotes, a total below, CP949."""
    rows = [["월", "방문자"], *([f"{place}월", f"{number:,}"] for place, number in enumerate(numbers))]
    rows.append(["합계", f"{sum(numbers):,}"])
    text = "2023년 방문자 현황\r\n\r\n" + written(rows, quoting=csv.QUOTE_ALL)
    assume(len(numbers) > 1)
    assert back(tmp_path, text.encode("cp949"), "방문자") == tuple(map(float, numbers))


@given(st.lists(FINITE, min_size=1, max_size=8), st.sampled_from(",;\t| "), st.booleans())
@often
def test_what_is_read_without_a_header_is_what_was_written_or_it_is_refused(
    tmp_path: Path, numbers: list[float], separator: str, whole: bool
):
    """Never the digits after a comma, never two numbers as one."""
    cells = [str(round(number)) if whole and abs(number) < 1e15 else repr(number) for number in numbers]
    text = "".join(f"{cell}{separator}{place}\n" for place, cell in enumerate(cells))
    try:
        read = back(tmp_path, text.encode(), "1")
    except InputError as error:
        assert any(words in str(error) for words in ("several cells", "may be"))  # noqa: PT017
    else:
        assert read == tuple(map(float, cells))


@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(0, 9999)), min_size=1, max_size=8))
@often
def test_decimal_commas_in_one_column_are_never_cut(tmp_path: Path, parts: list[tuple[int, int]]):
    cells = [f"{whole},{digits}" for whole, digits in parts]
    for column in ("1", "2"):
        with pytest.raises(InputError):
            back(tmp_path, "\n".join(cells).encode(), column)
    assume(not all(ONLY_THOUSANDS.fullmatch(cell) for cell in cells))
    assert back(tmp_path, "\n".join(["x", *cells]).encode(), "") == tuple(
        float(cell.replace(",", ".")) for cell in cells
    )


@given(st.binary(max_size=200), st.sampled_from(["", "1", "2020"]))
@settings(max_examples=300, suppress_health_check=SLOW, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, column: str):
    try:
        back(tmp_path, data, column)
    except InputError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017


@given(st.text(alphabet="0123456789.,;-+e\t \n\"'#%aé한2", max_size=60), st.sampled_from(["", "1", "2", "a"]))
@settings(max_examples=500, suppress_health_check=SLOW, deadline=None)
def test_any_table_is_read_or_refused(tmp_path: Path, text: str, column: str):
    try:
        back(tmp_path, text.encode(), column)
    except InputError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017
