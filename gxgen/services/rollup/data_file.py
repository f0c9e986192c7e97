"""The data file that a sum of departments becomes: a new one, or new figures in the one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.engine.departments import Department
from gxgen.engine.outputs import write
from gxgen.engine.packs import Packs
from gxgen.model import Report, printed
from gxgen.services.rollup.summing import RollupOutcome, RollupRequest
from gxgen.source import Form, Reading, read_bytes
from gxgen.source.updating import figures_of, updated_text
from gxgen.source.writer import data_file, printable_line
from gxgen.spec import Address, address_book

MARK = "# 汇总｜"
"""Begins every line of the record of who was summed, which the next sum replaces."""
NAMES_IN_A_LINE = 5
CHECK = "数字由 gxgen rollup 汇总各机关的数据文件得来，计入了哪些机关见文件末尾；文字请补写。"


class Change(msgspec.Struct, frozen=True):
    """A cell whose figure the sum changes."""

    label: str
    before: str
    after: str


class Written(msgspec.Struct, frozen=True):
    """The data file that was written, or why it was not."""

    problem: Finding | None
    changes: Sequence[Change] = ()
    """What is new of the figures, where there was a file."""
    is_new: bool = False
    is_same: bool = False
    """Whether the file that is there says all this already."""


def write_sum(rolled: RollupOutcome, wanted: RollupRequest, *, force: bool) -> Written:
    """Write the data file of a sum; an existing one keeps all but its figures, and is changed only with *force*."""
    report, target = rolled.report, wanted.target
    assert report, "there is a sum"
    assert target, "there is a place for it"
    form = Packs(wanted.pack, wanted.packs).form(target)
    existing = rolled.existing
    if existing and existing.report and _is_of_a_department(existing.report, wanted):
        return Written(_of_a_department(target, existing.report))
    try:
        text = _updated(existing, report, form) if existing else data_file(report, _stubs(report))
        text = "\n".join([text.rstrip("\n"), "", *_record(rolled), ""])
        _refuse_another(text, report, form)
    except _RefusedError as refused:
        return Written(refused.finding)
    if existing and text == existing.text:
        return Written(None, is_same=True)
    changes = tuple(_changes(existing.report, report)) if existing and existing.report else ()
    if existing and not force:
        cells = f"，有 {len(changes)} 格不同" if changes else ""
        return Written(_target(f"已经有「{target.name}」{cells}，没有写入", codes.ROLLUP_TARGET.remedy), changes)
    return Written(write({target: text.encode("utf-8")}), changes, is_new=not existing)


def _is_of_a_department(before: Report, wanted: RollupRequest) -> bool:
    """Whether the existing file looks like a department's, whose own figures would be lost.

    It lies among them, has summed none before, and its agency was not named as the government.
    """
    target = wanted.target
    if before.departments or not before.figures or target is None or (wanted.agency and wanted.agency == before.agency):
        return False
    return any(target.resolve().is_relative_to(path.resolve()) for path in wanted.paths)


def _of_a_department(target: Path, before: Report) -> Finding:
    message = f"「{target.name}」与各机关的数据文件放在一起，没有写 departments，像是一个机关自己的数据，没有换掉"
    hint = "用 -o 写到别的文件"
    return _target(message, f"{hint}；确实是政府的，加 --agency {before.agency}" if before.agency else hint)


class _RefusedError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def _updated(existing: Reading, report: Report, form: Form) -> str:
    """Return the existing file's text with new figures and without the old list of departments."""
    before = existing.report
    if before is None:
        raise _RefusedError(
            _target("已有的文件不是没有错误的数据文件", "用 gxgen check 看它错在哪里，或者写到别的文件")
        )
    for what, own, other in (("年", before.year, report.year), ("", before.agency, report.agency)):
        if own and own != other:
            raise _RefusedError(_target(f"已有的文件是{own}{what}的，不是{other}{what}的", "用 -o 写到别的文件"))
    lines = existing.text.split("\n")
    bare = "\n".join(line for line in lines if not line.startswith(MARK))
    reading = read_bytes(bare.encode("utf-8"), form)
    text = updated_text(reading, replace(report, pack=before.pack), form)
    if text is None or not reading.report or reading.report.narrative != before.narrative:
        hint = "先用 gxgen check --fix 改好它的写法和错误再汇总，或者用 -o 写到别的文件"
        raise _RefusedError(_target("已有的文件不能只换数字", hint))
    return text


def _refuse_another(text: str, report: Report, form: Form) -> None:
    """Read the new text back; refuse it unless it holds exactly the sum."""
    reading = read_bytes(text.encode("utf-8"), form)
    wrong = next((finding for finding in reading.findings if finding.is_error), None)
    if reading.report is None or wrong or figures_of(reading.report) != figures_of(report):
        message = f"汇总数不能写成数据文件{f'：{wrong.message}' if wrong else ''}"
        raise _RefusedError(_target(message, "核对各机关的数字"))


def _target(message: str, hint: str) -> Finding:
    return Finding(codes.ROLLUP_TARGET, "", message, hint)


def _changes(before: Report, after: Report) -> Iterator[Change]:
    """Return the cells that differ, totals included, in the order of the form."""
    old, new = complete(before), complete(after)
    for entry in address_book(after.layout).entries.values():
        if old.figure(entry.address) != new.figure(entry.address):
            yield Change(entry.printed, printed(old.figure(entry.address)), printed(new.figure(entry.address)))


def _stubs(report: Report) -> dict[Address, tuple[str, ...]]:
    """Return comments: what is left to do, and a stub for every section."""
    stubs = {f"narrative.{each.key}": (each.heading, f'{each.key} = """', '"""') for each in report.layout.sections}
    return {"": (CHECK,), **stubs}


def _record(rolled: RollupOutcome) -> Iterator[str]:
    """Return comments that list which departments were summed."""
    yield f"{MARK}下面记着汇总了哪些机关，由 gxgen rollup 写，再次汇总时换成新的。"
    yield from _names(f"计入 {len(rolled.counted)} 个机关", [_plain(each) for each in rolled.counted])
    for why, names in rolled.left_out:
        yield from _names(f"{len(names)} 个机关{why}", [name.strip("“”") for name in names])


def _names(lead: str, names: Sequence[str]) -> Iterator[str]:
    yield f"{MARK}{lead}："
    for start in range(0, len(names), NAMES_IN_A_LINE):
        yield f"{MARK}  {printable_line('、'.join(names[start : start + NAMES_IN_A_LINE]))}"


def _plain(department: Department) -> str:
    return department.name.strip("“”")
