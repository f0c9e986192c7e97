"""The parts of a report: its title, what comes before the first section, and the sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from gxgen.published.blocks import Block, Paragraph, Place
from gxgen.published.folding import fold, squeezed
from gxgen.published.labels import spelling
from gxgen.spec import Layout, Section

TITLE = re.compile(
    r"(?P<agency>.*?)(?P<year>(?:19|20)\d\d)年度?(?P<name>政府信息公开(?:工作)?(?:年度报告|年报|年度工作报告))"
)
AGENCY = re.compile(
    r"[\u4e00-\u9fff（）()·、]{2,40}(?:局|委|会|办|室|府|厅|院|部|处|署|所|站|社|队|校|司|行|中心|公司|集团|区|场|馆|库|厂|园)"
)
"""How the name of an agency ends that stands on a line of its own."""
PAGE_FURNITURE = re.compile(
    r"(?:(?:发布|公布|更新|成文)(?:时间|日期|日)|(?:信息|文章|稿件)?来源|索引号|字体|字号|(?:浏览|阅读|访问|点击)(?:次数|量|数)?)"
    r"[:：][^。；]{0,100}|(?:[【\[](?:打印|关闭|分享|打印本页|关闭窗口|关闭本页|返回顶部|字体)[】\]]\s*)+"
)
"""What a web site writes below a title or at the end of a page: 发布时间：…　来源：…, 【打印】【关闭】."""
ENDS_SENTENCE = re.compile(r"[。！？；，：,;]$")
LONGEST_TITLE = 90
MOST_TITLE_LINES = 3


class Title(NamedTuple):
    """The title as printed, without spaces."""

    agency: str
    year: int
    name: str
    place: Place


class Part(NamedTuple):
    """A section with what stands below its heading."""

    section: Section
    heading: str
    place: Place
    blocks: tuple[Block, ...]


class Outline(NamedTuple):
    """A report taken apart."""

    titles: tuple[Title, ...]
    """Whatever reads like a title before the first section, in the document's order."""
    before: tuple[Block, ...]
    """What stands between the title and the first section."""
    around: tuple[Paragraph, ...]
    """What is not part of the report: before the title, or outside the part of a page that holds the headings."""
    parts: tuple[Part, ...]


def is_heading(section: Section, text: str) -> bool:
    """Whether a paragraph is the section's heading: its full wording or a variant, with or without the numeral."""
    return len(text) <= LONGEST_TITLE and bool(_heading(section).fullmatch(fold(text)))


@cache
def _heading(section: Section) -> re.Pattern[str]:
    return re.compile(spelling(section.heading, section.variants) + r"[.:。]?")


def outline_of(blocks: tuple[Block, ...], layout: Layout) -> Outline:
    """Take a document apart by its headings."""
    starts = _starts(blocks, layout)
    first = starts[0][1] if starts else len(blocks)
    titles, end_of_title = _titles(blocks[:first])
    begin = end_of_title or 0
    trunk = _trunk([blocks[at] for _, at, _ in starts])
    outside: list[Paragraph] = []
    parts = []
    ends = (*(at for _, at, _ in starts[1:]), len(blocks))
    for (section, at, used), after in zip(starts, ends, strict=False):
        heading = blocks[at]
        assert isinstance(heading, Paragraph), "a heading is a paragraph"
        inside = _inside(blocks[at + used : after], trunk, outside)
        parts.append(Part(section, heading.text, Place(line=heading.line), inside))
    before = _inside(blocks[begin:first], trunk, outside)
    around = [block for block in blocks[:begin] if isinstance(block, Paragraph) and not _in_title(block, titles)]
    return Outline(titles, before, (*around, *outside), tuple(parts))


def _trunk(headings: list[Block]) -> tuple[int, ...]:
    """The part of the page that all headings stand in; the whole where the carrier knows no parts."""
    branches = [heading.branch for heading in headings if isinstance(heading, Paragraph)]
    trunk = branches[0] if branches else ()
    for branch in branches:
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(trunk, branch, strict=False))
        trunk = tuple(step for step, _ in shared)
    return trunk


def _inside(blocks: tuple[Block, ...], trunk: tuple[int, ...], outside: list[Paragraph]) -> tuple[Block, ...]:
    """The blocks that belong to the report; the others are added to *outside*."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _is_outside(block, trunk):
            outside.append(block)
        else:
            kept.append(block)
    return tuple(kept)


def _is_outside(block: Paragraph, trunk: tuple[int, ...]) -> bool:
    is_elsewhere = block.branch[: len(trunk)] != trunk
    return bool(block.branch) and (is_elsewhere or bool(PAGE_FURNITURE.fullmatch(block.text.strip())))


def _in_title(block: Paragraph, titles: tuple[Title, ...]) -> bool:
    words = squeezed(block.text)
    return any(words in f"{title.agency}{title.year}年{title.name}" for title in titles)


def _starts(blocks: tuple[Block, ...], layout: Layout) -> list[tuple[Section, int, int]]:
    """Where each section begins: its heading's place, and over how many blocks it goes.

    A table of contents names all headings before they come; so from the last section backwards, each is looked for
    before the one found last.
    """
    found: list[tuple[Section, int, int]] = []
    limit = len(blocks)
    for section in reversed(layout.sections):
        places = [(at, used) for at in range(limit) for used in _heading_at(blocks, at, section) if at + used <= limit]
        if places:
            at, used = places[-1]
            found.append((section, at, used))
            limit = at
    return found[::-1]


def _heading_at(blocks: tuple[Block, ...], at: int, section: Section) -> Iterator[int]:
    """How many blocks from *at* are the heading: one, or two lines where the carrier breaks lines."""
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return
    if is_heading(section, block.text):
        yield 1
    elif block.is_line and at + 1 < len(blocks):
        after = blocks[at + 1]
        if isinstance(after, Paragraph) and after.is_line and is_heading(section, block.text + after.text):
            yield 2


def _titles(blocks: tuple[Block, ...]) -> tuple[tuple[Title, ...], int]:
    """What reads like a title, and where the last of them ends."""
    found: list[Title] = []
    end = 0
    lines = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.text.strip()]
    for start in range(len(lines)):
        for used in range(1, MOST_TITLE_LINES + 1):
            title = _title(tuple(block for _, block in lines[start : start + used]))
            if title:
                found.append(title)
                end = max(end, lines[min(start + used, len(lines)) - 1][0] + 1)
                break
    longest: dict[int, Title] = {}
    for title in found:
        # The second line of a title is one by itself, without the agency.
        known = longest.get(title.year)
        if known is None or len(title.agency) > len(known.agency):
            longest[title.year] = title
    return tuple(longest.values()), end


def _title(lines: tuple[Paragraph, ...]) -> Title | None:
    if any(ENDS_SENTENCE.search(line.text.strip()) for line in lines):
        return None
    words = squeezed("".join(line.text for line in lines))
    found = TITLE.fullmatch(words) if len(words) <= LONGEST_TITLE else None
    if not found or re.search(r"[。；，《]", found["agency"]):
        return None
    if len(lines) > 1 and not _are_agency_and_title(lines, found["agency"]):
        return None
    return Title(found["agency"], int(found["year"]), found["name"], Place(line=lines[0].line))


def _are_agency_and_title(lines: tuple[Paragraph, ...], agency: str) -> bool:
    """Whether lines above the title name an agency, and not the page of a web site."""
    above = squeezed("".join(line.text for line in lines[:-1]))
    return len(agency) < len(above) or bool(AGENCY.fullmatch(agency))
