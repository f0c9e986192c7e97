"""Assemble a report from a document's blocks, with a finding for whatever could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from gxgen.core import codes
from gxgen.core.findings import Code, Finding
from gxgen.model import Report
from gxgen.published.document import Block, Location, Pages, Paragraph, PrintedCell, Table, whole_line
from gxgen.published.left_out import around_report, lost_text, omitted, other_table, page_numbers, undecoded
from gxgen.published.narrative import Passage, as_data, line_width, text_of, text_of_passages, topics_of
from gxgen.published.outline import Outline, Part, outline_of
from gxgen.published.tables import Tables
from gxgen.published.tables.cells import ReadingProblem
from gxgen.published.tables.hypotheses import Evidence
from gxgen.published.titles import full_name
from gxgen.spec import PREAMBLE, Address, Layout, Section, layout_for, layouts


class Assembled(NamedTuple):
    """A report, unless too much is missing, the findings, and where everything stood."""

    report: Report | None
    findings: tuple[Finding, ...]
    cells: Mapping[Address, PrintedCell] = MappingProxyType({})
    passages: Mapping[str, tuple[Passage, ...]] = MappingProxyType({})
    evidence: Mapping[Address, Evidence] = MappingProxyType({})


def assemble(pages: Pages, form: Callable[[int], Layout | None] = layout_for) -> Assembled:
    """Read a document's blocks as a report; *form* tells the form of a year."""
    newest = layouts()[-1]
    outline = outline_of(pages.blocks, newest)
    if not _is_report(outline):
        return Assembled(None, (_no_report(),))
    years = {title.year for title in outline.titles}
    layout = form(max(years)) if len(years) == 1 else None
    if not layout:
        return Assembled(None, (_no_year(outline, years),))
    if layout is not newest:
        outline = outline_of(pages.blocks, layout)
    return _Assembler(layout, max(years), outline, pages).assembled()


def _is_report(outline: Outline) -> bool:
    """Whether there is anything of a report: most of its headings, or its title and a heading."""
    is_titled = any(title.says_year for title in outline.titles)
    return len(outline.parts) >= len(layouts()[-1].sections) // 2 or bool(is_titled and outline.parts)


def _no_report() -> Finding:
    return Finding(codes.IMPORT_NO_REPORT, "", "找不到年度报告的标题和各部分的标题", codes.IMPORT_NO_REPORT.remedy)


def _no_year(outline: Outline, years: set[int]) -> Finding:
    if len(years) > 1:
        message = f"标题里有不同的年度：{'、'.join(map(str, sorted(years)))}"
    elif years:
        message = f"{max(years)} 年没有对应的版式：本工具支持 {layouts()[0].first_year} 年及以后的报告"
    else:
        message = "没有找到写有年度的报告标题"
    return _finding(
        ReadingProblem(codes.IMPORT_YEAR, outline.titles[0].location if outline.titles else Location(), message, "year")
    )


class _Assembler:
    """Collects figures, texts and findings of one report."""

    def __init__(self, layout: Layout, year: int, outline: Outline, pages: Pages) -> None:
        self._layout, self._year, self._outline = layout, year, outline
        self._width = line_width(block for block in pages.blocks if isinstance(block, Paragraph))
        self._blocks, self._text, self._omissions = pages.blocks, pages.text, pages.omissions
        self._recognised = pages.recognised
        self._tables = Tables(layout, year, is_recognised=bool(pages.recognised))
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._problems: list[ReadingProblem] = []
        self._kept: list[tuple[Block, ...]] = []
        """Of each part, what is its text."""

    def assembled(self) -> Assembled:
        self._report_recognised()
        self._problems += around_report(self._outline.around, self._omissions)
        self._problems += omitted(self._omissions)
        self._report_year()
        self._narrative(PREAMBLE, None, self._outline.before)
        for part in self._outline.parts:
            self._part(part)
        self._report_missing_headings()
        result = self._tables.result()
        self._report_lost_text(result.problems)
        title = self._outline.titles[0]
        agency = full_name(title.agency, self._blocks)
        official = self._layout.title.format(year=self._year)
        report = Report(
            year=self._year,
            layout=self._layout,
            agency=agency,
            title="" if not title.says_year or title.printed == f"{agency}{official}" else title.printed,
            narrative=MappingProxyType(
                {place: as_data(text_of_passages(passages)) for place, passages in self._passages.items()}
            ),
            figures=result.figures,
            assertions=result.assertions,
            unread=result.unread.union(f"narrative.{section.key}" for section in self._missing),
        )
        findings = tuple(_finding(one, self._text) for one in (*self._problems, *result.problems))
        return Assembled(report, findings, result.cells, MappingProxyType(self._passages), result.evidence)

    def _part(self, part: Part) -> None:
        blocks: tuple[Block, ...] = part.blocks
        if part.section.table:
            blocks, extra = self._tables.take(part.section, part.blocks)
            self._problems += extra
        self._narrative(part.section.key, part.section, blocks)
        self._kept.append(blocks)

    def _narrative(self, key: str, section: Section | None, blocks: Iterable[Block]) -> None:
        blocks = tuple(blocks)
        text = text_of((block for block in blocks if isinstance(block, Paragraph)), self._width)
        self._problems += page_numbers(text.page_numbers)
        self._problems += undecoded(section.heading if section else "前言", (each.text for each in text.passages))
        for table in (block for block in blocks if isinstance(block, Table)):
            self._problems += other_table(table)
        topics = topics_of(section, text.passages) if section and section.topics else None
        if topics:
            self._passages |= topics
        elif str(text) and str(text) != (section.default if section else ""):
            self._passages[key] = text.passages

    def _report_lost_text(self, problems: Iterable[ReadingProblem]) -> None:
        """A warning for each section that has text which is neither narrative nor the form's table."""
        told = {problem.location.line for problem in problems}
        for part, kept in zip(self._outline.parts, self._kept, strict=True):
            self._problems += lost_text(part.section, part.blocks, kept, self._layout, told)

    def _report(self, code: Code, location: Location, message: str, where: Address = "") -> None:
        self._problems.append(ReadingProblem(code, location, message, where))

    def _report_recognised(self) -> None:
        if self._recognised:
            pages = "、".join(map(str, self._recognised))
            self._report(codes.RECOGNISED_TEXT, Location(), f"第 {pages} 页是图片，文字是识别出来的，可能有错字")

    def _report_year(self) -> None:
        title = self._outline.titles[0]
        if not title.says_year:
            missing = "标题里没有年度" if title.printed else "没有找到报告标题"
            self._report(
                codes.IMPORT_YEAR_OF_PERIOD, title.location, f"{missing}，年度按统计期限读作 {self._year} 年", "year"
            )

    @property
    def _missing(self) -> tuple[Section, ...]:
        """The sections whose heading is not there; their text, if there is any, stands under another."""
        there = {part.section.key for part in self._outline.parts}
        return tuple(section for section in self._layout.sections if section.key not in there)

    def _report_missing_headings(self) -> None:
        for section in self._missing:
            where = f"narrative.{section.key}"
            message = f"找不到标题「{section.heading}」"
            self._problems.append(ReadingProblem(codes.IMPORT_HEADING, Location(), message, where, unread=(where,)))


def _finding(problem: ReadingProblem, text: str = "") -> Finding:
    line = problem.location.line
    at = "" if line and not problem.location.table else str(problem.location)
    message = f"{at}：{problem.message}" if at else problem.message
    position = whole_line(text, line) if line else None
    return Finding(
        problem.code,
        problem.address,
        message,
        problem.code.remedy,
        position=position,
        unread=problem.unread,
        location=at,
    )
