"""Reading published reports: a file to a report, with a finding for whatever could not be read.

A reader (:mod:`gxgen.published.readers`) turns a file into a neutral document, the outline finds the title and the
sections by their headings, the tables are recognised by their labels and their figures judged on evidence
(:mod:`gxgen.published.tables`), and the rest is narrative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import field

from gxgen.core import codes
from gxgen.core.errors import reason
from gxgen.core.findings import Finding
from gxgen.model import Report
from gxgen.published.document import Pages, PrintedCell
from gxgen.published.narrative import Passage
from gxgen.published.tables.hypotheses import Evidence
from gxgen.spec import Address, Layout, layout_for

LARGEST = 64 * 1024 * 1024
"""Bytes; a report with its pictures takes a few million."""


class Published(msgspec.Struct, frozen=True):
    """What one file holds.

    ``report`` is None when no data file can be made of it; ``findings`` then has an error.  ``unreadable`` says that
    the file is none that can be read, or no report.
    """

    report: Report | None
    findings: tuple[Finding, ...] = ()
    text: str = ""
    """The text in which findings have their lines; empty for a file that has none."""
    unreadable: bool = False
    cells: Mapping[Address, PrintedCell] = field(default_factory=dict)
    """Where the figures and totals that were read stand."""
    evidence: Mapping[Address, Evidence] = field(default_factory=dict)
    """Why each of them was taken."""
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    """The paragraphs of each text of the narrative."""
    pages: Pages | None = None
    """The file's blocks; None for a file that could not be read."""


Form = Callable[[int], Layout | None]
"""Tells the form of a report year."""


def read_published(path: Path, form: Form = layout_for) -> Published:
    """Read a published report.  Never raises for what a file holds."""
    try:
        if path.is_dir():
            return _unreadable("这是文件夹，不是文件", "写上文件的名字")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(reason(error), "核对路径和权限后再运行")
    except ValueError:  # a name that no file can have
        return _unreadable("找不到这个文件", "核对路径后再运行")
    if len(raw) > LARGEST:
        return _unreadable(f"文件太大（超过 {LARGEST // 1024 // 1024} MB），不像报告", "核对文件")
    return read_bytes(raw, path.suffix, form)


def read_bytes(raw: bytes, suffix: str = "", form: Form = layout_for) -> Published:
    """Read the bytes of a published report; *suffix* is how the file's name ends."""
    from gxgen.published.readers import ReaderError, read

    try:
        pages = read(raw, suffix)
        return _assembled(pages, form)
    except ReaderError as error:
        return _unreadable(error.message, error.hint)
    except (MemoryError, RecursionError):
        return _unreadable("文件太大或者结构太复杂，不像报告", "核对文件")


def read_again(published: Published, form: Form) -> Published:
    """The same file read with other forms."""
    return _assembled(published.pages, form) if published.pages else published


def _assembled(pages: Pages, form: Form) -> Published:
    from gxgen.published.assemble import assemble

    assembled = assemble(pages, form)
    report, findings = assembled.report, assembled.findings
    nothing = report is None and any(finding.code is codes.IMPORT_NO_REPORT for finding in findings)
    return Published(
        report,
        findings,
        pages.text,
        unreadable=nothing,
        cells=assembled.cells,
        evidence=assembled.evidence,
        passages=assembled.passages,
        pages=pages,
    )


def _unreadable(message: str, hint: str) -> Published:
    return Published(None, (Finding(codes.IMPORT_UNREADABLE, "", message, hint),), unreadable=True)
