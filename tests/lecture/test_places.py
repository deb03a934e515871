"""Lines of a TOML file: if these failed, a mistake would be shown at somebody else's line."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lecture.places import Places

KEY = st.sampled_from(["a", "b", "long-key", "한글", "with space"])


def quoted(key: str) -> str:
    return key if key.isascii() and " " not in key else f'"{key}"'


class Writer:
    """Writes random TOML whose every number is the line on which it stands."""

    def __init__(self, draw: Any) -> None:
        self.draw, self.lines = draw, [""]

    def put(self, text: str) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                self.lines.append("")
            self.lines[-1] += piece

    def value(self, depth: int) -> None:
        kind = self.draw(st.sampled_from(["line", "line", "array", "inline", "text"] if depth else ["line"]))
        if kind == "array":
            self.put("[")
            for _ in range(self.draw(st.integers(0, 3))):
                self.put(self.draw(st.sampled_from(["", "\n ", " # 1, 2\n"])))
                self.value(depth - 1)
                self.put(",")
            self.put("]")
        elif kind == "inline":
            self.put("{ ")
            for number, key in enumerate(self.draw(st.lists(KEY, max_size=3, unique=True))):
                self.put(f"{', ' if number else ''}{quoted(key)} = ")
                self.value(0)
            self.put(" }")
        elif kind == "text":
            self.put('"""\n# [no.table]\nx = 1\n"""')
        else:
            self.put(str(len(self.lines)))

    def pairs(self) -> None:
        for key in self.draw(st.lists(KEY, max_size=3, unique=True)):
            dotted = self.draw(st.booleans())
            self.put(f"{quoted(key)}{' . z' if dotted else ''} = ")
            self.value(2)
            self.put(self.draw(st.sampled_from(["\n", " # = 9\n", "\n\n"])))


@st.composite
def documents(draw: Any) -> str:
    writer = Writer(draw)
    writer.pairs()
    for number in range(draw(st.integers(0, 3))):
        writer.put(draw(st.sampled_from(["[[part]]\n", f"[t{number}]\n", f"[t{number}.u]\n"])))
        writer.pairs()
        if "[[part]]" in writer.lines and draw(st.booleans()):
            writer.put(f"[part.sub{number}]\n")
            writer.pairs()
    return "\n".join(writer.lines)


def numbers(value: Any, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from numbers(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from numbers(one, (*path, number))
    elif isinstance(value, int):
        yield path, value


@given(documents())
def test_every_value_is_found_on_its_line(text: str):
    places = Places(text)
    for path, line in numbers(tomllib.loads(text)):
        assert places.line(path) == line, path


def test_what_is_missing_is_placed_where_it_should_be():
    places = Places('title = 1\n[[part]]\nscene = "x"\n[[part]]\n[part.captions]\n')
    assert places.line(("part", 0, "captions", "x")) == 2
    assert places.line(("part", 1, "captions", "x")) == 5
    assert places.line(("nothing",)) == 1
