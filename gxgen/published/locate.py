"""Findings on a published report, placed in the document as it was published."""

from __future__ import annotations

import re

from msgspec.structs import replace

from gxgen.core.findings import Finding, Position, RelatedLocation
from gxgen.published import Published
from gxgen.published.document import PrintedCell, line_of, whole_line
from gxgen.published.labels import quoted
from gxgen.published.narrative import Passage, as_printed
from gxgen.spec import PREAMBLE, Address

NARRATIVE = "narrative."
AROUND = 24
"""Characters of a sentence that are quoted on either side of the words that are meant."""
LONGEST_WORDS = 40
STOP = re.compile(r"[。！？；!?;]")


def pointed(published: Published, finding: Finding) -> Finding:
    """The finding with its line where the document has lines, and in words otherwise.

    A cell is quoted with its table, row and cell; the narrative with the words that are meant.
    """
    if finding.position:
        return finding
    if finding.address.startswith(NARRATIVE):
        return _in_text(published, finding)
    cell = cell_of(published, finding.address, *finding.fallback_addresses)
    return _at_cell(published, finding, cell) if cell else finding


def locate_related(published: Published, related: RelatedLocation, file: str) -> RelatedLocation:
    """The place in another published report that a finding is about as well."""
    cell = cell_of(published, related.address, *related.fallback_addresses)
    position = _position(published, cell) if cell else None
    line = line_of(published.text, position.line) if position else ""
    return replace(related, file=file, position=position, line=line)


def cell_of(published: Published, *addresses: Address) -> PrintedCell | None:
    """The first of the cells that was read; of a row, its first cell."""
    for address in addresses:
        if address in published.cells:
            return published.cells[address]
    below = (f"{address}." for address in addresses if address)
    return next(
        (cell for branch in below for address, cell in published.cells.items() if address.startswith(branch)), None
    )


# Cells


def _at_cell(published: Published, finding: Finding, cell: PrintedCell) -> Finding:
    if finding.location:
        return finding
    place = str(cell.location) if cell.location.table else ""
    message = f"{place}「{quoted(cell.text)}」：{finding.message}" if place else finding.message
    return replace(finding, message=message, position=_position(published, cell))


def _position(published: Published, cell: PrintedCell) -> Position | None:
    """The cell in its line; the whole line where the same stands in it more than once."""
    if not (cell.location.line and published.text):
        return None
    line = line_of(published.text, cell.location.line)
    words = [found for found in re.finditer(r"[^\s|│┃║]+", line) if found[0] == cell.text.strip()]
    if len(words) == 1:
        return Position(cell.location.line, words[0].start() + 1, len(words[0][0]))
    return whole_line(published.text, cell.location.line)


# Texts


def _in_text(published: Published, finding: Finding) -> Finding:
    place = finding.address.removeprefix(NARRATIVE)
    passages = published.passages.get(place, ())
    if finding.offset is None or not passages or not published.report:
        return finding
    text = published.report.narrative[place]
    start, end = (
        len(as_printed(text[:offset])) for offset in (finding.offset, finding.offset + max(finding.length, 1))
    )
    passage, start = _passage_at(passages, start)
    end = min(start + max(end - len(as_printed(text[: finding.offset])), 1), len(passage.text))
    origin = passage.origin_of(start)
    quote = _quote(passage.text, start, end)
    if origin.line and published.text:
        message = f"「{quote}」：{finding.message}"
        line = line_of(published.text, origin.line)
        length = max(min(end - start, len(line) - origin.column + 1), 1)
        return replace(finding, message=message, position=Position(origin.line, origin.column, length))
    return replace(finding, message=f"{_part(published, place)}第 {passage.number} 段「{quote}」：{finding.message}")


def _passage_at(passages: tuple[Passage, ...], offset: int) -> tuple[Passage, int]:
    """The paragraph that holds a character of a text, and which of its own characters that is."""
    for passage in passages:
        if offset <= len(passage.text):
            return passage, offset
        offset -= len(passage.text) + 1
    return passages[-1], len(passages[-1].text)


def _quote(text: str, start: int, end: int) -> str:
    """The words from *start* to *end* with what stands around them in their sentence."""
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    stops = [found.end() for found in STOP.finditer(before)]
    first = stops[-1] if stops else 0
    stop = STOP.search(after)
    after = after[: stop.start()] if stop else after
    is_cut = (not stops and start > AROUND, not stop and end + AROUND < len(text))
    words = before[first:] + text[start:end][:LONGEST_WORDS] + after
    return f"{'…' if is_cut[0] else ''}{' '.join(words.split())}{'…' if is_cut[1] else ''}"


def _part(published: Published, place: str) -> str:
    """How a reader of the document calls a part of it."""
    assert published.report, "texts are of a report"
    if place == PREAMBLE:
        return "开头"
    key = place.partition(".")[0]
    return next(f"「{section.heading}」" for section in published.report.layout.sections if section.key == key)
