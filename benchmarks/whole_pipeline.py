"""The whole pipeline, report by report in one process, against docxtpl, docxtemplater, and the work nobody can avoid.

    pip install -e .[bench]
    python benchmarks/whole_pipeline.py [--sample district_2024] [--rounds 5] [--node FOLDER/node_modules]

gxgen reads a data file, checks it, computes it, and writes a .docx and a text, each report safe on the disk; data files
differ (made_up.py).  The others work on data that have been read, and write the .docx alone, not waiting for the disk.
All of them take turns, so that a computer that slows down slows down all; what counts is the processor's time.

Two templates, each the same for both sides of a comparison:

- *national*, templates/national/report.docx, which has places for texts and tables.  docxtpl as its documentation
  shows: ``DocxTemplate(path)`` for each report, a ``RichTextParagraph`` for texts, ``new_subdoc()`` for each table,
  filled with python-docx's ``add_table``, ``merge`` and ``cell.text``; ``render``, ``save``.
- *drawn*, templates/drawn/report.docx, whose tables are drawn in Word with ``{{ an.address }}`` in each cell.  docxtpl
  as its documentation shows: ``DocxTemplate(path)``, ``render`` with a dictionary of texts and figures, ``save``; the
  template's ``{{p title }}`` is written ``{{ title }}`` for it, so that it takes mere text.

docxtemplater (Node; ``npm install docxtemplater pizzip`` in any folder) works on the drawn template, too, its tags
spelled docxtemplater's way and without the form of 2019, of which it needs nothing: ``new PizZip``, ``new
Docxtemplater``, ``render``, ``generate``, ``writeFileSync`` for each report, after ten to warm up, in a process of its
own.  The floor is deflating and writing the very bytes that gxgen wrote (parts and text) with ``zipfile`` and ``open``;
once as it is, and once waiting for the disk to have each file.  Beside them, and of no bar: docxtpl that is handed the
whole report as ready XML.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from docxtpl import DocxTemplate, RichTextParagraph
from made_up import ROOT, data_file, machine
from markupsafe import Markup

from gxgen import Document, Options, build, complete, compose, read
from gxgen.view.document import SectionView

TEMPLATES = ROOT / "templates"
COUNT = 300
"""Reports of a round, where they take so little time that one could not be measured."""
TIMES_DOCXTPL, TIMES_FLOOR = 50, 4
DOCXTEMPLATER = """
const fs = require("fs"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const [template, values, out] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(values));
const parser = tag => ({get: scope => tag === "." ? scope : tag.split(".").reduce((at, key) => at && at[key], scope)});
function work() {
  const doc = new Docxtemplater(new PizZip(fs.readFileSync(template)),
    {paragraphLoop: true, linebreaks: true, delimiters: {start: "{{", end: "}}"}, parser});
  doc.render(data);
  fs.writeFileSync(out, doc.getZip().generate({type: "nodebuffer", compression: "DEFLATE"}));
}
for (let i = 0; i < 10; i++) work();
const start = process.cpuUsage();
for (let i = 0; i < 20; i++) work();
const spent = process.cpuUsage(start);
console.log((spent.user + spent.system) / 20e6, require("docxtemplater/package.json").version, process.version);
"""


class Side(NamedTuple):
    """One of those that take turns."""

    name: str
    reports: int
    """Reports that it makes in its turn."""
    work: Callable[[], object]
    bar: str = ""


def gxgen(folder: Path, pack: str = "") -> None:
    """Build all into a new folder."""
    results = build([folder / "in"], Options(folder / f"out{pack}", pack=pack))
    assert all(result.written for result in results), "samples have no errors"


def by_subdocuments(folder: Path, document: Document) -> None:
    """One report by docxtpl, its texts and tables as sub-documents."""
    template = DocxTemplate(str(TEMPLATES / "national" / "report.docx"))
    preamble = _paragraphs(*(block.text for block in document.preamble))
    sections = [_section(template, section) for section in document.sections]
    names = {"title": _paragraphs(document.title), "preamble": preamble, "sections": sections}
    template.render(names, autoescape=True)
    template.save(str(folder / "subdocuments.docx"))


def _paragraphs(*texts: str) -> Any:
    made = RichTextParagraph()
    for text in texts:
        made.add(text)
    return made


def _section(template: Any, section: SectionView) -> Mapping[str, Any]:
    text = _paragraphs(*(block.text for block in section.blocks))
    table: Any = template.new_subdoc() if section.grid else ""
    if section.grid:
        made = table.add_table(section.grid.frame.rows, section.grid.frame.columns)
        for cell, content in section.grid.texts():
            place = made.cell(cell.row, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(made.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            place.text = content
    return {"heading": _paragraphs(section.heading), "text": text, "table": table}


def by_values(folder: Path, template: Path, values: Mapping[str, Any]) -> None:
    """One report by docxtpl, of texts and figures."""
    made = DocxTemplate(str(template))
    made.render(values, autoescape=True)
    made.save(str(folder / "values.docx"))


def handed_all(folder: Path, body: Markup) -> None:
    """One report of which docxtpl has nothing to build."""
    template = DocxTemplate(str(TEMPLATES / "national" / "report.docx"))
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


def made_by_gxgen(folder: Path) -> list[tuple[dict[str, bytes], bytes]]:
    """What gxgen has made: the parts of each document, and the text."""
    reports = []
    for path in sorted(folder.glob("*.docx")):
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        reports.append((parts, path.with_suffix(".txt").read_bytes()))
    return reports


def values_of(document: Document) -> dict[str, Any]:
    """A report as a dictionary of texts and figures, as a person would hand it to a template."""
    values: dict[str, Any] = {}
    for address, figure in document.figures.items():
        *path, last = address.split(".")
        branch = values
        for step in path:
            branch = branch.setdefault(step, {})
        branch[last] = figure.text
    for section in document.sections:
        paragraphs = [block.text for block in section.blocks]
        values.setdefault(section.key, {}).update(
            heading=section.heading, paragraphs=paragraphs, text="\n".join(paragraphs)
        )
    preamble = "\n".join(block.text for block in document.preamble)
    return values | {"title": document.title, "preamble": preamble, "layout": document.layout, "year": document.year}


def rewritten(source: Path, target: Path, spelled: Callable[[str], str]) -> Path:
    """A template with the XML of its document spelled otherwise."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            content = package.read(name)
            is_document = name == "word/document.xml"
            copy.writestr(name, spelled(content.decode()).encode() if is_document else content)
    return target


def for_docxtemplater(xml: str) -> str:
    """The drawn template in docxtemplater's tags: the branch of 2021, and lists of paragraphs."""
    paragraph = r"<w:p\b(?:(?!</w:p>).)*?{}(?:(?!</w:p>).)*?</w:p>"
    of_2019 = paragraph.format(r'\{%p if layout == "2019"') + r".*?" + paragraph.format(r'\{%p elif layout == "2021"')
    xml = re.sub(of_2019, "", xml, flags=re.DOTALL)
    xml = re.sub(paragraph.format(r"\{%p endif"), "", xml, flags=re.DOTALL)
    xml = re.sub(r"\{%p for \w+ in ([\w.]+) %\}", r"{{#\1}}", xml)
    xml = re.sub(r"\{\{p? *paragraph *\}\}", "{{.}}", xml).replace("{%p endfor %}", "{{/}}")
    return re.sub(r"\{\{p? *([\w.]+) *\}\}", r"{{\1}}", xml)


def docxtemplater(folder: Path, node_modules: Path, values: Mapping[str, Any]) -> tuple[float, str]:
    """Seconds of the processor for a report by docxtemplater, and its versions."""
    template = rewritten(TEMPLATES / "drawn" / "report.docx", folder / "node.docx", for_docxtemplater)
    data, script = folder / "values.json", folder / "work.js"
    data.write_text(json.dumps(values), "utf-8")
    script.write_text(DOCXTEMPLATER, "utf-8")
    done = subprocess.run(
        ["node", str(script), str(template), str(data), str(folder / "node-made.docx")],  # noqa: S607  # whichever there is
        env=os.environ | {"NODE_PATH": str(node_modules)},
        capture_output=True,
        text=True,
        check=True,
    )
    spent, own, node = done.stdout.split()
    return float(spent), f"docxtemplater {own}, Node {node}"


def seconds(folder: Path, side: Side) -> float:
    """The processor's time of a report; what an earlier turn has written is removed before the clock starts."""
    for earlier in (*folder.glob("out*"), folder / "floor"):
        shutil.rmtree(earlier, ignore_errors=True)
    (folder / "floor").mkdir()
    start = time.process_time()
    side.work()
    return (time.process_time() - start) / side.reports


def sides(folder: Path, sample: str) -> tuple[list[Side], Mapping[str, Any]]:
    """Those that take turns, and the values of a report."""
    (folder / "in").mkdir()
    for number in range(COUNT):
        (folder / "in" / f"{number:06}.toml").write_text(data_file(sample, number), "utf-8")
    gxgen(folder)
    gxgen(folder, "drawn")
    reports = made_by_gxgen(folder / "out")
    report = read(folder / "in" / "000000.toml").report
    assert report, "samples can be read"
    document = compose(complete(report))
    values = values_of(document)
    body = Markup(reports[0][0]["word/document.xml"].decode().split("<w:body>")[1].split("<w:sectPr")[0])  # noqa: S704
    plain = partial(re.sub, r"\{\{p ", "{{ ")
    drawn = rewritten(TEMPLATES / "drawn" / "report.docx", folder / "drawn.docx", plain)
    return [
        Side("gxgen, national: .docx and text", COUNT, lambda: gxgen(folder)),
        Side("gxgen, drawn: .docx and text", COUNT, lambda: gxgen(folder, "drawn")),
        Side("docxtpl, national: .docx", 1, lambda: by_subdocuments(folder, document), "national"),
        Side("docxtpl, drawn: .docx", 1, lambda: by_values(folder, drawn, values), "drawn"),
        Side("docxtpl, national, handed ready XML", 1, lambda: handed_all(folder, body)),
        Side("floor", COUNT, lambda: floor(folder / "floor", reports, lasting=False), "floor"),
        Side("floor, waiting for the disk", COUNT, lambda: floor(folder / "floor", reports, lasting=True)),
    ], values


def measured(folder: Path, sample: str, rounds: int, node_modules: Path | None) -> None:
    """Run all sides in turn; print medians and ratios, then the bars."""
    taking_turns, values = sides(folder, sample)
    took = [[seconds(folder, side) for side in taking_turns] for _ in range(rounds)]
    print("\n| A report | Processor ms | gxgen, national = 1 | gxgen, drawn = 1 |\n| --- | ---: | ---: | ---: |")
    ratios: dict[str, tuple[float, float]] = {}
    for column, side in enumerate(taking_turns):
        own = statistics.median(row[column] for row in took)
        against = [statistics.median(row[column] / row[other] for row in took) for other in (0, 1)]
        ratios[side.bar] = (against[0], against[1])
        print(f"| {side.name} | {1000 * own:.2f} | {against[0]:.2f} | {against[1]:.2f} |")
    if node_modules:
        spent, versions = docxtemplater(folder, node_modules, values)
        drawn = statistics.median(row[1] for row in took)
        print(f"| {versions}, drawn: .docx | {1000 * spent:.2f} | | {spent / drawn:.2f} |")
    else:
        print("\ndocxtemplater is not measured: --node names no node_modules that hold it.")
    print()
    for bar, times in (("national", ratios["national"][0]), ("drawn", ratios["drawn"][1])):
        print(f"- docxtpl's documented use, {bar}: {times:.0f} times gxgen (bar: at least {TIMES_DOCXTPL})", end="")
        print(" — met" if times >= TIMES_DOCXTPL else " — MISSED")
    of_floor = 1 / ratios["floor"][0]
    print(f"- gxgen, national: {of_floor:.1f} times the floor (bar: at most {TIMES_FLOOR})", end="")
    print(" — met" if of_floor <= TIMES_FLOOR else " — MISSED")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="The whole pipeline against docxtpl, docxtemplater and the floor.")
    parser.add_argument("--sample", default="district_2024", help="a file of samples/ of 2021 or later")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--node", type=Path, metavar="FOLDER", help="the node_modules that hold docxtemplater and pizzip"
    )
    options = parser.parse_args()
    node = options.node if options.node and (options.node / "docxtemplater").is_dir() else None
    print(f"{machine('docxtpl', 'python-docx')}; sample {options.sample}.", flush=True)
    with TemporaryDirectory() as folder:
        os.environ["GXGEN_CACHE"] = str(Path(folder, "cache"))
        sample = (ROOT / "samples" / f"{options.sample}.toml").read_text("utf-8")
        measured(Path(folder), sample, options.rounds, node)


if __name__ == "__main__":
    main()
