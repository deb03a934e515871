"""Where things stand in a TOML file: the line of every key path, which `tomllib` does not keep."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
KEYS = ("bare_key", "quoted_key", "dotted_key")


class Places:
    """The lines of a TOML text that `tomllib` reads without complaint."""

    def __init__(self, text: str) -> None:
        import tree_sitter
        import tree_sitter_toml

        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
        self._lines: dict[Path, int] = {(): 1}
        self._tables: dict[Path, int] = {}  # how many tables an array of tables has so far
        table: Path = ()
        for node in parser.parse(text.encode()).root_node.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                table = self._header(node)
                for child in node.named_children:
                    if child.type == "pair":
                        self._pair(child, table)

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it that stands in the file; 1 is the first."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _header(self, node: Any) -> Path:
        path: Path = ()
        names = list(_names(node.named_children[0]))
        for number, name in enumerate(names):
            path = (*path, name)
            last = number == len(names) - 1
            if last and node.type == "table_array_element":
                self._lines.setdefault(path, _line(node))
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        self._lines[path] = _line(node)
        return path

    def _pair(self, node: Any, table: Path) -> None:
        key, value = node.named_children[0], node.named_children[1]
        path = table
        for name in _names(key):
            path = (*path, name)
            self._lines.setdefault(path, _line(key))
        self._value(value, path)

    def _value(self, node: Any, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            items = [child for child in node.named_children if child.type != "comment"]
            for number, item in enumerate(items):
                self._lines[(*path, number)] = _line(item)
                self._value(item, (*path, number))


def _names(key: Any) -> Iterator[str]:
    """The parts of a key, dotted or not."""
    if key.type == "dotted_key":
        for child in key.named_children:
            if child.type in KEYS:
                yield from _names(child)
    else:
        text = key.text.decode()
        yield _unquoted(text) if key.type == "quoted_key" else text


def _unquoted(text: str) -> str:
    """A key in quotes as `tomllib` names it, escapes read."""
    return next(iter(tomllib.loads(f"{text} = 0"))) if "\\" in text else text[1:-1]


def _line(node: Any) -> int:
    return int(node.start_point[0]) + 1
