"""Every pack that ships shows every figure in its cell, in Word, plain text and on the web."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from gxgen.compute import complete
from gxgen.engine.formats import FORMATS
from gxgen.engine.packs import PackInUse, Packs
from gxgen.engine.results import Options
from gxgen.model import Figure, Report
from gxgen.packs.search import shipped
from gxgen.render.docx.tag_lint import template_faults
from gxgen.render.templating.tag_lint import KnownNames
from gxgen.services.building import check
from gxgen.spec import Entry, Kind, Layout, address_book, layouts
from gxgen.view import Document, compose
from tests.docx_reader import read_docx
from tests.forms import expected, read_back
from tests.html_reader import read_html
from tests.text_reader import is_tiled, read_text

SHIPPED = ("drawn", "hubei", "national", "ningxia")
READERS: dict[str, Callable[[bytes], Any]] = {"docx": read_docx, "txt": read_text, "html": read_html}
FIRST_COUNT = 1001
NARRATIVE = {
    "overview.active": "公开信息26条。\n均在**网站**公布。",
    "overview.management": "专人负责。",
    "problems": "（一）存在问题。形式单一。\n（二）改进情况。增加图解。",
    "other": "没有收取信息处理费。",
}

each_pack = pytest.mark.parametrize("name", SHIPPED)
each_form = pytest.mark.parametrize("year", [layout.first_year for layout in layouts()])


@cache
def in_use(name: str) -> PackInUse:
    """A shipped pack, wherever the tests run."""
    return Packs(name).of("", shipped())


def form(name: str, year: int) -> Layout:
    """The form of a year with what a pack adds to it."""
    found = in_use(name).form(year)
    assert found, "there is a form for the year"
    return found


def all_different(layout: Layout) -> dict[str, Figure]:
    """Figures of which no two are alike, each of four digits before the point."""
    numbers = count(FIRST_COUNT)

    def figure(entry: Entry) -> Figure:
        number = next(numbers)
        return Decimal(number) + Decimal("0.25") if entry.kind is Kind.AMOUNT else number

    entries = address_book(layout).entries.values()
    return {entry.address: figure(entry) for entry in entries if not entry.is_total}


def reports(name: str, year: int) -> Iterator[Report]:
    """A report that says nothing, and one in which every figure is another."""
    layout = form(name, year)
    yield Report(year, layout, "某某县科学技术局")
    yield Report(year, layout, "某某县科学技术局", figures=MappingProxyType(all_different(layout)), narrative=NARRATIVE)


def document_of(name: str, report: Report) -> Document:
    """The report arranged as a pack wants it."""
    return compose(complete(report), in_use(name).compose_options)


def made(name: str, report: Report, suffix: str) -> bytes:
    """The report in one format."""
    pack = in_use(name).pack
    assert pack, "it ships"
    return FORMATS[suffix](pack)(document_of(name, report))


def test_these_packs_ship() -> None:
    """A pack that is added is tested with the others, has a title of its own, and nothing is wrong with it."""
    assert sorted(folder.name for folder in shipped().iterdir()) == list(SHIPPED)
    titles = {pack.title for name in SHIPPED if (pack := in_use(name).pack)}
    assert len(titles - set(SHIPPED)) == len(SHIPPED)
    assert [in_use(name).findings for name in SHIPPED] == [()] * len(SHIPPED)


@each_pack
@each_form
@pytest.mark.parametrize("suffix", READERS)
def test_every_figure_is_in_its_cell(name: str, year: int, suffix: str) -> None:
    """All-zero and all-different: each cell holds its figure, and totals summed anew, under the form's own labels."""
    for report in reports(name, year):
        tables = READERS[suffix](made(name, report, suffix)).tables
        assert read_back(report, tables) == expected(report)
        assert all(map(is_tiled, tables)), "a merged cell has a gap"


def with_one_title(title: str, lines: Iterable[str]) -> list[str]:
    """The lines without spaces, those of the title as one: a format may set it on several, or on one with breaks."""
    bare = ["".join(line.split()) for line in lines]
    of_title = next((count for count in range(1, len(bare)) if "".join(bare[:count]) == title), 0)
    return [title, *bare[of_title:]]


@each_pack
@each_form
def test_the_formats_say_the_same(name: str, year: int) -> None:
    """Title, headings and paragraphs stand in the same words and the same order in all three."""
    for report in reports(name, year):
        title = document_of(name, report).title
        word = with_one_title(title, (line.text for line in read_docx(made(name, report, "docx")).lines))
        plain = with_one_title(title, read_text(made(name, report, "txt")).lines)
        page = with_one_title(title, read_html(made(name, report, "html")).lines)
        assert word == plain == page
        headings = [section.heading for section in report.layout.sections]
        assert [line for line in word if line in headings] == headings


@each_pack
@each_form
def test_the_audit_finds_nothing(name: str, year: int, openxml_validator: Any, tmp_path: Path) -> None:
    """openxml-audit passes every report."""
    path = tmp_path / "report.docx"
    for report in reports(name, year):
        path.write_bytes(made(name, report, "docx"))
        assert [str(problem) for problem in openxml_validator.validate(path).errors] == []


@pytest.mark.parametrize("template", sorted(shipped().glob("*/report.docx")), ids=lambda path: path.parent.name)
def test_no_tag_of_a_template_is_wrong(template: Path) -> None:
    """Every name is known, and those of one form stand under a condition."""
    name = template.parent.name
    documents = tuple(document_of(name, next(reports(name, layout.first_year))) for layout in layouts())
    assert template_faults(template.read_bytes(), KnownNames.of(documents)) == ()


@each_pack
def test_the_samples_pass_with_every_pack(name: str, sample_files: tuple[Path, ...]) -> None:
    """No pack makes an error of what is right with another."""
    results = check(sample_files, Options(pack=name))
    assert [finding for result in results for finding in result.findings if finding.is_error] == []
