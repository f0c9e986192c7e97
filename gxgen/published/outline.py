"""The parts of a report: its title, what comes before the first section, and the sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from gxgen.published.document import Block, Location, Paragraph
from gxgen.published.labels import NOTE, fold, squeezed
from gxgen.published.titles import LONGEST_TITLE, Title, inferred_title, titles_in, year_counted
from gxgen.spec import Layout, Section, unnumbered

_NAMED = r"""
(?:发布|发表|公布|更新|成文|发文|生成)(?:时间|日期|日) | 日期 | (?:信息|文章|稿件|内容)?来源 | 责任编辑
| 索引号 | 发文字号 | 文号 | 发布机构 | (?:浏览|阅读|访问|点击)(?:次数|量|数)? | 字[体号]
| 当前位置 | 您(?:现在)?的?(?:所在)?位置(?:是)? | 上一[篇条页] | 下一[篇条页]
| 分享[到至]? | 版权所有 | 主办(?:单位)? | 承办(?:单位)? | 技术支持 | (?:网站)?备案号
"""
_BUTTON = r"""
打印(?:本页|此页)? | 关闭(?:窗口|本页|此页)? | 返回(?:顶部|首页|列表) | 分享[到至]? | 收藏(?:本页)? | 字[体号] | 大中小
| 无障碍(?:阅读|模式|浏览)? | (?:长者|适老|关怀|老年)(?:版|模式)? | 相关(?:稿件|链接|文章|阅读)
"""
BOILERPLATE = re.compile(
    rf"[（(]?(?:{_NAMED})[:：][^。；]{{0,100}} | (?:[【\[(（]*(?:{_BUTTON})[:：]?[】\])）]*[|·]?)+ | 扫一扫.{{0,20}}"
    r"| mailto:\S+ | [【\[]字[体号][:：][^】\]。]{0,20}[】\]](?:打印(?:本页)?)?",
    re.VERBOSE,
)
LONGEST = 200


def is_boilerplate(text: str) -> bool:
    """Whether a whole line is of this kind; such a word inside a sentence is not."""
    return len(text) <= LONGEST and bool(BOILERPLATE.fullmatch(squeezed(text)))


JOINT = re.compile("[、和及与]")
OF_WORK = re.compile("政府信息公开(?:工作)?(?=存在|被)")


class Part(NamedTuple):
    """A section with what stands below its heading."""

    section: Section
    heading: str
    location: Location
    blocks: tuple[Block, ...]


class Outline(NamedTuple):
    """The parts of a report."""

    titles: tuple[Title, ...]
    """Whatever reads like a title before the first section, in the document's order."""
    before: tuple[Block, ...]
    """What stands between the title and the first section."""
    around: tuple[Block, ...]
    """What is not part of the report: before the title, or outside the part of a page that holds the headings."""
    parts: tuple[Part, ...]


def is_heading(section: Section, text: str) -> bool:
    """Whether a paragraph is the section's heading: its full wording or a variant, with or without the numeral."""
    return len(text) <= LONGEST_TITLE and bool(_heading(section).fullmatch(fold(text)))


@cache
def _heading(section: Section) -> re.Pattern[str]:
    numeral = section.heading[: len(section.heading) - len(unnumbered(section.heading))].rstrip("、")
    number = rf"(?:\(?{numeral}\)?[、.,:]?)?" if numeral else ""
    names = "|".join(
        _loosely(fold(unnumbered(name))) for name in (section.heading, *section.variants, *section.nonstandard_variants)
    )
    return re.compile(rf"{number}(?:{names}){NOTE}[、.:。]?")


def _loosely(words: str) -> str:
    """A heading whose small words may be others, or missing: 、 for 和, 报告事项 for 报告的事项, 工作中 for 工作."""
    loose = JOINT.sub("(?:、|和|及|以及|与)?", re.escape(words)).replace("的", "的?")
    return OF_WORK.sub("政府信息公开(?:工作中?|中)?", loose).replace("主要问题", "(?:主要)?问题")


def outline_of(blocks: tuple[Block, ...], layout: Layout) -> Outline:
    """Divide a document by its headings."""
    starts = _starts(blocks, layout)
    first = starts[0][1] if starts else len(blocks)
    titles, begin = titles_in(blocks[:first])
    if not titles:
        title, begin = inferred_title(blocks, first)
        titles = (title,) if title else ()
    if len(titles) > 1 and titles[-1].year == year_counted(blocks):
        titles = titles[-1:]  # the others are links of the page around the report
    common = _common_branch([blocks[at] for _, at, _ in starts])
    outside: list[Block] = []
    parts = []
    ends = (*(at for _, at, _ in starts[1:]), len(blocks))
    for (section, at, used), after in zip(starts, ends, strict=False):
        heading = blocks[at]
        assert isinstance(heading, Paragraph), "a heading is a paragraph"
        inside = _inside(blocks[at + used : after], common, outside, titles)
        parts.append(Part(section, heading.words, Location(line=heading.line), inside))
    before = _inside(blocks[begin:first], common, outside, ())
    around = [block for block in blocks[:begin] if not _in_title(block, titles)]
    return Outline(titles, before, (*around, *outside), tuple(parts))


def _common_branch(headings: list[Block]) -> tuple[int, ...]:
    """The part of the page that all headings stand in; the whole where the reader knows no parts."""
    branches = [heading.branch for heading in headings if isinstance(heading, Paragraph)]
    common = branches[0] if branches else ()
    for branch in branches:
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(common, branch, strict=False))
        common = tuple(step for step, _ in shared)
    return common


def _inside(
    blocks: tuple[Block, ...], common: tuple[int, ...], outside: list[Block], titles: tuple[Title, ...]
) -> tuple[Block, ...]:
    """The blocks that belong to the report; the others, and a title repeated whole, are added to *outside*."""
    printed = {title.printed for title in titles if title.printed}
    kept: list[Block] = []
    for block in blocks:
        if _is_outside(block, common) or (isinstance(block, Paragraph) and squeezed(block.words) in printed):
            outside.append(block)
        else:
            kept.append(block)
    return tuple(kept)


def _is_outside(block: Block, common: tuple[int, ...]) -> bool:
    is_outside = bool(block.branch) and block.branch[: len(common)] != common
    return is_outside or (isinstance(block, Paragraph) and is_boilerplate(block.words))


def _in_title(block: Block, titles: tuple[Title, ...]) -> bool:
    return isinstance(block, Paragraph) and any(squeezed(block.words) in title.printed for title in titles)


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
    """How many blocks from *at* are the heading: one, or two lines where the reader breaks lines."""
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return
    if is_heading(section, block.words):
        yield 1
    elif block.is_line and at + 1 < len(blocks):
        after = blocks[at + 1]
        if isinstance(after, Paragraph) and after.is_line and is_heading(section, block.words + after.words):
            yield 2
