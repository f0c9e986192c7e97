"""One report from a compiled template against docxtpl's documented use: new ``DocxTemplate``, ``render``, ``save``.

    python benchmarks/compiled_template.py [--rounds 15] [--sample district_2024]

Both sides make the same document of the same report: docxtpl is given the very names that gxgen gives its templates,
and a buffer to save into.  gxgen has compiled the template before the clock starts, as it does once for a batch, and
makes each report anew, from its neutral document to the bytes of the file.  Each side works in a process of its own,
which has loaded what that side needs and nothing else.  They take turns of twenty reports; what counts is the
processor's time, and the ratio of every turn, so that neither other programs nor a machine that slows down tip it.
"""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gxgen.compute import complete
from gxgen.render.docx import DocxRenderer, TableStyle, decode_template, encode_template, prepare
from gxgen.render.docx.element_renderer import DocxElementRenderer
from gxgen.render.docx.tables import TableRenderer
from gxgen.render.templating.names import names_of
from gxgen.source import read
from gxgen.view import Document, Grid, Role, SectionView, compose

if TYPE_CHECKING:
    from docx.table import Table

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "national" / "report.docx"
BAR = 40
IN_A_ROW = 20
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
    "{%p endfor %}",
)
"""A template with conditions; its tables are drawn below, figure by figure."""


def main() -> None:
    """Measure both templates and print medians and ratios."""
    parser = argparse.ArgumentParser(description="A compiled template against docxtpl's documented use.")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--sample", default="district_2024", help="a file of samples/")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--template", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    document = document_of(options.sample)
    if options.side:
        work_in_turns(SIDES[options.side](options.template, document))
        return
    with TemporaryDirectory() as folder:
        for name, raw in (("national", TEMPLATE.read_bytes()), ("logic, figures by address", with_logic(document))):
            template = Path(folder, "report.docx")
            template.write_bytes(raw)
            template.with_suffix(".json").write_bytes(encode_template(prepare(raw), raw))
            compare(name, template, options)


def document_of(sample: str) -> Document:
    """The document of a sample."""
    report = read(ROOT / "samples" / f"{sample}.toml").report
    if report is None:
        sys.exit("the sample cannot be read")
    return compose(complete(report))


def compare(name: str, template: Path, options: argparse.Namespace) -> None:
    """Print what one template takes on either side."""
    command = [sys.executable, __file__, "--sample", options.sample, "--template", str(template), "--side"]
    sides = [
        subprocess.Popen([*command, side], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for side in SIDES
    ]
    pairs = [tuple(map(turn, sides)) for _ in range(options.rounds)]
    for side in sides:
        side.communicate("")
    gxgen, docxtpl = (1000 * statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(slow / fast for fast, slow in pairs)
    below = "" if ratio >= BAR else f"below {BAR}"
    print(f"{name:28}gxgen {gxgen:7.2f} ms   docxtpl {docxtpl:7.1f} ms   {ratio:5.0f} times as fast   {below}")


def turn(side: subprocess.Popen[str]) -> float:
    """What a report takes one side, in its turn."""
    assert side.stdin
    assert side.stdout
    side.stdin.write("go\n")
    side.stdin.flush()
    return float(side.stdout.readline())


def work_in_turns(work: Callable[[], None]) -> None:
    """Make reports whenever told to, and say what one took."""
    for _ in range(IN_A_ROW):
        work()
    for _ in sys.stdin:
        start = time.process_time()
        for _ in range(IN_A_ROW):
            work()
        print((time.process_time() - start) / IN_A_ROW, flush=True)


def by_gxgen(template: Path, document: Document) -> Callable[[], None]:
    """The side that has compiled its template, and found it in a cache."""
    compiled = decode_template(template.with_suffix(".json").read_bytes(), template.read_bytes())
    assert compiled
    renderer = DocxRenderer(compiled)

    def work() -> None:
        renderer.render(document)

    return work


def by_docxtpl(path: Path, document: Document) -> Callable[[], None]:
    """The side that does as docxtpl's documentation shows."""
    from docxtpl import DocxTemplate

    metrics = prepare(path.read_bytes()).metrics
    renderer = DocxElementRenderer(metrics, TableRenderer(metrics, TableStyle()))

    def work() -> None:
        template = DocxTemplate(path)
        template.render(names_of(document, renderer), autoescape=True)
        template.save(io.BytesIO())

    return work


SIDES = {"gxgen": by_gxgen, "docxtpl": by_docxtpl}


def with_logic(document: Document) -> bytes:
    """A template with conditions, and with tables drawn in Word into which each figure is put by its address."""
    import docx

    template = docx.Document(str(TEMPLATE))
    for paragraph in list(template.paragraphs):
        template.element.body.remove(paragraph._element)
    for text in LOGIC:
        template.add_paragraph(text)
    for section in document.sections:
        if section.grid:
            draw(template.add_table(section.grid.frame.rows, section.grid.frame.columns), section, section.grid)
    raw = io.BytesIO()
    template.save(raw)
    return raw.getvalue()


def draw(table: Table, section: SectionView, grid: Grid) -> None:
    """Draw a table with its labels and, for each figure, its address."""
    tags = ("{{ " + address + " }}" for address in section.addresses)
    for (top, left, bottom, right), text in cell_texts(grid, tags):
        first = table.cell(top, left)
        merged = first if (top, left) == (bottom, right) else first.merge(table.cell(bottom, right))
        merged.text = text


def cell_texts(grid: Grid, tags: Iterator[str]) -> Iterator[tuple[tuple[int, int, int, int], str]]:
    """Each cell's corners and what is to stand in it."""
    for cell in grid.frame.cells:
        corners = (cell.row, cell.column, cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        yield corners, next(tags) if cell.role is Role.FIGURE else cell.text


if __name__ == "__main__":
    main()
