"""The whole pipeline, report by report in one process, against docxtpl and against the work that nobody can avoid.

    python benchmarks/whole_pipeline.py [--sample district_2024] [--rounds 5]        (needs docxcompose)

gxgen reads, checks, computes and writes a .docx and a text, each report safe on the disk.  Beside it, in turn, so that
a computer that slows down slows down all:

- docxtpl as its documentation uses it: load the template, build what it does not hold as sub-documents, tables cell by
  cell, render, save; the .docx alone;
- docxtpl that is handed the whole report as XML and has nothing to build; the .docx alone;
- the floor: deflating and writing the very same bytes with the standard library;
- the floor on the disk: the same, and waiting for the disk to have each file.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docxtpl import DocxTemplate
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gxgen import Document, Options, build, complete, compose, read  # noqa: E402  # the gxgen of this folder
from gxgen.view.document import SectionView  # noqa: E402

TEMPLATE = ROOT / "templates" / "national" / "report.docx"
COUNT = 100
"""Reports of a round, where they take so little time that one could not be measured."""


def data_files(folder: Path, sample: Path) -> None:
    """Write as many data files as there shall be reports, each of an agency of its own."""
    text = sample.read_text("utf-8")
    folder.mkdir()
    for number in range(COUNT):
        own, found = re.subn(r'(?m)^agency *= *"([^"]*)"', rf'agency = "第{number}区\1"', text)
        assert found == 1, "a sample names its agency"
        (folder / f"{number:06}.toml").write_text(own, "utf-8")


def gxgen(folder: Path) -> None:
    """Build all."""
    assert all(result.written for result in build([folder / "in"], Options(folder / "out"))), "samples have no errors"


def documented(folder: Path, document: Document) -> None:
    """One report by docxtpl's documentation."""
    template = DocxTemplate(str(TEMPLATE))
    sections = [_section(template, section) for section in document.sections]
    template.render({"title": document.title, "preamble": "", "sections": sections}, autoescape=True)
    template.save(str(folder / "documented.docx"))


def _section(template: Any, section: SectionView) -> Mapping[str, Any]:
    text, table = template.new_subdoc(), template.new_subdoc()
    for block in section.blocks:
        text.add_paragraph(block.text)
    if section.grid:
        made = table.add_table(section.grid.frame.rows, section.grid.frame.columns)
        for cell, content in section.grid.texts():
            place = made.cell(cell.row, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(made.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            place.text = content
    return {"heading": section.heading, "text": text, "table": table}


def handed_all(folder: Path, body: Markup) -> None:
    """One report of which docxtpl has nothing to build."""
    template = DocxTemplate(str(TEMPLATE))
    sections = [{"heading": "", "text": "", "table": ""}] * 6
    template.render({"title": body, "preamble": "", "sections": sections}, autoescape=True)
    template.save(str(folder / "handed_all.docx"))


def floor(folder: Path, reports: list[tuple[dict[str, bytes], bytes]], *, lasting: bool) -> None:
    """The same bytes, deflated and written."""
    for number, (parts, text) in enumerate(reports):
        with (folder / f"{number}.docx").open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
                for name, content in parts.items():
                    package.writestr(name, content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        with (folder / f"{number}.txt").open("wb") as file:
            file.write(text)
            if lasting:
                file.flush()
                os.fsync(file.fileno())


def made(folder: Path) -> list[tuple[dict[str, bytes], bytes]]:
    """What gxgen has made: the parts of each document, and the text."""
    reports = []
    for path in sorted(folder.glob("*.docx")):
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        reports.append((parts, path.with_suffix(".txt").read_bytes()))
    return reports


def seconds(work: Callable[[], object]) -> float:
    """The wall time."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured(folder: Path, sample: Path, rounds: int) -> None:
    """Run all sides in turn and print the medians and the ratios."""
    data_files(folder / "in", sample)
    gxgen(folder)
    reports = made(folder / "out")
    report = read(sample).report
    assert report, "samples can be read"
    document = compose(complete(report))
    body = Markup(reports[0][0]["word/document.xml"].decode().split("<w:body>")[1].split("<w:sectPr")[0])  # noqa: S704
    sides: dict[str, tuple[int, Callable[[], object]]] = {
        "gxgen, .docx and text": (COUNT, lambda: gxgen(folder)),
        "docxtpl, documented use": (1, lambda: documented(folder, document)),
        "docxtpl, handed all as XML": (1, lambda: handed_all(folder, body)),
        "the floor": (COUNT, lambda: floor(folder, reports, lasting=False)),
        "the floor on the disk": (COUNT, lambda: floor(folder, reports, lasting=True)),
    }
    took = [[seconds(work) / count for count, work in sides.values()] for _ in range(rounds)]
    print(f"{'each report':32}{'ms':>8}{'gxgen = 1':>11}")
    for column, name in enumerate(sides):
        own = statistics.median(row[column] for row in took)
        ratio = statistics.median(row[column] / row[0] for row in took)
        print(f"{name:32}{1000 * own:8.2f}{ratio:11.2f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="The whole pipeline against docxtpl and the floor.")
    parser.add_argument("--sample", default="district_2024", help="a file of samples/")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}", end=", ")
    print(f"docxtpl {version('docxtpl')}, sample {options.sample}, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as folder:
        os.environ["GXGEN_CACHE"] = str(Path(folder, "cache"))
        measured(Path(folder), ROOT / "samples" / f"{options.sample}.toml", options.rounds)


if __name__ == "__main__":
    main()
