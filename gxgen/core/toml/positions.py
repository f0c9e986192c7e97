"""Positions of keys and values in a TOML text, parsed by tree-sitter only when a finding needs a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import tomli
import tree_sitter_toml
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from gxgen.core.findings import Position
from gxgen.core.regex import regex

SPELLED_OTHERWISE = regex(
    r"(?P<dropped>\\[ \t]*\n[ \t\n]*)|\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[^\n])"
)
"""A line continuation, which stands for nothing, or an escape, which stands for one character."""


def spelled_at(raw: str, offset: int) -> int:
    """Return where in the source *raw* of a string (quotes included) the character *offset* of its value stands.

    The end of the value, and whatever lies beyond it, is where the closing quotes are.
    """
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    at, end = quotes, len(raw) - quotes
    if quotes == 3 and raw.startswith("\n", at):
        at += 1
    if raw.startswith('"') and "\\" in raw:
        for found in SPELLED_OTHERWISE.finditer(raw, at, end):
            before = found.start() - at
            if offset < before or (offset == before and not found["dropped"]):
                break
            offset -= before if found["dropped"] else before + 1
            at = found.end()
    return min(at + offset, end)


Path = tuple[str | int, ...]
"""The keys that lead to a value, and the numbers (from 0) of the tables of an array among them."""


@cache
def _language() -> Language:
    return Language(tree_sitter_toml.language())


class Entry:
    """A key: its node, its first place, and the node of its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: Syntax) -> None:
        self.key = key
        self.value: Syntax | None = None


class Value(NamedTuple):
    """A value's source text and place: *line* and *column* count from 0, the end is exclusive."""

    spelled: str
    line: int
    column: int
    last_line: int
    end: int


class TomlPositions:
    """The keys of a TOML text, however broken, with their places.

    Args:
        text: the text.
        is_sought: whether anybody asks for what stands at a path or below it; the rest is not looked into.
    """

    def __init__(self, text: str, is_sought: Callable[[Path], bool] = lambda _: True) -> None:
        self._is_sought = is_sought
        self._source = text.encode("utf-8")
        self._lines = text.split("\n")
        self._last_spelling = 0, 0, ""
        self._entries: dict[Path, Entry] = {}
        self._elements: dict[Path, int] = {}
        """How many tables an array of tables has so far."""
        for node in Parser(_language()).parse(_as_toml_1_0(self._source)).root_node.named_children:
            self._statement(node)

    @property
    def entries(self) -> Mapping[Path, Entry]:
        """Return every key by its path."""
        return self._entries

    # Reading the syntax tree

    def _statement(self, node: Syntax) -> None:
        if node.type == "pair":
            self._pair(node, ())
        elif node.type in ("table", "table_array_element"):
            keys = node.named_child(0)
            assert keys, "a table has a name"
            table = self._descend((), keys, is_element=node.type == "table_array_element")
            for pair in node.named_children[1:] if self._is_sought(table) else ():
                self._pair(pair, table)

    def _pair(self, node: Syntax, owner: Path) -> None:
        if node.type != "pair" or len(node.named_children) < 2:
            return
        key, value = node.named_children[:2]
        if key.type == "bare_key" and not self._is_sought((*owner, _key_text(key))):
            return
        path = self._descend(owner, key)
        self._entries[path].value = value
        if self._is_sought(path):
            self._tables_of(value, path)

    def _tables_of(self, value: Syntax, path: Path) -> None:
        """Yield the pairs of an inline table, or of those in an array."""
        if value.type == "inline_table":
            for pair in value.named_children:
                self._pair(pair, path)
        elif value.type == "array":
            tables = (child for child in value.named_children if child.type != "comment")
            for index, table in enumerate(tables):
                if table.type == "inline_table":
                    self._entries[*path, index] = Entry(table)
                    self._tables_of(table, (*path, index))

    def _descend(self, owner: Path, keys: Syntax, *, is_element: bool = False) -> Path:
        """Follow keys to their table, noting each step; in an array of tables, to its last."""
        steps = tuple(_simple_keys(keys))
        for depth, key in enumerate(steps, start=1):
            owner = (*owner, _key_text(key))
            self._entries.setdefault(owner, Entry(key))
            if is_element and depth == len(steps):
                self._elements[owner] = self._elements.get(owner, 0) + 1
            if owner in self._elements:
                owner = (*owner, self._elements[owner] - 1)
                self._entries.setdefault(owner, Entry(key))
        return owner

    # Answering

    def of(
        self, path: Path, *, points_at_key: bool = False, offset: int | None = None, length: int = 1
    ) -> Position | None:
        """Return the position of a value, of its key, or of *length* characters of a string from *offset* on.

        Where the text has nothing of that name, what comes nearest above it; None if nothing does.
        """
        entry = self._entries.get(path)
        if entry:
            return self.of_entry(entry, points_at_key=points_at_key, offset=offset, length=length)
        return self.of(path[:-1], points_at_key=True) if len(path) > 1 else None

    def of_entry(self, entry: Entry, *, points_at_key: bool, offset: int | None, length: int) -> Position:
        """Return the position of an entry, as :meth:`of` does."""
        if offset is not None and entry.value is not None and entry.value.type == "string":
            return self._within(entry.value, offset, length)
        return self.of_node(entry.key if points_at_key else entry.value or entry.key)

    def of_node(self, node: Syntax) -> Position:
        """Return the position of a node; of one over several lines, its first line."""
        row, column = node.start_point
        first_line = self._source[node.start_byte : node.end_byte].split(b"\n")[0]
        return Position(row + 1, self._characters(row, column) + 1, max(len(first_line.decode("utf-8")), 1))

    def value(self, node: Syntax) -> Value:
        """Return the value of a node."""
        (line, column), (last_line, end) = node.start_point, node.end_point
        spelled = self._source[node.start_byte : node.end_byte].decode("utf-8")
        return Value(spelled, line, self._characters(line, column), last_line, self._characters(last_line, end))

    def line(self, position: Position) -> str:
        """Return the line of a position."""
        return self._lines[position.line - 1]

    # Bytes to characters

    def _characters(self, row: int, column: int) -> int:
        return len(self._lines[row][:column].encode("utf-8")[:column].decode("utf-8"))

    def _within(self, node: Syntax, offset: int, length: int) -> Position:
        """Return the position of part of a string; *offset* counts characters of its value, not of its source."""
        row, column = node.start_point
        raw = self._spelling(node.start_byte, node.end_byte)
        start = spelled_at(raw, offset)
        line_start = raw.rfind("\n", 0, start) + 1
        indent = 0 if line_start else self._characters(row, column)
        return Position(row + raw.count("\n", 0, start) + 1, indent + start - line_start + 1, length)

    def _spelling(self, start: int, end: int) -> str:
        """Return the source map of a string, cached for the last: hundreds of findings may be about one long text."""
        if self._last_spelling[:2] != (start, end):
            self._last_spelling = start, end, self._source[start:end].decode("utf-8")
        return self._last_spelling[2]


def _as_toml_1_0(source: bytes) -> bytes:
    """Blank out escapes of TOML 1.1, byte for byte, because the grammar knows 1.0 only."""
    return re.sub(rb"\\x[0-9A-Fa-f]{2}|\\e", lambda found: b"." * len(found[0]), source)


def _simple_keys(node: Syntax) -> Iterator[Syntax]:
    """The single keys of ``a."b".c``, which the grammar nests to the left; in any order of nesting, and any depth."""
    waiting = [node]
    while waiting:
        key = waiting.pop()
        if key.type == "dotted_key":
            waiting += reversed(key.named_children)
        else:
            yield key


def _key_text(node: Syntax) -> str:
    text = (node.text or b"").decode("utf-8")
    return next(iter(tomli.loads(f"{text} = 0"))) if node.type == "quoted_key" else text
