"""The page of parts: if this failed, somebody would build again what is there."""

from tools import vocabulary


def test_the_page_lists_every_part_as_it_says_itself():
    assert vocabulary.PAGE.read_text(encoding="utf-8") == vocabulary.page(), "Run tools/vocabulary.py."


def test_every_part_says_what_it_is():
    rows = [line for line in vocabulary.page().splitlines() if line.startswith("| `")]
    assert len(rows) > 60
    assert not [row for row in rows if len(row.split("|")[2].strip()) < 20]
