"""What the data file of a row of a table says about where it comes from and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gxgen import codes
from gxgen.sheets.tables import Collected
from gxgen.source.remarks import TO_VERIFY
from gxgen.spec import Address

NO_REMARK = frozenset((codes.IMPORT_EXTRA, codes.SHEET_SPELLING, codes.SHEET_PARTIAL))
"""Findings that are about no figure of the row, or said in words of their own."""
BELOW = f"下面用「{TO_VERIFY}」标出的地方没有读入：没有读入的数字，生成报告时按 0 计。"
ABOUT = re.compile(
    r"(?:工作表「.*?」)?(?:「[^」]*」的)?(?P<cell>「[^，]*列)，[A-Z]+\d+|(?P<blank>格是空的，没有读入)|(?P<missing>^表里没有)"
)
"""What a remark that this module wrote is about: a cell of the form, blank cells, columns that the table lacks."""


def remarks(path: Path, row: Collected) -> Mapping[Address, tuple[str, ...]]:
    """Where a data file comes from, and what is left to do, at the place where it has to be done."""
    found: dict[Address, list[str]] = {"": [f"由「{path.name}」第 {row.row} 行读入，请核对。"]}
    unread = [finding for finding in row.findings if finding.code not in NO_REMARK]
    if unread:
        found[""].append(BELOW)
    if row.missing:
        found[""].append(f"{TO_VERIFY}：表里没有 {row.missing} 格数字，没有读入，生成报告时按 0 计。")
    for finding in unread:
        found.setdefault(finding.where, []).append(f"{TO_VERIFY}：{finding.message}")
    return {address: tuple(lines) for address, lines in found.items()}


def without_settled(text: str, row: Collected) -> str:
    """A data file's text without the remarks on what an earlier reading left out and this one has read."""
    left = set(_subjects(finding.message for finding in row.findings if finding.code not in NO_REMARK))
    left |= {"missing"} if row.missing else set()
    begins = f"# {TO_VERIFY}："
    lines = text.split("\n")
    kept = [line for line in lines if not line.startswith(begins) or left.issuperset(_settling(line[len(begins) :]))]
    if not any(line.startswith(begins) for line in kept):
        kept = [line for line in kept if line != f"# {BELOW}"]
    return "\n".join(kept)


def _settling(remark: str) -> set[str]:
    """What has to be read for a remark to be settled; nothing of one that a person wrote, which stays."""
    return set(_subjects([remark]))


def _subjects(remarks: Iterable[str]) -> Iterator[str]:
    for remark in remarks:
        about = ABOUT.search(remark)
        if about:
            yield about["cell"] or str(about.lastgroup)
