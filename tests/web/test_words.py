"""The words of the pages: each one that a page asks for is there in both languages, and none stands there unused."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from pipeline.web import page
from tests.conftest import ROOT

PAGES = {"deck": ROOT / "pipeline/deck/html", "gallery": ROOT / "pipeline/gallery"}


@pytest.mark.parametrize("folder", PAGES.values(), ids=PAGES)
def test_words_and_their_use_agree(folder: Path) -> None:
    words = page.read_words(folder / "text.toml")
    text = page.source([*folder.glob("js/*.js"), *folder.glob("*.j2"), *folder.glob("*.py"), page.COMMON])
    named = set(re.findall(r"\bt\(\"(\w+)\"", text) + re.findall(r"data-t(?:-label)?=\"(\w+)\"", text))
    assert named - set(words["ko"]) == set()
    used = {key for key in words["ko"] if re.search(rf"[\"'.]{key}\b|\b{key}:", text)}
    assert set(words["ko"]) - used == set()
    for key in words["ko"]:
        fields = {language: set(re.findall(r"\{(\w+)\}", words[language][key])) for language in words}
        assert fields["ko"] == fields["en"], key


def test_a_word_in_one_language_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.toml"
    path.write_text('hello = { ko = "안녕" }', encoding="utf-8")
    with pytest.raises(ValueError, match="hello"):
        page.read_words(path)


def test_programs_cannot_end_their_own_element() -> None:
    """A page carries its program inline: "</script" in it would cut it short."""
    for folder in PAGES.values():
        assert "</script" not in page.source(folder.glob("js/*.js"))


def test_a_word_may_be_called_as_a_method_of_a_dictionary(tmp_path: Path) -> None:
    """`keys` and `copy` are words of our pages."""
    template = tmp_path / "page.html.j2"
    template.write_text("{{ words.keys }} {{ words.copy }}", encoding="utf-8")
    assert page.fill(template, "", "", {"words": {"keys": "Keys", "copy": "Copy"}}) == "Keys Copy"
    with pytest.raises(UndefinedError):
        page.fill(template, "", "", {"words": {"keys": "Keys"}})
