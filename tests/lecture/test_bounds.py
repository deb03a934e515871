"""Scripts that are too much: each is refused with its line, in one pass, before anything is recorded or drawn."""

from __future__ import annotations

import json
import resource
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.text.echo import echo, typed
from pipeline.lecture.check import read
from pipeline.lecture.mistakes import MISTAKES_MAX
from pipeline.lecture.model import PARTS_MAX
from pipeline.lecture.scan import KEY_PARTS_MAX, LONG_KEY, too_much

HEAD = 'title = "T"\n'
FORWARD = '[[part]]\nscene = "forward"\n'
CARD = '[[part]]\ncard = "text"\ntext = "x"\n'
MANY = '"a",' * 5000
GROWTH_MAX = 400 * 2**20  # bytes that reading a script may add; those of the trial took 6.3 GB

# What is too much, the line it is in, and what the sentence must hold.
TOO_MUCH = {
    "a key of many parts": (HEAD + "a." * 40_000 + "a = 1", 2, "more than 12 parts"),
    "a quoted key of many parts": (HEAD + '"a" . ' * 40_000 + "a = 1", 2, "more than 12 parts"),
    "a header of many parts": (HEAD + "[" + "a." * 40_000 + "a]", 2, "more than 12 parts"),
    "one hidden behind quotes": (HEAD + 'x = [ """y"""", {' + "b." * 90 + "b=1} ]", 2, "more than 12 parts"),
    "deep lists": (HEAD + "\na = " + "[" * 9999, 3, "more than 24 deep"),
    "deep tables": (HEAD + "a = " + "{a=" * 9999, 2, "more than 24 deep"),
    "a number of many digits": (HEAD + "reading_time = " + "9" * 5000, 2, "has 5000 characters"),
    "a number below nothing": (HEAD + "reading_time = -" + "9" * 5000, 2, "has 5001 characters"),
    "a bare key without end": (HEAD + "k" * 90_000 + " = 1", 2, "has 90000 characters"),
    "a number beyond all": (HEAD + "reading_time = " + "9" * 399 + "\n" + FORWARD, 2, "a whole number of"),
    "infinity": (HEAD + "reading_time = inf\n" + FORWARD, 2, "reading_time is inf: give a number"),
    "no number": (HEAD + "reading_time = nan\n" + FORWARD, 2, "reading_time is nan: give a number"),
    "a long date": (HEAD + f'date = "{"9" * 900_000}"\n' + FORWARD, 2, "date has 900000 characters"),
    "a date that is a number": (HEAD + "date = 86400\n" + FORWARD, 2, "date is 86400: give a date"),
    "a date that is a list": (HEAD + "date = []\n" + FORWARD, 2, "date is []: give a date"),
    "a long title": (f'title = "{"x " * 60_000}"\n' + FORWARD, 1, "1 to 60 characters"),
    "a long author": (HEAD + f'author = {{ ko = "{"x" * 90_000}" }}\n' + FORWARD, 2, "has 90000 characters"),
    "a long caption": (
        HEAD + FORWARD + f'[part.captions.loss]\nko = ["{"x " * 60_000}", "", ""]',
        5,
        "more than 300",
    ),
    "a long caption of a card": (
        HEAD + CARD + f'caption = {{ ko = ["{"가 " * 40_000}"] }}',
        5,
        "more than 300",
    ),
    "captions without end": (
        HEAD + FORWARD + f"[part.captions.loss]\nko = [{MANY}]",
        5,
        "ko has 5000 entries, more than 200",
    ),
    "captions in the place of one": (
        HEAD + FORWARD + f"[part.captions.loss]\nko = [[{MANY}], 'a', 'a']",
        5,
        "has 5000 entries, more than 20",
    ),
    "captions of a card": (HEAD + CARD + f"caption.ko = [{MANY}]", 5, "more than 200"),
    "paragraphs": (HEAD + f"[[part]]\ncard = 'text'\ntext = [{MANY}]", 4, "one to eight paragraphs"),
    "a long paragraph": (HEAD + f"[[part]]\ncard = 'text'\ntext = '{'a ' * 50_000}'", 4, "at most 400"),
    "beats": (HEAD + FORWARD + f"beats = [{MANY}]", 4, "beats has 5000 entries, more than 100"),
    "parts": (HEAD + FORWARD * 10_000, 2, f"part has 10000 entries, more than {PARTS_MAX}"),
    "an unknown key without end": (HEAD + f'"{"k" * 90_000}" = 1\n' + FORWARD, 2, "There is no key kkk"),
    "an unknown beat without end": (
        HEAD + FORWARD + f'beats = ["{"b" * 90_000}"]',
        4,
        "There is no beat bbb",
    ),
    "parameters": (
        HEAD + FORWARD + "[part.parameters]\n" + "".join(f"p{number} = 1\n" for number in range(5000)),
        4,
        "parameters has 5000 entries, more than 100",
    ),
    "a steering key": (HEAD + '"\\u001b[2J" = 1\n' + FORWARD, 2, "There is no key \\x1b[2J"),
    "a null in a path": (HEAD + '[[part]]\npicture = "a\\u0000b.png"', 3, "no path can have"),
    "a long name of a file": (HEAD + f'[[part]]\nvideo = "{"v" * 999}"', 3, "too long for a path"),
    "twice": (HEAD + "[a]\n[a]", 3, "stands there twice"),
}


def complaint(folder: Path, text: str) -> str:
    file = folder / "s.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(file)
    return str(caught.value)


@pytest.mark.parametrize("case", TOO_MUCH)
def test_what_is_too_much_is_told_with_its_line(tmp_path: Path, case: str) -> None:
    text, line, said = TOO_MUCH[case]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = complaint(tmp_path, text)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    first = next(one for one in told.splitlines() if said in one)
    assert f"s.toml:{line}: " in first
    assert all(len(one) < 700 for one in told.splitlines())
    assert told.replace("\n", "").isprintable()
    assert "constrained" not in told
    assert "Input" not in told
    assert grown * (1 if sys.platform == "darwin" else 1024) < GROWTH_MAX


def test_mistakes_without_end_are_not_all_told(tmp_path: Path) -> None:
    told = complaint(tmp_path, HEAD + "".join(f"k{number} = 1\n" for number in range(50_000)) + FORWARD)
    assert f"at least {MISTAKES_MAX} mistakes" in told
    assert told.count("\n") == MISTAKES_MAX


def test_texts_are_brought_into_one_form(tmp_path: Path) -> None:
    """Letters in pieces count as one; line breaks of PowerPoint are breaks, in a title spaces;
    controls that nothing can show are left out."""
    file = tmp_path / "s.toml"
    file.write_text(
        'title = "\\u1112\\u1161\\u11ab\\u000b글"\n'
        + CARD
        + 'caption.ko = ["\\u1112\\u1161\\u11ab\\u000b글\\u0001\\u001b"]',
        encoding="utf-8",
    )
    lecture = read(file).lecture
    assert lecture.title.of("ko") == "한 글"
    (card,) = lecture.part
    assert card.caption.of("ko") == (("한\n글",),)


TEXT = st.text(st.sampled_from("\"'\\#[]{}=,.\n a1é"), max_size=30)


def written(text: str, style: int) -> str:
    """`text` as one of TOML's four kinds of strings; signs that a kind cannot hold are left out."""
    if style == 0:
        return json.dumps(text)
    if style == 1:
        return "'" + text.replace("'", "").replace("\n", "") + "'"
    if style == 2:
        return '"""' + text.replace("\\", "\\\\").replace('"""', "") + '"""'
    return "'''" + text.replace("'''", "").strip("'") + "'''"


@given(st.lists(st.tuples(TEXT, st.integers(0, 3)), max_size=6))
def test_texts_hide_nothing_and_are_not_taken_for_keys(texts: list[tuple[str, int]]) -> None:
    values = [written(*one) for one in texts]
    lines = "".join(f"k{number} = [{value}, 1] # '\n" for number, value in enumerate(values))
    try:
        tomllib.loads(lines)
    except tomllib.TOMLDecodeError:
        return  # three quotes came together at an end
    assert too_much(lines) is None
    key = "a." * KEY_PARTS_MAX + "a"
    assert too_much(f"{lines}{key} = 1") == (lines.count("\n") + 1, LONG_KEY)
    assert too_much(f"x = [{', '.join([*values, f'{{ {key} = 1 }}'])}]") is not None


@given(
    st.recursive(
        st.none() | st.text() | st.integers() | st.floats() | st.booleans(),
        lambda one: st.lists(one) | st.dictionaries(st.text(), one),
        max_leaves=40,
    )
)
def test_any_value_is_shown_on_one_short_line(value: object) -> None:
    text = typed(value, 60, quoted=True)
    assert len(text) <= 60
    assert text == echo(text)
