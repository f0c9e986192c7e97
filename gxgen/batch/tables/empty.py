"""The empty table that is handed out to collect figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gxgen import codes
from gxgen.batch.outputs import write
from gxgen.batch.packs import Packs
from gxgen.findings import Finding
from gxgen.model import DEFAULT_PACK
from gxgen.sheets.empty import rendered


def write_empty(target: Path, year: int, agencies: Sequence[str], pack: str, packs: Path | None) -> Finding | None:
    """Write an empty table for a year that has a form; what is wrong if it is not written.

    One that is there is not written over: somebody may have filled it in.
    """
    in_use = Packs(pack, packs).of(pack or DEFAULT_PACK, target.parent)
    layout = in_use.form(year)
    wrong = next((finding for finding in in_use.findings if finding.is_error), None)
    if wrong or layout is None:
        return wrong
    if target.exists():
        return Finding(codes.OUTPUT, "", f"已经有「{target.name}」，没有写：里面可能填了数字", "换一个文件名")
    return write({target: rendered(layout, year, agencies, pack)})
