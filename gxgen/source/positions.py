"""The source map of a data file: addresses of the form to positions in its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace
from tree_sitter import Node as Syntax

from gxgen.core.findings import Finding, Position
from gxgen.core.toml.positions import Path, TomlPositions, Value
from gxgen.source.parsed import RepairedLines
from gxgen.spec import Address, AddressBook, Node, as_step

START = Position(1, 1, 0)


def locate(
    text: str,
    findings: Iterable[Finding],
    book: AddressBook | None = None,
    typed_position: Callable[[Position], Position] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings with their positions in *text*, in the order of the text.

    Args:
        text: the data file.
        findings: what was found in it.
        book: the addresses of the report's form, which tell the columns of a row written as an array.
        typed_position: maps a position in *text* to the file, if *text* was repaired.
    """
    findings = tuple(findings)
    places = _Addresses(
        text, book, (address for finding in findings for address in (finding.address, *finding.fallback_addresses))
    )

    def located(finding: Finding) -> Finding:
        position = places.of(finding)
        return replace(finding, position=typed_position(position) if typed_position else position)

    every = [finding if finding.position else located(finding) for finding in findings]
    return tuple(sorted(every, key=_in_order_of_text))


def values(text: str, addresses: Iterable[Address], book: AddressBook) -> dict[Address, Value]:
    """Return the values at some addresses, elements of rows written as arrays included."""
    addresses = tuple(addresses)
    places = _Addresses(text, book, addresses)
    found = ((address, places.value(address)) for address in addresses)
    return {address: value for address, value in found if value}


def _in_order_of_text(finding: Finding) -> tuple[int, int]:
    position = finding.position or START
    return position.line, position.column


class _Addresses:
    """The places of the addresses *sought* and of their ancestors."""

    def __init__(self, text: str, book: AddressBook | None, sought: Iterable[Address]) -> None:
        steps = {step for address in sought for step in _steps(address)}
        self._places = TomlPositions(text, lambda path: _address(path) in steps)
        self._book = book
        self._entries = {_address(path): entry for path, entry in self._places.entries.items()}

    def of(self, finding: Finding) -> Position:
        """Return a finding's position, or that of the nearest ancestor that the file has."""
        for address in (finding.address, *finding.fallback_addresses):
            if place := self._exact(address, finding):
                return place
        return self._ancestor(finding.address)

    def _exact(self, address: Address, finding: Finding) -> Position | None:
        entry = self._entries.get(address)
        if entry is None:
            element = self._element(address)
            return self._places.of_node(element) if element else self._of_pasted_row(address, finding)
        return self._places.of_entry(
            entry, points_at_key=finding.points_at_key, offset=finding.offset, length=finding.length
        )

    def _of_pasted_row(self, address: Address, finding: Finding) -> Position | None:
        """Return the position of a number in a row that is written as one text."""
        row = self._entries.get(address.rpartition(".")[0])
        if row is None or row.value is None or row.value.type != "string":
            return None
        return self._places.of_entry(row, points_at_key=False, offset=finding.offset, length=finding.length)

    def value(self, address: Address) -> Value | None:
        """Return the value at an address."""
        entry = self._entries.get(address)
        node = entry.value if entry else self._element(address)
        return self._places.value(node) if node else None

    def _element(self, address: Address) -> Syntax | None:
        """Return the place of one number in a row that is written as an array."""
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
                return self._places.of_node(entry.key)
        return START


def _steps(address: Address) -> Iterator[Address]:
    """Yield an address and its ancestors, the empty address of the whole file last."""
    while address:
        yield address
        address = address.rpartition("[" if address.endswith("]") else ".")[0]
    yield ""


def _address(path: Path) -> Address:
    address = ""
    for step in path:
        if isinstance(step, int):
            address = f"{address}[{step}]"
        else:
            address = f"{address}.{as_step(step)}" if address else as_step(step)
    return address


def typed_position(position: Position, repaired: Iterable[RepairedLines]) -> Position:
    """Map a position in the repaired text to the text as typed."""
    line = position.line - 1
    for statement in repaired:
        if statement.line <= line <= statement.line + statement.text.count("\n"):
            return _within(position, statement)
    return position


def _within(position: Position, statement: RepairedLines) -> Position:
    lines = statement.text.split("\n")
    row = position.line - 1 - statement.line
    offset = sum(len(line) + 1 for line in lines[:row]) + position.column - 1
    start = statement.typed_at(offset)
    end = max(statement.typed_at(min(offset + position.length, len(statement.text))), start + 1)
    line_start = statement.typed.rfind("\n", 0, start) + 1
    line_end = statement.typed.find("\n", start)
    length = min(end, line_end if line_end >= 0 else len(statement.typed)) - start
    at_line = statement.line + statement.typed.count("\n", 0, start) + 1
    return Position(at_line, start - line_start + 1, max(length, 1) if position.length else 0)
