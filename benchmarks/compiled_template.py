"""One report from a compiled template against docxtpl's documented use: new ``DocxTemplate``, ``render``, ``save``.

    python benchmarks/compiled_template.py [--runs 40] [--sample district_2024]

Both sides make the same document of the same report: docxtpl is given the very names that gxgen gives its templates,
and a buffer to save into.  gxgen compiles the template once, before the clock starts, and makes each report anew, from
its neutral document to the bytes of the file.  The two make ten reports each in turn, and the ratio of every turn is
kept, so that a machine that slows down slows down both.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from docxtpl import DocxTemplate

from gxgen.compute import complete
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.docx.ink import DocxInk
from gxgen.render.docx.tables import TableSetter
from gxgen.render.templates.names import names_of
from gxgen.source import read
from gxgen.view import Document, Grid, Role, SectionView, compose

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "national" / "report.docx"
BAR = 40
IN_A_ROW = 10
"""Reports made by one side before it is the other's turn; whoever compiles a template makes many."""
LOGIC = (
    "{{p title }}",
    "{%p if preamble %}",
    "{{p preamble }}",
    "{%p endif %}",
    "{%p for section in sections %}",
    "{{p section.heading }}",
    "{{p section.text }}",
    "{%p if section.key == 'requests' and requests.received.total > 0 %}",
    "本年收到申请 {{ requests.received.total }} 件，予以公开 {{ requests.outcome.granted.total }} 件。",
    "{%p elif section.table %}",
    "{{ section.heading }}如下表：",
    "{%p endif %}",
    "{%p if section.key == 'requests' %}",
    "{{p section.table }}",
    "{%p endif %}",
    "{%p endfor %}",
)
"""A template with conditions; the other two tables are drawn below, figure by figure."""


def main() -> None:
    """Measure both templates and print medians and ratios."""
    parser = argparse.ArgumentParser(description="A compiled template against docxtpl's documented use.")
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--sample", default="district_2024", help="a file of samples/")
    options = parser.parse_args()
    report = read(ROOT / "samples" / f"{options.sample}.toml").report
    if report is None:
        sys.exit("the sample cannot be read")
    document = compose(complete(report))
    for name, raw in (("national", TEMPLATE.read_bytes()), ("logic, figures by address", with_logic(document))):
        compare(name, raw, document, options.runs)


def compare(name: str, raw: bytes, document: Document, runs: int) -> None:
    """Print what one template takes on either side."""
    renderer = DocxRenderer(prepare(raw))
    ink = DocxInk(renderer.template.look, TableSetter(renderer.template.look, renderer.table_look))

    def by_docxtpl() -> None:
        template = DocxTemplate(io.BytesIO(raw))
        template.render(names_of(document, ink), autoescape=True)
        template.save(io.BytesIO())

    def by_gxgen() -> None:
        renderer.render(document)

    by_docxtpl()
    by_gxgen()
    pairs = [(seconds(by_gxgen, IN_A_ROW), seconds(by_docxtpl, IN_A_ROW)) for _ in range(runs)]
    gxgen, docxtpl = (1000 * statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(slow / fast for fast, slow in pairs)
    print(
        f"{name:28}gxgen {gxgen:7.2f} ms   docxtpl {docxtpl:7.1f} ms   {ratio:5.0f} times as fast"
        f"   {'' if ratio >= BAR else f'below {BAR}'}"
    )


def seconds(work: Callable[[], None], times: int) -> float:
    """The wall time of one of several runs in a row; the garbage of the side before is not theirs to collect."""
    gc.collect()
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def with_logic(document: Document) -> bytes:
    """A template with conditions, and with tables drawn in Word into which each figure is put by its address."""
    template = docx.Document(str(TEMPLATE))
    for paragraph in list(template.paragraphs):
        template.element.body.remove(paragraph._element)
    for text in LOGIC:
        template.add_paragraph(text)
    for section in document.sections:
        if section.grid and section.key != "requests":
            draw(template.add_table(section.grid.frame.rows, section.grid.frame.columns), section, section.grid)
    raw = io.BytesIO()
    template.save(raw)
    return raw.getvalue()


def draw(table: docx.table.Table, section: SectionView, grid: Grid) -> None:
    """Draw a table with its labels and, for each figure, its address."""
    tags = ("{{ " + address + " }}" for address in section.addresses)
    for cell, text in cell_texts(grid, tags):
        first = table.cell(cell[0], cell[1])
        merged = first.merge(table.cell(cell[2], cell[3])) if cell[:2] != cell[2:] else first
        merged.text = text


def cell_texts(grid: Grid, tags: Iterator[str]) -> Iterator[tuple[tuple[int, int, int, int], str]]:
    """Each cell's corners and what is to stand in it."""
    for cell in grid.frame.cells:
        corners = (cell.row, cell.column, cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        yield corners, next(tags) if cell.role is Role.FIGURE else cell.text


if __name__ == "__main__":
    main()
