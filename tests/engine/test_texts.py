"""One spelling for every text: if these failed, 한 typed on a Mac would be three letters, and its files not found."""

import unicodedata
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.files import given as files
from engine.files.regular import content, is_regular
from engine.recorders import RECORDERS, resolve
from engine.recorders import signature as parameters_of
from engine.rnn.recorder import record
from engine.text.composed import composed, composed_value, on_disk
from engine.trace import signature
from engine.trace.signature import Parameter

FORMS = ("NFC", "NFD")


@given(st.text())
def test_both_forms_become_one(text: str):
    assert (
        composed(unicodedata.normalize("NFD", text)) == composed(text) == unicodedata.normalize("NFC", text)
    )


def test_every_text_in_a_value_is_composed():
    one, two = "e\u0301", "é"
    assert composed_value({one: [one, (one, 1.5)], "n": None}) == {two: [two, (two, 1.5)], "n": None}


def inputs() -> list[Any]:
    """Every parameter of every recorder that takes a text, and the dicts whose names are texts."""
    found = []
    for recorder in RECORDERS:
        for parameter in parameters_of(recorder):
            kinds = {parameter.annotation, *get_args(parameter.annotation)}
            if not parameter.choices and kinds & {str, dict[str, float], dict[str, tuple[float, ...]]}:
                found.append(pytest.param(parameter, kinds, id=f"{recorder}.{parameter.name}"))
    return found


@pytest.mark.parametrize(("parameter", "kinds"), inputs())
def test_every_text_parameter_is_composed(parameter: Parameter, kinds: set[Any]):
    plain, apart = "é 한", unicodedata.normalize("NFD", "é 한")
    given: Any = {apart: 1.5}
    expected: Any = {plain: 1.5}
    if dict[str, tuple[float, ...]] in kinds:
        given, expected = {apart: (1.0, 2.0)}, {plain: (1.0, 2.0)}
    elif dict[str, float] not in kinds:
        given, expected = apart, plain
    assert signature.resolve("nobody", (parameter,), {parameter.name: given}) == {parameter.name: expected}


@pytest.mark.parametrize(("word", "signs"), [("안녕하세요", 5), ("café été", 8)])
def test_a_word_from_a_mac_is_the_word(word: str, signs: int):
    apart = unicodedata.normalize("NFD", word)
    assert len(apart) > signs
    assert resolve("rnn", {"sequence": apart}) == resolve("rnn", {"sequence": word})
    trace = record(sequence=apart, hidden=2, steps=1, long=10)
    assert trace["count/steps"].item() == signs - 1
    assert trace["input/character"].values.tolist() == list(word)[:-1]


def test_an_expression_and_its_names_in_either_form():
    def made(form: str) -> dict[str, Any]:
        names = {"expression": "é*é + h", "names": "ö=é*é", "wrt": "é"}
        given = {name: unicodedata.normalize(form, text) for name, text in names.items()}
        return resolve("backpropagation", {**given, "at": {unicodedata.normalize(form, "é"): 2.0, "h": 1.0}})

    assert made("NFC") == made("NFD")


@pytest.mark.parametrize("given", FORMS)
@pytest.mark.parametrize("stored", FORMS)
def test_a_file_is_found_in_either_form(tmp_path: Path, stored: str, given: str):
    folder = tmp_path / unicodedata.normalize(stored, "자료 é")
    folder.mkdir()
    place = folder / unicodedata.normalize(stored, "그림.csv")
    place.write_text("1\n2\n3\n")
    named = tmp_path / unicodedata.normalize(given, "자료 é") / unicodedata.normalize(given, "그림.csv")
    assert Path(on_disk(named)).samefile(place)
    assert content(named, bytes_max=10) == b"1\n2\n3\n"
    assert is_regular(named)
    assert files.checked("image", str(named))["sha256"]
    assert resolve("rnn", {"series": str(named)})["series"] == {"그림": (1.0, 2.0, 3.0)}


def test_a_name_that_is_there_is_taken_before_one_in_the_other_form(tmp_path: Path):
    for form in FORMS:
        (tmp_path / unicodedata.normalize(form, "é.csv")).write_text(form)
    if len(list(tmp_path.iterdir())) == 2:  # a disk that keeps the two apart
        for form in FORMS:
            assert content(tmp_path / unicodedata.normalize(form, "é.csv"), bytes_max=9).decode() == form


def test_what_is_not_there_keeps_its_name(tmp_path: Path):
    assert on_disk(tmp_path / "é" / "한") == str(tmp_path / "é" / "한")
    assert on_disk("é" * 5000) == "é" * 5000
    with pytest.raises(InputError, match="cannot be read"):
        content(tmp_path / "한.csv", bytes_max=9)
