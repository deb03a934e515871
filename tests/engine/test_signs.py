"""Signs that cannot be drawn: if this failed, a film would show empty boxes or loose letters."""

import string
from pathlib import Path

import pytest

from engine import recorders
from engine.errors import InputError
from engine.text.signs import complaint, lacking
from pipeline.lecture import check

DRAWN = [
    string.printable,
    "안녕하세요 ㄱㄴ",
    "一类又一类",
    "日本語ひらがなカタカナー",
    "Ελληνικά",
    "Русский",
    "Tiếng Việt čšžłøß",
    "↦ ⟨x, y⟩ ≪ 𝔼[x] ℝ ∑ x̂ ŷ",
    "①½²⁻⁰ ™ — …",
    "",
]
REFUSED = {
    "مرحبا": "م",
    "नमस्ते": "न",
    "שלום": "ש",
    "ไทย": "ไ",
    "🎉 첫 강의": "🎉",
    "7️⃣": "\u20e3",
    "١٢": "١",
    "ລາວ": "ລ",
    "ᚠ": "ᚠ",
    "abc\u202egpj": "\u202e",
    "\u2066abc": "\u2066",
    "x*\udcff": "\udcff",  # an argument that is not UTF-8
}


@pytest.mark.parametrize("text", DRAWN)
def test_what_the_fonts_have_is_drawn(text: str):
    assert lacking(text) == ""
    assert complaint(text) == ""


@pytest.mark.parametrize(("text", "sign"), REFUSED.items())
def test_what_they_lack_or_cannot_join_is_named(text: str, sign: str):
    assert lacking(text)[0] == sign
    assert f"U+{ord(sign):04X}" in complaint(text)


@pytest.mark.parametrize("text", ["\u200d", "\u200b \u2060", "\ufeff", "\xad", "\u0301", "\u3164", "\u2800"])
def test_a_text_of_which_nothing_is_seen_is_refused(text: str, tmp_path: Path):
    assert complaint(text).startswith("has nothing that can be seen")
    assert complaint(f"a{text}") == ""
    script = tmp_path / "mine.toml"
    for key, line in (("title", 1), ("text", 4)):
        texts = {"title": "T", "text": "T"} | {key: text}
        script.write_text(
            f'title = "{texts["title"]}"\n[[part]]\ncard = "text"\ntext = "{texts["text"]}"\n',
            encoding="utf-8",
        )
        with pytest.raises(InputError, match=rf"mine\.toml:{line}: {key} has nothing that can be seen"):
            check.read(script)


@pytest.mark.parametrize("text", ["مرحبا", "नमस्ते", "ab🎉"])
def test_a_sequence_is_refused_before_any_training(text: str):
    with pytest.raises(InputError, match=r"^sequence has .*U\+"):
        recorders.resolve("rnn", {"sequence": text})


def test_so_are_names_of_columns_and_of_parts_of_a_formula():
    with pytest.raises(InputError, match=r"^series has 🎉"):
        recorders.resolve("rnn", {"series": {"방문자 🎉": (1.0, 2.0, 3.0, 4.0)}})
    with pytest.raises(InputError, match=r"^names has न"):
        recorders.resolve("backpropagation", {"names": "न=w*x"})


def test_simplified_chinese_is_learnt():
    assert recorders.resolve("rnn", {"sequence": "一类又一类"})["sequence"] == "一类又一类"


def test_a_script_is_refused_with_line_and_sign(tmp_path: Path):
    script = tmp_path / "mine.toml"
    lines = [
        'title = "첫 강의"',
        'author = "न"',
        "[[part]]",
        'card = "title"',
        'title = { ko = "🎉 첫 강의", en = "ok" }',
        "[[part]]",
        'card = "text"',
        'text = ["good", "مرحبا"]',
        "[[part]]",
        'scene = "forward"',
        "[part.captions]",
        'network = { ko = ["7️⃣", "", ""] }',
        "[[part]]",
        'scene = "rnn"',
        'parameters = { sequence = "שלום" }',
    ]
    script.write_text("\n".join(lines))
    with pytest.raises(InputError) as told:
        check.read(script)
    said = str(told.value).splitlines()[1:]
    found = [
        (int(line.partition("mine.toml:")[2].partition(":")[0]), sign)
        for line in said
        for sign in "न🎉م\u20e3ש"
        if sign in line
    ]
    assert found == [(2, "न"), (5, "🎉"), (8, "م"), (12, "\u20e3"), (15, "ש")]
