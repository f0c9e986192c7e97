"""What of a document has not come into the report, told with its place and length.

Every paragraph between the title and the end is narrative, or a line of a table's text, or reported here; so is what
the reader has left out of the blocks, and what stands around the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from gxgen.core import codes
from gxgen.core.findings import Code
from gxgen.published.document import UNDECODED, Block, Location, Omission, Paragraph, Table
from gxgen.published.labels import fold, quoted, squeezed
from gxgen.published.narrative import PAGE_NUMBER
from gxgen.published.readers.unclear import SITE, UNCLEAR
from gxgen.published.tables.cells import ReadingProblem
from gxgen.published.tables.forms import table_words
from gxgen.spec import Layout, Section

MOST_QUOTED = 3
QUOTE_LENGTH = 20
SHORTEST_SENTENCE = 8
"""Characters; what is shorter and stands in a table is taken for a piece of a label."""
SHORTEST_PIECE = 3
LARGEST_SHARE = 0.6
"""Of a line of a table, in pieces of the form's labels; a line of text has less."""


def around_report(blocks: Iterable[Block], omissions: Iterable[Omission]) -> Iterator[ReadingProblem]:
    """One note of what stands around the report: before its title, or outside of the part that holds its headings."""
    found = [Omission(SITE, text, len(squeezed(text)), line) for text, line in map(_text_and_line, blocks)]
    yield from _note("报告之外的文字", [*found, *(each for each in omissions if each.kind == SITE)], codes.IMPORT_EXTRA)


def omitted(omissions: Iterable[Omission]) -> Iterator[ReadingProblem]:
    """One note for each kind of text that the reader has left out: of the text itself, a warning."""
    by_kind: dict[str, list[Omission]] = {}
    for omission in omissions:
        if omission.kind != SITE:
            by_kind.setdefault(omission.kind, []).append(omission)
    for kind, found in by_kind.items():
        yield from _note(kind, found, codes.IMPORT_TEXT if kind in UNCLEAR else codes.IMPORT_EXTRA)


def page_numbers(lines: Iterable[Paragraph]) -> Iterator[ReadingProblem]:
    """One note of the page numbers between the lines of a part."""
    yield from _note(
        "页码", [Omission("页码", line.text, len(line.text), line.line) for line in lines], codes.IMPORT_EXTRA
    )


def other_table(table: Table) -> Iterator[ReadingProblem]:
    """A warning for a table in the text that is none of the form's."""
    texts = [text for text in table.texts() if text.strip()]
    if texts:
        length = sum(len(squeezed(text)) for text in texts)
        message = f"这个表格不是年度报告的统计表，没有读入，共 {length} 个字：{quoted(texts[0])}"
        yield ReadingProblem(codes.IMPORT_TEXT, Location(table.number), message)


def lost_text(
    section: Section, blocks: Iterable[Block], narrative: Collection[Block], layout: Layout, told: Collection[int]
) -> Iterator[ReadingProblem]:
    """A warning for paragraphs of a section that are neither narrative nor lines of the form's table.

    Args:
        section: the section whose heading they follow.
        blocks: everything below the heading.
        narrative: what of it has become text.
        layout: the form, whose words the lines of a table are made of.
        told: the lines that another finding speaks of.
    """
    kept = set(map(id, narrative))
    words = table_words(layout)
    lost = [
        block
        for block in blocks
        if isinstance(block, Paragraph)
        and id(block) not in kept
        and not (block.line and block.line in told)
        and not PAGE_NUMBER.fullmatch(block.text.strip())
        and not _is_of_table(fold(block.words), words)
    ]
    if lost:
        length = sum(len(squeezed(block.words)) for block in lost)
        message = f"「{section.heading}」这一部分有 {length} 个字没有读入：{_quotes([block.text for block in lost])}"
        yield ReadingProblem(codes.IMPORT_TEXT, Location(line=lost[0].line), message)


def undecoded(section: str, texts: Iterable[str]) -> Iterator[ReadingProblem]:
    """A warning for characters of a section that the file does not hold whole."""
    damaged = [text for text in texts if UNDECODED in text]
    if damaged:
        count = sum(text.count(UNDECODED) for text in damaged)
        message = f"「{section}」这一部分有 {count} 处字的编码已损坏，显示为「{UNDECODED}」：{_quotes(damaged)}"
        yield ReadingProblem(codes.IMPORT_TEXT, Location(), message)


def _is_of_table(folded: str, words: str) -> bool:
    """Whether a folded line is made up of the form's labels and of figures, or too short to be told from them."""
    text = "".join(filter(str.isalpha, folded))
    if len(text) < SHORTEST_SENTENCE:
        return True
    covered = at = 0
    while at < len(text):
        end = at + SHORTEST_PIECE
        while end <= len(text) and text[at:end] in words:
            end += 1
        piece = end - 1 - at
        covered += piece if piece >= SHORTEST_PIECE else 0
        at += piece if piece >= SHORTEST_PIECE else 1
    return covered >= LARGEST_SHARE * len(text)


def _text_and_line(block: Block) -> tuple[str, int]:
    if isinstance(block, Paragraph):
        return block.text, block.line
    return " ".join(text for text in block.texts() if text.strip()), 0


def _note(what: str, found: Sequence[Omission], code: Code) -> Iterator[ReadingProblem]:
    found = [each for each in found if each.text.strip()]
    if not found:
        return
    length = sum(each.characters for each in found)
    page = f"，从第 {found[0].page} 页起" if found[0].page and code is codes.IMPORT_TEXT else ""
    message = f"{what}没有读入，共 {length} 个字{page}：{_quotes([each.text for each in found])}"
    yield ReadingProblem(code, Location(line=found[0].line), message)


def _quotes(texts: Sequence[str]) -> str:
    shown = "、".join(f"「{quoted(text, QUOTE_LENGTH)}」" for text in texts[:MOST_QUOTED])
    return shown + (f"等 {len(texts)} 处" if len(texts) > MOST_QUOTED else "")
