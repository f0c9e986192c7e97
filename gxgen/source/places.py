"""Where things stand in a data file: parsed with positions, and only when a finding needs a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import tree_sitter_toml
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from gxgen.findings import Finding, Position
from gxgen.source.strings import offsets
from gxgen.spec import Address, AddressBook, Node, as_step, join

START = Position(1, 1, 0)


def locate(text: str, findings: Iterable[Finding], book: AddressBook | None = None) -> tuple[Finding, ...]:
    """The findings with their positions in *text*, in the order of the text.

    Args:
        text: the data file.
        findings: what was found in it.
        book: the addresses of the report's form, which tell the columns of a row written as an array.
    """
    places = _Places(text, book)
    placed = [finding if finding.position else replace(finding, position=places.of(finding)) for finding in findings]
    return tuple(sorted(placed, key=_in_order_of_text))


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
        for node in Parser(Language(tree_sitter_toml.language())).parse(self._source).root_node.children:
            self._statement(node)

    # Reading the syntax tree

    def _statement(self, node: Syntax) -> None:
        if node.type == "pair":
            self._pair(node, "")
        elif node.type in ("table", "table_array_element"):
            keys, *pairs = node.named_children
            table = self._descend("", keys)
            for pair in pairs:
                self._pair(pair, table)

    def _pair(self, node: Syntax, owner: Address) -> None:
        if node.type != "pair" or len(node.named_children) < 2:
            return
        key, value = node.named_children[:2]
        address = self._descend(owner, key)
        self._entries[address].value = value
        if value.type == "inline_table":
            for pair in value.named_children:
                self._pair(pair, address)

    def _descend(self, owner: Address, keys: Syntax) -> Address:
        for key in _simple_keys(keys):
            owner = join(owner, as_step(_key_text(key)))
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
            return self._element(address)
        if finding.offset is not None and entry.value is not None and entry.value.type == "string":
            return self._within(entry.value, finding.offset, finding.length)
        return self._position(entry.key if finding.at_key else entry.value or entry.key)

    def _element(self, address: Address) -> Position | None:
        """One number of a row that is written as an array."""
        row, _, column = address.rpartition(".")
        entry, node = self._entries.get(row), self._node(row)
        if entry is None or entry.value is None or entry.value.type != "array" or node is None:
            return None
        elements = [child for child in entry.value.named_children if child.type != "comment"]
        keys = [child.key for child in node.columns]
        index = keys.index(column) if column in keys else len(elements)
        return self._position(elements[index]) if index < len(elements) else None

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


def _simple_keys(node: Syntax) -> Iterator[Syntax]:
    """The single keys of ``a."b".c``."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _simple_keys(child)
    else:
        yield node


def _key_text(node: Syntax) -> str:
    text = (node.text or b"").decode("utf-8")
    return text[1:-1] if node.type == "quoted_key" else text
