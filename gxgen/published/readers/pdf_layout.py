"""From the lines and tables of pages to a document: boilerplate left out, lines joined to paragraphs, tables to one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from gxgen.published.document import Omission
from gxgen.published.narrative import HEAD, PAGE_NUMBER, SENTENCE_END
from gxgen.published.readers.pdf_continued import CONTINUED, continued, trimmed
from gxgen.published.readers.pdf_lines import Line
from gxgen.published.readers.pdf_tables import RuledTable

EDGE = 0.15
"""Of the page's height: where running headers and footers stand."""
SAME_HEIGHT = 4.0
"""Points between the places of one header on two pages."""
INDENT = 0.9
"""Of the em: a first line begins so far from the margin, or farther."""
SLACK = 0.7
"""Of the em: what a full line may leave besides the room for what comes next."""
OTHER_SIZE = 0.1
WIDE_PITCH = 1.5
"""Lines farther apart than so many usual pitches are not one paragraph."""
PAGE_OF = re.compile(r"[第共]?\s*\d{1,3}\s*页?(?:\s*[/,，共]\s*第?\s*\d{1,3}\s*页?)?|[-—–·.]*\s*\d{1,3}\s*[-—–·.]*")
URL = re.compile(r"(?:https?|file)://\S+.*|.*\bwww\.\S+\s+\d+/\d+")
PRINTED_AT = re.compile(r"\d{2,4}[/.年-]\d{1,2}[/.月-]\d{1,2}日?[, ]*(?:上午|下午|AM|PM)?\s*\d{1,2}:\d{2}.*")
CLOSING = "，。；：、！？）》」』】”’%％…,.;:!?)"

Item = Line | RuledTable


class PageLayout(msgspec.Struct, frozen=True):
    """The lines and tables of a page from the top."""

    number: int
    width: float
    height: float
    items: tuple[Item, ...]


class Paragraph(msgspec.Struct, frozen=True):
    """Lines that are one paragraph."""

    lines: tuple[Line, ...]
    page: int

    @property
    def text(self) -> str:
        """Its text on one line."""
        text = ""
        for line in self.lines:
            words = line.text
            is_latin = text[-1:].isascii() and text[-1:].isalpha() and words[:1].isascii() and words[:1].isalpha()
            text += (" " if is_latin else "") + words
        return text


def without_boilerplate(pages: Sequence[PageLayout]) -> tuple[list[PageLayout], tuple[Omission, ...]]:
    """The pages without running headers, footers and page numbers, and what has been left out."""
    found: dict[int, set[int]] = defaultdict(set)
    kinds: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for is_header in (True, False):
        edges = [_edge(page, is_header) for page in pages]
        for at, page in enumerate(pages):
            for place, line in edges[at]:
                if not _is_running(line, is_header, edges, at):
                    break
                found[at].add(place)
                kinds[_kind(line.text, is_header), _masked(line.text)].append((line.text, page.number))
    kept = [
        msgspec.structs.replace(
            page, items=tuple(item for place, item in enumerate(page.items) if place not in found[at])
        )
        for at, page in enumerate(pages)
    ]
    omissions = tuple(
        Omission(kind, texts[0][0], sum(len(text) for text, _ in texts), page=texts[0][1])
        for (kind, _), texts in kinds.items()
    )
    return kept, omissions


def _edge(page: PageLayout, is_header: bool) -> list[tuple[int, Line]]:
    """The outermost lines of a page at the top or the bottom, with their places among its items."""
    items = list(enumerate(page.items))
    lines = []
    for place, item in items if is_header else items[::-1]:
        if not isinstance(item, Line) or not _is_at_edge(item, page, is_header):
            break
        lines.append((place, item))
    return lines


def _is_at_edge(line: Line, page: PageLayout, is_header: bool) -> bool:
    return line.baseline < EDGE * page.height if is_header else line.baseline > (1 - EDGE) * page.height


def _is_running(line: Line, is_header: bool, edges: Sequence[list[tuple[int, Line]]], at: int) -> bool:
    """Whether a line at the edge is on other pages at the same height, or is what a page has there by itself."""
    masked = _masked(line.text)
    if any(
        abs(line.baseline - other.baseline) <= SAME_HEIGHT and _masked(other.text) == masked
        for number, edge in enumerate(edges)
        if number != at
        for _, other in edge
    ):
        return True
    text = line.text.strip()
    if is_header:
        return PRINTED_AT.fullmatch(text) is not None
    return any(pattern.fullmatch(text) for pattern in (PAGE_NUMBER, PAGE_OF, URL))


def _masked(text: str) -> str:
    """A header as it is on every page: numbers may differ."""
    return re.sub(r"\d+", "#", text.replace(" ", ""))


def _kind(text: str, is_header: bool) -> str:
    words = text.strip()
    if PAGE_NUMBER.fullmatch(words) or PAGE_OF.fullmatch(words):
        return "页码"
    return "页眉" if is_header else "页脚"


class _Margins(msgspec.Struct, frozen=True):
    """Where lines of text begin and end."""

    left: float
    right: float
    pitch: float
    """The usual distance of two lines."""


def in_order(pages: Sequence[PageLayout]) -> Iterator[Paragraph | RuledTable]:
    """Paragraphs and tables in the order of the document; what goes on over a page is one."""
    margins = _margins(pages)
    pages = _trimmed(pages)
    held: Paragraph | RuledTable | None = None
    above: _Margins | None = None
    for page in pages:
        here = margins[page.number]
        for place, item in enumerate(page.items):
            joined = _joined(held, item, above or here, here, place == 0)
            if not joined and held:
                yield held
            held = joined or (item if isinstance(item, RuledTable) else Paragraph((item,), page.number))
            above = here
    if held:
        yield held


def _joined(
    held: Paragraph | RuledTable | None, item: Item, above: _Margins, here: _Margins, is_first: bool
) -> Paragraph | RuledTable | None:
    """What came last and the next line or table as one; None if they are two."""
    if isinstance(held, RuledTable) and isinstance(item, RuledTable) and is_first:
        return continued(held, item)
    if isinstance(held, Paragraph) and isinstance(item, Line) and _goes_on(held.lines[-1], item, above, here, is_first):
        return Paragraph((*held.lines, item), held.page)
    return None


def _trimmed(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with the parts of tables that go on over them as they can be joined."""
    items = [page.items for page in pages]
    for at in range(len(items) - 1):
        below = _without_note(pages[at + 1])
        upper, lower = (items[at] or (None,))[-1], (below or (None,))[0]
        if isinstance(upper, RuledTable) and isinstance(lower, RuledTable):
            items[at] = (*items[at][:-1], trimmed(upper, is_end=True))
            items[at + 1] = (trimmed(lower, is_end=False), *below[1:])
    return [msgspec.structs.replace(page, items=each) for page, each in zip(pages, items, strict=True)]


def _without_note(page: PageLayout) -> tuple[Item, ...]:
    """The items of a page without a first line that only says: 续表."""
    first = page.items[0] if page.items else None
    is_note = isinstance(first, Line) and CONTINUED.fullmatch(first.text.strip())
    return page.items[1:] if is_note else page.items


def _goes_on(last: Line, line: Line, above: _Margins, here: _Margins, is_first: bool) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    if abs(line.size - last.size) > OTHER_SIZE * last.size:
        return False
    if not is_first and line.baseline - last.baseline > WIDE_PITCH * max(here.pitch, line.size):
        return False
    if line.left - here.left > INDENT * line.size:
        return False
    if above.right - last.right > _first_word(line) + SLACK * line.size:
        return False
    return not (HEAD.match(line.text) and SENTENCE_END.search(last.text))


def _first_word(line: Line) -> float:
    """How much room the beginning of a line would have needed at the end of the line before."""
    first = line.chars[0]
    end = first.right
    for before, char in zip(line.chars, line.chars[1:], strict=False):
        is_word = before.text.isascii() and char.text.isascii() and char.left - before.right < 0.2 * line.size
        if not is_word and char.text not in CLOSING:
            break
        end = char.right
    return end - first.left


def _margins(pages: Sequence[PageLayout]) -> dict[int, _Margins]:
    """The margins of each page: those of all pages of its width, left and right pages apart if they are mirrored."""
    groups: dict[tuple[int, int], list[PageLayout]] = defaultdict(list)
    for page in pages:
        groups[round(page.width), page.number % 2].append(page)
    margins = {key: _margins_of(group) for key, group in groups.items()}
    result = {}
    for page in pages:
        own, other = margins[round(page.width), page.number % 2], margins.get((round(page.width), 1 - page.number % 2))
        is_mirrored = other and abs(own.left - other.left) > 6 and abs(own.right - other.right) > 6
        if other and not is_mirrored:
            both = groups[round(page.width), 0] + groups[round(page.width), 1]
            own = _margins_of(both)
        result[page.number] = own
    return result


def _margins_of(pages: Iterable[PageLayout]) -> _Margins:
    pages = list(pages)
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    if not lines:
        return _Margins(0.0, max(page.width for page in pages), 0.0)
    size = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    lines = [line for line in lines if abs(line.size - size) <= OTHER_SIZE * size] or lines
    left = _reached(sorted(line.left for line in lines), size)
    right = -_reached(sorted(-line.right for line in lines), size)
    if sum(right - line.right < size and after.left - left < size for line, after in _followed(pages)) < 3:
        # Too few full lines to tell: the right margin is as wide as the left one.
        right = max(right, max(page.width for page in pages) - left - size)
    pitches = Counter(round(after.baseline - line.baseline) for line, after in _followed(pages))
    return _Margins(left, right, pitches.most_common(1)[0][0] if pitches else 0.0)


def _followed(pages: Iterable[PageLayout]) -> Iterator[tuple[Line, Line]]:
    """Each line that another follows on its page, and that line."""
    for page in pages:
        for one, two in pairwise(page.items):
            if isinstance(one, Line) and isinstance(two, Line):
                yield one, two


def _reached(places: list[float], size: float) -> float:
    """The outermost place that several lines reach."""
    for place in places:
        if sum(abs(other - place) < size for other in places) >= min(3, len(places)):
            return place
    return places[0]
