"""Where things stand in a data file: parsed with positions, and only when a finding needs a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import tomli
import tree_sitter_toml
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from gxgen.findings import Finding, Position
from gxgen.source.strings import offsets
from gxgen.spec import Address, AddressBook, Node, as_step, join

START = Position(1, 1, 0)


def locate(
    text: str,
    findings: Iterable[Finding],
    book: AddressBook | None = None,
    as_typed: Callable[[Position], Position] | None = None,
) -> tuple[Finding, ...]:
    """The findings with their positions in *text*, in the order of the text.

    Args:
        text: the data file.
        findings: what was found in it.
        book: the addresses of the report's form, which tell the columns of a row written as an array.
        as_typed: where a place of *text* is in the file, if *text* was mended.
    """
    places = _Places(text, book)

    def placed(finding: Finding) -> Finding:
        position = places.of(finding)
        return replace(finding, position=as_typed(position) if as_typed else position)

    every = [finding if finding.position else placed(finding) for finding in findings]
    return tuple(sorted(every, key=_in_order_of_text))


class Value(NamedTuple):
    """A value as it is spelled, and where it stands: *line* and *column* count from 0, the end is exclusive."""

    spelled: str
    line: int
    column: int
    last_line: int
    end: int


def values(text: str, addresses: Iterable[Address], book: AddressBook) -> dict[Address, Value]:
    """The values that stand at some of the addresses, those of rows written as arrays among them."""
    places = _Places(text, book)
    found = ((address, places.value(address)) for address in addresses)
    return {address: value for address, value in found if value}


def _in_order_of_text(finding: Finding) -> tuple[int, int]:
    position = finding.position or START
    return position.line, position.column


@dataclass
class _Entry:
    """A key of the file: its own node, where it stands first, and the node of its value."""

    key: Syntax
    value: Syntax | None = None


class _Places:
    def __init__(self, text: str, book: AddressBook | None) -> None:
        self._source = text.encode("utf-8")
        self._lines = text.split("\n")
        self._book = book
        self._entries: dict[Address, _Entry] = {}
        self._elements: dict[Address, int] = {}
        """How many tables an array of tables has so far."""
        for node in Parser(Language(tree_sitter_toml.language())).parse(_as_toml_1_0(self._source)).root_node.children:
            self._statement(node)

    # Reading the syntax tree

    def _statement(self, node: Syntax) -> None:
        if node.type == "pair":
            self._pair(node, "")
        elif node.type in ("table", "table_array_element"):
            keys, *pairs = node.named_children
            table = self._descend("", keys, is_element=node.type == "table_array_element")
            for pair in pairs:
                self._pair(pair, table)

    def _pair(self, node: Syntax, owner: Address) -> None:
        if node.type != "pair" or len(node.named_children) < 2:
            return
        key, value = node.named_children[:2]
        address = self._descend(owner, key)
        self._entries[address].value = value
        self._tables_of(value, address)

    def _tables_of(self, value: Syntax, address: Address) -> None:
        """The pairs of an inline table, or of those in an array."""
        if value.type == "inline_table":
            for pair in value.named_children:
                self._pair(pair, address)
        elif value.type == "array":
            tables = (child for child in value.named_children if child.type != "comment")
            for index, table in enumerate(tables):
                if table.type == "inline_table":
                    self._entries[f"{address}[{index}]"] = _Entry(table)
                    self._tables_of(table, f"{address}[{index}]")

    def _descend(self, owner: Address, keys: Syntax, *, is_element: bool = False) -> Address:
        """The address that keys lead to, each step noted; within an array of tables, that of its last table."""
        steps = tuple(_simple_keys(keys))
        for depth, key in enumerate(steps, start=1):
            owner = join(owner, as_step(_key_text(key)))
            self._entries.setdefault(owner, _Entry(key))
            if is_element and depth == len(steps):
                self._elements[owner] = self._elements.get(owner, 0) + 1
            if owner in self._elements:
                owner = f"{owner}[{self._elements[owner] - 1}]"
                self._entries.setdefault(owner, _Entry(key))
        return owner

    # Answering

    def of(self, finding: Finding) -> Position:
        """The position that a finding means, or that of the nearest thing the file does hold."""
        for address in (finding.where, *finding.near):
            if place := self._exact(address, finding):
                return place
        return self._ancestor(finding.where)

    def _exact(self, address: Address, finding: Finding) -> Position | None:
        entry = self._entries.get(address)
        if entry is None:
            element = self._element(address)
            return self._position(element) if element else self._of_pasted_row(address, finding)
        if finding.offset is not None and entry.value is not None and entry.value.type == "string":
            return self._within(entry.value, finding.offset, finding.length)
        return self._position(entry.key if finding.at_key else entry.value or entry.key)

    def _of_pasted_row(self, address: Address, finding: Finding) -> Position | None:
        """A number of a row that is written as one text."""
        row = self._entries.get(address.rpartition(".")[0])
        if row is None or row.value is None or row.value.type != "string":
            return None
        whole = finding.offset is None
        return self._position(row.value) if whole else self._within(row.value, finding.offset or 0, finding.length)

    def value(self, address: Address) -> Value | None:
        """The value that stands at an address."""
        entry = self._entries.get(address)
        node = entry.value if entry else self._element(address)
        if node is None:
            return None
        (line, column), (last_line, end) = node.start_point, node.end_point
        spelled = self._source[node.start_byte : node.end_byte].decode("utf-8")
        return Value(spelled, line, self._characters(line, column), last_line, self._characters(last_line, end))

    def _element(self, address: Address) -> Syntax | None:
        """One number of a row that is written as an array."""
        row, _, column = address.rpartition(".")
        entry, node = self._entries.get(row), self._node(row)
        if entry is None or entry.value is None or entry.value.type != "array" or node is None:
            return None
        elements = [child for child in entry.value.named_children if child.type != "comment"]
        keys = [child.key for child in node.columns]
        index = keys.index(column) if column in keys else len(elements)
        return elements[index] if index < len(elements) else None

    def _node(self, address: Address) -> Node | None:
        node = self._book.outline if self._book else None
        for key in address.split("."):
            node = node.children.get(key) if node else None
        return node

    def _ancestor(self, address: Address) -> Position:
        while address:
            address = address.rpartition(".")[0]
            if entry := self._entries.get(address):
                return self._position(entry.key)
        return START

    # Bytes to characters

    def _position(self, node: Syntax) -> Position:
        row, column = node.start_point
        first_line = self._source[node.start_byte : node.end_byte].split(b"\n")[0]
        return Position(row + 1, self._characters(row, column) + 1, max(len(first_line.decode("utf-8")), 1))

    def _characters(self, row: int, column: int) -> int:
        return len(self._lines[row].encode("utf-8")[:column].decode("utf-8"))

    def _within(self, node: Syntax, offset: int, length: int) -> Position:
        """Part of a string: *offset* counts characters of its value, not of its spelling."""
        row, column = node.start_point
        raw = self._source[node.start_byte : node.end_byte].decode("utf-8")
        where = offsets(raw)
        start = where[min(offset, len(where) - 1)]
        line_start = raw.rfind("\n", 0, start) + 1
        indent = 0 if line_start else self._characters(row, column)
        return Position(row + raw.count("\n", 0, start) + 1, indent + start - line_start + 1, length)


def _as_toml_1_0(source: bytes) -> bytes:
    """The source with the escapes of TOML 1.1 blotted out, byte for byte: the grammar knows 1.0 only."""
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
