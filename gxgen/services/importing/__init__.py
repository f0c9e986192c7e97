"""Importing published reports, and tables of many reports, as data files; never over another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Finding, Severity
from gxgen.engine.file_access import file_identity
from gxgen.engine.opening import read_with_pack
from gxgen.engine.outputs import data_file_name, write
from gxgen.engine.packs import Packs
from gxgen.engine.results import DEFAULTS, FigureReading, Options, Result, lines_of
from gxgen.model import Report
from gxgen.published import Published
from gxgen.published.readers.libreoffice import Conversions
from gxgen.services.importing.tables import CollectedReports
from gxgen.sheets.files import WORKBOOKS, no_table, tables_in
from gxgen.source.todo import TO_VERIFY
from gxgen.source.writer import data_file
from gxgen.spec import Address, address_book

NO_REMARK = frozenset((codes.IMPORT_EXTRA, codes.IMPORT_HEADING, codes.MISPRINTED_LABEL, codes.RECOGNISED_TEXT))
"""Findings that are about no figure: shown, and not written into the data file."""


def import_reports(
    paths: Iterable[Path], options: Options = DEFAULTS, *, year: int = 0, blank_is_zero: bool = False
) -> Iterator[Result]:
    """Read published reports, and tables of many reports, and write a data file for each report.

    Args:
        paths: the files of the reports.
        options: the folder for the data files, beside each report without it; whether a data file may replace one that
            is there (``force``); the pack that reports are read with.
        year: the year of rows of tables that do not name theirs; 0: each has to.
        blank_is_zero: whether blank cells of tables mean that there was nothing.
    """
    output, packs = options.output, Packs(options.pack, options.packs)
    paths = tuple(paths)
    given = {file_identity(path) for path in paths}
    written: dict[str, Path] = {}
    rows = CollectedReports(options, packs, {*given}, year=year, blank_is_zero=blank_is_zero)
    conversions = Conversions(paths)
    for path in paths:
        converted = conversions.made.get(path)
        if path.suffix.lower() == ".toml" and path.is_file():
            yield Result(path, (_is_data_file(),), unreadable=True)
            continue
        tables = tables_in(converted or path)
        if tables is not None:
            yield from rows.results(path, tables)
            continue
        published = read_with_pack(path, packs, options.pack, converted)
        pack = packs.of(options.pack, path.parent) if options.pack else None
        findings = (*(pack.findings if pack else ()), *published.findings)
        result = Result(path, findings, lines_of(published.text, findings), unreadable=published.unreadable)
        result = replace(result, readings=tuple(_readings(published)))
        if path.suffix.lower() in WORKBOOKS and any(each.code is codes.IMPORT_NO_REPORT for each in findings):
            result = _with(result, no_table())
        if published.report is None or (pack and pack.pack is None):
            yield result
            continue
        target = (output or path.parent) / data_file_name(published.report)
        identity = file_identity(target)
        if identity in given or identity in written or (target.exists() and not options.force):
            yield _with(result, _exists(target, written.get(identity)))
            continue
        problem = write({target: _text(path, published, published.report).encode("utf-8")})
        written[identity] = path
        yield _with(result, problem) if problem else replace(result, written=(target,))


def _readings(published: Published) -> Iterator[FigureReading]:
    """Every figure that was read, and why."""
    report = published.report
    for address in address_book(report.layout).entries if report else ():
        evidence = published.evidence.get(address)
        if report and evidence:
            figure = report.figures.get(address, report.assertions.get(address))
            place = published.cells[address].location
            shown = str(place) or (f"第 {place.line} 行" if place.line else "")
            yield FigureReading(address, str(figure), evidence.value, shown)


def _is_data_file() -> Finding:
    hint = "数据文件不用读入：检查用 gxgen check，生成报告用 gxgen build"
    return Finding(codes.IMPORT_NO_REPORT, "", "这是数据文件，不是已发布的报告", hint)


def _with(result: Result, finding: Finding) -> Result:
    return replace(result, findings=(*result.findings, finding))


def _exists(target: Path, twin: Path | None) -> Finding:
    """Return the finding for a data file that exists; *twin* is the report that this run made it from."""
    message = f"已经有「{target.name}」，没有写出"
    hint = f"「{twin}」也是这个机关、这一年的报告；分开读入" if twin else codes.IMPORT_EXISTS.remedy
    return Finding(codes.IMPORT_EXISTS, "", message, hint)


def _text(path: Path, published: Published, report: Report) -> str:
    return data_file(report, _remarks(path, published))


def _remarks(path: Path, published: Published) -> dict[Address, tuple[str, ...]]:
    """Return the findings as comments, by the address where each has to be fixed."""
    remarks: dict[Address, list[str]] = {"": [f"由「{path.name}」读入，请与原报告核对。"]}
    unread = [finding for finding in published.findings if finding.code not in NO_REMARK]
    if unread:
        remarks[""].append(
            f"有 {len(unread)} 处没有读准，在下面用「{TO_VERIFY}」标出：没有读入的数字，生成报告时按 0 计。"
        )
    for finding in unread:
        line = f"（原文第 {finding.position.line} 行）" if finding.position and not finding.location else ""
        for where in _rows_of(finding, published):
            remarks.setdefault(where, []).append(f"{TO_VERIFY}{line}：{finding.message}")
    return {address: tuple(lines) for address, lines in remarks.items()}


def _rows_of(finding: Finding, published: Published) -> tuple[Address, ...]:
    """Where the data file says what a finding is about: at each row that it names, or at its own place."""
    entries = address_book(published.report.layout).entries if published.report else {}
    rows = dict.fromkeys(entries[at].row.address for at in finding.unread if at in entries)
    is_of_rows = len(rows) > 1 and "" not in rows
    return tuple(rows) if is_of_rows else (finding.address,)


def needs_a_person(result: Result) -> bool:
    """Whether anything was left out that has to be checked by hand."""
    return any(
        finding.code.severity is not Severity.INFO and finding.code is not codes.MISPRINTED_LABEL
        for finding in result.findings
    )
